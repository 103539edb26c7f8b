"""The findings that a repo already has: kept in a file, so that only new ones count.

A line of the file is a finding, or several that read the same: its file from the root of the repo, its code, its
message with numbers masked, and how many there are. Lines and columns are not kept, so that a text may move. The lines
are sorted, and each stands for itself, so that git merges two files of the kind.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..place import InputError, Place, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from .diagnostic import Diagnostic

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_PLURAL = re.compile(r"(# \w+?)s\b")


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """What findings have in common that a baseline takes for the same."""

    file: str  # from the root of the repo
    code: str
    message: str  # numbers are masked


@dataclass(frozen=True, slots=True)
class Compared:
    """Findings, held against a baseline."""

    new: tuple[Diagnostic, ...]
    known: int  # findings that the baseline has too
    stale: tuple[tuple[Known, int], ...]  # what it has and was not found, and how many times


def baseline_of(diagnostics: Iterable[Diagnostic], from_root: Callable[[str], str]) -> Counter[Known]:
    """Return findings as a baseline; `from_root` turns a diagnostic's file into a path from the root of the repo."""
    return Counter(_known(diagnostic, from_root) for diagnostic in diagnostics)


def compare(
    diagnostics: Sequence[Diagnostic],
    baseline: Mapping[Known, int],
    from_root: Callable[[str], str],
    was_read: Callable[[str], bool],
) -> Compared:
    """Return which findings are new: of those that read the same, the last ones, if there are more than known.

    `was_read` says of a file, named from the root of the repo, whether it was checked: else nothing in it is stale.
    """
    left = Counter(baseline)
    new = []
    for diagnostic in diagnostics:
        known = _known(diagnostic, from_root)
        if left[known] > 0:
            left[known] -= 1
        else:
            new.append(diagnostic)
    stale = tuple((known, count) for known, count in sorted(left.items()) if count > 0 and was_read(known.file))
    return Compared(tuple(new), len(diagnostics) - len(new), stale)


def _known(diagnostic: Diagnostic, from_root: Callable[[str], str]) -> Known:
    message = _PLURAL.sub(r"\1", _NUMBER.sub("#", diagnostic.message))
    return Known(from_root(diagnostic.file), diagnostic.code, message)


def baseline_text(baseline: Mapping[Known, int]) -> str:
    """Return a baseline as its file has it."""
    lines = (
        json.dumps({"file": known.file, "code": known.code, "message": known.message, "count": count})
        for known, count in sorted(baseline.items())
    )
    return "".join(f"{line}\n" for line in lines)


def read_baseline(path: Path) -> dict[Known, int]:
    """Return the baseline in a file. Raises InputError if there is none, or a line of it is not one."""
    name = shown(path)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        way_out = f"write it, with all findings of today: skills-lint check --write-baseline {name}"
        raise InputError("there is no such baseline", place=Place(name), way_out=way_out) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the baseline cannot be read: {error}", place=Place(name)) from error
    baseline: Counter[Known] = Counter()
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            known, count = _entry(line, Place(name, number))
            baseline[known] += count
    return baseline


def _entry(line: str, place: Place) -> tuple[Known, int]:
    try:
        values: Any = json.loads(line)
        texts = tuple(values[key] for key in ("file", "code", "message"))
        count = values["count"]
    except (ValueError, TypeError, KeyError, RecursionError):
        texts, count = (), None
    if len(texts) == 3 and all(isinstance(text, str) for text in texts) and type(count) is int and count > 0:
        return Known(*texts), count
    message = 'this is no line of a baseline; expected {"file": …, "code": …, "message": …, "count": …}'
    way_out = "remove the line (a merge conflict?), or write the file anew with --write-baseline"
    raise InputError(message, place=place, way_out=way_out)
