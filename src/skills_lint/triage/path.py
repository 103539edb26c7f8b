"""The way from one failure to its group, step by step: what each step found, and what it went by."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..buckets.explained import rule_in_words
from ..inert import one_line
from ..place import InputError, Place, shown
from .example import error_line, failing_line, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ..buckets.match import Match
    from ..errors.reading import Reading, Step
    from ..traces.result import Failure

_TARGET = re.compile(r"(?P<file>.+?)(?::(?P<line>\d+))?(?:#(?P<pointer>/.*))?", re.DOTALL)
_MOST_LINES = 5
_LONGEST = 600  # characters of what a step says


@dataclass(frozen=True, slots=True)
class Target:
    """A place in a trace: `FILE:LINE`, `FILE:LINE#POINTER` or `FILE#POINTER`."""

    file: Path
    line: int | None
    pointer: str | None


def read_target(text: str) -> Target | None:
    """Return the place that a text names, None if no file is there."""
    from pathlib import Path

    parts = _TARGET.fullmatch(text)
    if parts is None or (parts["line"] is None and parts["pointer"] is None):
        return None
    file = Path(parts["file"])
    return Target(file, int(parts["line"]) if parts["line"] else None, parts["pointer"]) if file.is_file() else None


def failures_at(target: Target, failures: Sequence[Failure]) -> list[Failure]:
    """Return the failures at a place; one record may hold several.

    Raises InputError, with the nearest places, where there is none.
    """
    found = [
        failure
        for failure in failures
        if target.line in (None, failure.line) and target.pointer in (None, failure.pointer)
    ]
    if found:
        return found
    near = sorted(failures, key=lambda failure: abs((failure.line or 0) - (target.line or 0)))[:_MOST_LINES]
    places = ", ".join(sorted({place_of(failure) for failure in near}, key=lambda place: (len(place), place)))
    way_out = f"failures near it: {places}" if near else "`skills-lint scan` tells what the file holds"
    raise InputError("no failure here", place=Place(shown(target.file), target.line), way_out=way_out)


def as_json(failure: Failure, reading: Reading, match: Match | None) -> dict[str, Any]:
    """Return the way of a failure as schemas/explain.schema.json has it."""
    return {
        "file": failure.file,
        "line": failure.line,
        "pointer": failure.pointer,
        "error": error_line(failure.fault),
        "steps": [{"name": step.name, "found": step.found, "by": step.by} for step in _steps(reading, match)],
        "signature": {"text": reading.signature.text, "key": reading.signature.key},
        "bucket": match.bucket.id if match else None,
        "group": match.bucket.id if match else reading.signature.key,
    }


def as_text(failure: Failure, reading: Reading, match: Match | None) -> str:
    """Return the way of a failure as lines for a terminal."""
    return "\n".join(_lines(failure, reading, match))


def _lines(failure: Failure, reading: Reading, match: Match | None) -> Iterator[str]:
    yield place_of(failure)
    line = failing_line(failure.fault)
    if line:
        yield f"  {one_line(line, 110)}"
    yield f"  {one_line(error_line(failure.fault), 110)}"
    yield ""
    for step in _steps(reading, match):
        yield from _wrapped(f"  {step.name:9}  ", step.found or "says nothing")
        if step.by:
            yield from _wrapped(f"{'':13}by ", step.by)
    yield ""
    if match is None:
        yield f"  It is in no bucket: group {reading.signature.key}. skills-lint promote {reading.signature.key}"
    else:
        yield f"  It is in {match.bucket.id}: {match.bucket.title}. skills-lint explain {match.bucket.id}"


def _wrapped(label: str, text: str) -> Iterator[str]:
    for at, line in enumerate(textwrap.wrap(one_line(text, _LONGEST), 112 - len(label))):
        yield f"{label if at == 0 else ' ' * len(label)}{line}"


def _steps(reading: Reading, match: Match | None) -> tuple[Step, ...]:
    return reading.steps(_rule(match) if match else None)


def _rule(match: Match) -> str:
    where = f" ({match.bucket.place})" if match.bucket.place else ""
    return f"{match.bucket.source} bucket {match.bucket.id}{where}: {rule_in_words(match.rule)}"
