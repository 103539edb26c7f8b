"""Untrusted text made safe to show: nothing in it moves a cursor, hides a word or reorders a line."""

from __future__ import annotations

import re
import unicodedata

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, among them ESC; tab and line feed stay
    "\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"  # bidirectional controls, invisible characters
    "\U000e0000-\U000e007f"  # tags, in which instructions can be hidden from people
    "\ud800-\udfff]"  # lone surrogates
)


def inert(text: str) -> str:
    """Return `text` with control, bidirectional and invisible characters spelled out, such as `\\x1b`."""
    return _UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def one_line(text: str, width: int) -> str:
    """Return `text` inert, on one line, cut to `width` columns; wide characters count as two."""
    line = inert(" ".join(text.split()))
    used = 0
    for place, character in enumerate(line):
        used += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if used > width:
            return line[: max(place - 1, 0)].rstrip() + "…"
    return line
