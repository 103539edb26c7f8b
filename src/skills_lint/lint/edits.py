"""Edits that several fixes are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..place import Span
from .diagnostic import Edit

if TYPE_CHECKING:
    from collections.abc import Sequence


def swapped(lines: Sequence[str], span: Span, old: str, new: str) -> tuple[Edit, ...]:
    """Return the edit that puts `new` in the place of `old`; none where `old` is not what stands there.

    What a parser tells may be written in another way, or elsewhere: with quotes, with escapes, by reference.
    """
    if span.line != span.end_line or lines[span.line - 1][span.column - 1 : span.end_column - 1] != old:
        return ()
    return (Edit(span, new),)


def without_lines(first: int, last: int, lines: Sequence[str]) -> Edit:
    """Return the edit that deletes whole lines; at the end of a file, with the line end before them."""
    if last < len(lines):
        return Edit(Span(first, 1, last + 1, 1), "")
    above = (first - 1, len(lines[first - 2]) + 1) if first > 1 else (1, 1)
    return Edit(Span(*above, last, len(lines[last - 1]) + 1), "")
