"""What stands where a secret stood: `[redacted:github-pat:3f9a]`, or `[user:3f9a]` within a path."""

from __future__ import annotations

import hashlib
import hmac

import re2

from .spans import Span

_PLACEHOLDER = re2.compile(rb"\[(?:redacted:[a-z0-9-]{1,60}|user):[0-9a-f]{4}\]|\[withheld: [a-z0-9 .-]{1,80}\]")


def blank(data: bytes, spans: list[Span]) -> bytes:
    """Return `data` with each span overwritten by as many `*`, which no rule takes for a secret or a name."""
    if not spans:
        return data
    out = bytearray(data)
    for span in spans:
        out[span.start : span.end] = b"*" * (span.end - span.start)
    return bytes(out)


def placeholders(data: bytes) -> list[Span]:
    """Return the places of the placeholders that `data` holds already."""
    if b"[redacted:" not in data and b"[user:" not in data and b"[withheld:" not in data:
        return []
    return [Span(match.start(), match.end(), "placeholder") for match in _PLACEHOLDER.finditer(data)]


def replace(data: bytes, spans: list[Span], key: bytes) -> bytes:
    """Return `data` with each span, sorted and apart, replaced by its placeholder under `key`."""
    parts: list[bytes] = []
    end = 0
    for span in spans:
        parts += (data[end : span.start], _placeholder(data[span.start : span.end], span.kind, key))
        end = span.end
    return b"".join((*parts, data[end:]))


def _placeholder(piece: bytes, kind: str, key: bytes) -> bytes:
    # Four digits tell the few secrets of a repo apart; even the whole hash would say nothing without the key.
    digest = hmac.digest(key, piece, hashlib.sha256).hex()[:4]
    return f"[user:{digest}]".encode() if kind == "user" else f"[redacted:{kind}:{digest}]".encode()
