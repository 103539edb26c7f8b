"""A short mark by which equal JSON values are known again."""

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
