"""Lines of a text, and the line and column of an offset."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, pairwise

BOM = "\ufeff"  # may stand before the first line; no column counts it
_LINE_END = re.compile(r"\r\n?|\n")


def split_lines(text: str) -> list[str]:
    """Return the lines of a text without their ends.

    Lines end as in CommonMark: with a line feed, a carriage return, or both. `str.splitlines` would also split at form
    feeds and Unicode separators, and every line number after one would be wrong.
    """
    return _LINE_END.split(text) if "\r" in text else text.split("\n")


def split_with_ends(text: str) -> list[str]:
    """Return the lines of a text, each with its end; joined they are the text."""
    ends = [end.end() for end in _LINE_END.finditer(text)]
    lines = [text[start:end] for start, end in pairwise([0, *ends])]
    last = text[ends[-1] :] if ends else text
    return [*lines, last] if last else lines


class LineIndex:
    """Tells the line and the column of an offset in a text."""

    __slots__ = ("_starts",)

    def __init__(self, text: str) -> None:
        if "\r" in text:
            self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
        else:
            self._starts = [0, *accumulate(map((1).__add__, map(len, text.split("\n"))))]

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column, both counted from 1, of a character offset counted from 0."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int) -> int:
        """Return the offset at which a line, counted from 1, begins."""
        return self._starts[line - 1]
