"""Sentences of buckets and skills as an editor shows them: nothing in them links, hides or becomes a heading."""

from __future__ import annotations

import re

from ..inert import inert
from ..report.escape import code_spans

# What means something within a line to CommonMark or GitHub; an underscore within a word does not.
_MARKUP = re.compile(r"[\\`*\[\]<>&~|#!$@]|(?<![^\W_])_|_(?![^\W_])|:(?=/)|(?<=www)\.", re.IGNORECASE)


def in_markdown(sentence: str) -> str:
    """Return a sentence as one line of Markdown: `code` stays code, the rest shows as it is."""
    pieces = code_spans(" ".join(inert(sentence).split()))
    return "".join(f"`{piece}`" if code else _MARKUP.sub(r"\\\g<0>", piece) for piece, code in pieces)


def in_plain_text(sentence: str) -> str:
    """Return a sentence as one line."""
    return " ".join(inert(sentence).split())
