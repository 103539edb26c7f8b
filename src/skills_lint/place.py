"""Places in files, and the error that names one."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Similarities by difflib, from 0 to 1.
_NEAR = 0.7
_CLEARLY_NEAR = 0.8
_CLEARLY_NEARER = 0.1  # than the next one


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file; printed as `file:line[:column]`. Lines and columns count from 1."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file. Lines and columns count from 1; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class InputError(Exception):
    """Something that the user gave cannot be used: where, what was found and expected, and the way out.

    The command line prints it and exits with status 2.
    """

    def __init__(self, message: str, *, place: Place | None = None, way_out: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.way_out = way_out

    def __str__(self) -> str:
        head = f"{self.place}: {self.message}" if self.place else self.message
        return f"{head}\n  = help: {self.way_out}" if self.way_out else head


class NotAssessedError(InputError):
    """There is nothing to judge by: no traces and no evidence."""


def shown(path: Path) -> str:
    """Return a path as results and messages show it: relative to the working directory, `/`-separated.

    Links are not followed. A path on another drive, to which no relative one leads, stays as it is.
    """
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:
        return path.as_posix()


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return the known word nearest to `word`, or None if none is near."""
    return next(iter(_near(word, known)), None)


def clearly_meant(word: str, known: Iterable[str]) -> str | None:
    """Return the known word nearest to `word`, or None if none is near or another one is nearly as near."""
    import difflib

    near = _near(word, known, _CLEARLY_NEAR)
    ratios = [difflib.SequenceMatcher(None, other, word).ratio() for other in near]
    return near[0] if len(near) == 1 or (near and ratios[0] - ratios[1] >= _CLEARLY_NEARER) else None


def _near(word: str, known: Iterable[str], cutoff: float = _NEAR) -> list[str]:
    """Return the two known words nearest to `word`, the nearer one first; fewer where fewer are near."""
    import difflib

    words = sorted(known)
    near = difflib.get_close_matches(word, words, n=2, cutoff=cutoff)
    if near:
        return near
    letters = sorted(word)  # difflib finds `lisence` far from `license`
    return [other for other in words if len(other) == len(letters) and sorted(other) == letters][:2]
