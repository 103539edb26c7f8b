"""The marks that git leaves where two versions of a file could not be merged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OURS, _MIDDLE, _THEIRS = re.compile(r"<{7}(?: .*)?$"), re.compile(r"={7}$"), re.compile(r">{7}(?: .*)?$")

_ONE_LEFT = re.compile(r"<{7} \S+$|>{7} \S+(?: \([^()]*\))?$")  # with the name of a branch or a commit


def is_one_left(line: str) -> bool:
    """Say whether a line can be nothing but a mark that was forgotten when the others were deleted."""
    return _ONE_LEFT.match(line) is not None


def conflict_marks(lines: Iterable[str]) -> Iterator[int]:
    """Yield the places, from 0, of the lines that are the three marks of a conflict, in their order."""
    begun: list[int] = []
    for at, line in enumerate(lines):
        if _OURS.match(line):
            begun = [at]
        elif len(begun) == 1 and _MIDDLE.match(line):
            begun.append(at)
        elif len(begun) == 2 and _THEIRS.match(line):
            yield from (*begun, at)
            begun = []
