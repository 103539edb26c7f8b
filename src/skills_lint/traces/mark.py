"""Hashes by which equal values are known again: JSON values while traces are read, sessions in the evidence."""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import Any, Final

from msgspec import Raw
from msgspec.json import Encoder

from .sources.fields import UNREADABLE

_END: Final = 500  # bytes
_ENCODER: Final = Encoder(order="sorted")


def mark(value: Any) -> str:
    """Return a hash of a JSON value, whatever the order of its keys; an empty text where it is nested too deeply."""
    try:
        text = json.dumps(value, sort_keys=True)
    except (TypeError, ValueError, RecursionError):
        return ""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=12).hexdigest()


def checksum(value: Any) -> int:
    """Return a checksum of a payload as it is spelled."""
    return zlib.crc32(value if isinstance(value, Raw) else spelled(value))


def mark_of_ends(value: Any) -> int:
    """Return a checksum of a payload's length, its start and its end, as they are spelled."""
    with memoryview(value if isinstance(value, Raw) else spelled(value)) as data:
        return zlib.crc32(data[-_END:], zlib.crc32(data[:_END], len(data)))


def spelled(value: Any) -> bytes:
    """Return a payload as JSON: as it was spelled, if it was left raw."""
    if isinstance(value, Raw):
        return bytes(value)
    try:
        return _ENCODER.encode(value)
    except (*UNREADABLE, TypeError):
        pass
    try:
        return json.dumps(value, sort_keys=True).encode()  # lone surrogates too
    except (TypeError, ValueError, RecursionError):
        return repr(type(value)).encode()


def session_key(session_id: str) -> str:
    """Return the name of a session in evidence, from which its id cannot be read back."""
    return hashlib.sha256(session_id.encode("utf-8", "replace")).hexdigest()[:16]
