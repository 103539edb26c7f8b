"""Diagnostics for people: place, message, the source line with a caret, and the way out."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ...inert import inert
from ...place import Place
from .summary import Done, summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..diagnostic import Diagnostic

Paint = Callable[[str, str], str]  # text and what it is ("error", "place" …): the text as it is shown

_WIDEST = 110  # columns of a source line that are shown
_BEFORE = 40  # of them before the caret, where the line is longer
_NOTHING = Done()


def plain(text: str, kind: str) -> str:
    """Return the text without color."""
    return text


def as_text(
    diagnostics: Sequence[Diagnostic],
    skills: int,
    source: Callable[[str], Sequence[str]],
    paint: Paint = plain,
    done: Done = _NOTHING,
) -> str:
    """Return the diagnostics and the summary.

    `source` gives the lines of a file as shown in diagnostics; where it has none, no source line is printed. Everything
    that comes from files is made inert.
    """
    blocks = ["\n".join(_block(diagnostic, source(diagnostic.file), paint)) for diagnostic in diagnostics]
    return "\n\n".join([*blocks, summary(diagnostics, skills, done)])


def _block(diagnostic: Diagnostic, lines: Sequence[str], paint: Paint) -> Iterator[str]:
    place = Place(inert(diagnostic.file), diagnostic.line, diagnostic.column)
    code = paint(diagnostic.code, diagnostic.severity)
    yield f"{paint(str(place), 'place')}: {code} {_one_line(diagnostic.message)}"
    gutter = " " * len(str(diagnostic.line))
    if diagnostic.line <= len(lines):
        shown, caret = _excerpt(diagnostic, lines[diagnostic.line - 1])
        yield paint(f"{gutter} |", "gutter")
        yield f"{paint(f'{diagnostic.line} |', 'gutter')} {shown}".rstrip()
        yield f"{paint(f'{gutter} |', 'gutter')} {paint(caret, diagnostic.severity)}"
    if diagnostic.help:
        yield f"{paint(f'{gutter} =', 'gutter')} help: {_one_line(diagnostic.help)}"


def _one_line(text: str) -> str:
    return inert(" ".join(text.split()))


def _excerpt(diagnostic: Diagnostic, line: str) -> tuple[str, str]:
    """Return the part of the line around the caret, and the caret below it."""
    start = min(diagnostic.column - 1, len(line))
    end = diagnostic.end_column - 1 if diagnostic.end_line == diagnostic.line else len(line)
    first = max(start - _BEFORE, 0) if len(line) > _WIDEST else 0
    last = min(first + _WIDEST, len(line))
    before, marked = _shown(line[first:start]), _shown(line[start : min(max(end, start + 1), last)])
    prefix, suffix = "…" if first else "", "…" if last < len(line) else ""
    shown = f"{prefix}{before}{marked}{_shown(line[max(end, start + 1) : last])}{suffix}"
    return shown, " " * _width(prefix + before) + "^" * max(_width(marked), 1)


def _shown(text: str) -> str:
    return inert(text.replace("\t", "    "))


def _width(text: str) -> int:
    """Return the columns that a terminal needs: two for wide characters, none for marks."""
    return sum(
        0 if unicodedata.combining(character) else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )
