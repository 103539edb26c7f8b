"""Hashes by which equal values are known again: JSON values while traces are read, sessions in the evidence."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def mark(value: Any) -> str:
    """Return a hash of a JSON value, whatever the order of its keys; an empty text where it is nested too deeply."""
    try:
        text = json.dumps(value, sort_keys=True)
    except (TypeError, ValueError, RecursionError):
        return ""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=12).hexdigest()


def session_key(session_id: str) -> str:
    """Return the name of a session in evidence, from which its id cannot be read back."""
    return hashlib.sha256(session_id.encode("utf-8", "replace")).hexdigest()[:16]
