"""Untrusted text made safe to show: nothing in it moves a cursor, hides a word or reorders a line."""

from __future__ import annotations

import json
import re
import unicodedata

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, among them ESC; tab and line feed stay
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"  # what reorders or breaks lines
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"  # unseen
    "\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # unseen, too: marks of notes, shorthand and music
    "\ufe00-\ufe0d\U000e0000-\U000e0fff"  # variants and tags, in which instructions can be hidden from people
    "\ud800-\udfff]"  # lone surrogates
    "|(?<![\xa9\xae\u203c-\u3299\U0001f000-\U0001faff])[\ufe0e\ufe0f](?!\u20e3)"  # they make an emoji of a sign
)


def inert(text: str) -> str:
    """Return `text` with control, bidirectional and invisible characters spelled out, such as `\\x1b`."""
    return _UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def inert_json(document: str) -> str:
    """Return a JSON document that says the same, with such characters escaped as JSON has it."""
    if document.isascii():  # JSON escapes control characters by itself, but for one
        return document.replace("\x7f", "\\u007f")
    return _UNSAFE.sub(lambda match: json.dumps(match[0])[1:-1], document)


def one_line(text: str, width: int) -> str:
    """Return `text` inert, on one line, cut to `width` columns; wide characters count as two."""
    line = inert(" ".join(text.split()))
    used = 0
    for place, character in enumerate(line):
        used += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if used > width:
            return line[: max(place - 1, 0)].rstrip() + "…"
    return line
