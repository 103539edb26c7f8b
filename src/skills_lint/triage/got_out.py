"""How agents got out of the failures of a bucket, in words and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..inert import one_line
from ..words import counted, part_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .result import Assigned, BucketRecovery, Pair

_MOST_SHOWN = 2
_WIDTH = 96


def as_object(found: BucketRecovery, place: Callable[[Assigned], dict[str, Any]]) -> dict[str, Any]:
    """Return a recovery as schemas/triage.schema.json has it; `place` tells where a failure is."""

    def pair(told: Pair) -> dict[str, Any]:
        examples = [place(item) for item in told.examples]
        return {"wrong": told.wrong, "right": told.right, "count": told.count, "examples": examples}

    return {
        "failures": found.failures,
        "recovered": found.recovered,
        "attempts": found.attempts,
        "seconds": found.seconds,
        "wasted_attempts": found.wasted_attempts,
        "wasted_seconds": found.wasted_seconds,
        "pairs": [pair(told) for told in found.pairs],
    }


def as_lines(found: BucketRecovery) -> Iterator[str]:
    """Yield lines for a terminal: how many got out and what it cost, then the commonest edits."""
    yield f"   got out    {recovered_in_words(found)}; wasted {wasted_in_words(found)}"
    for pair in found.pairs[:_MOST_SHOWN]:
        times = f" ({pair.count} times)" if pair.count > 1 else ""
        yield f"   wrong      {one_line(_joined(pair.wrong), _WIDTH)}"
        yield f"   right      {one_line(_joined(pair.right), _WIDTH)}{times}"


def _joined(statements: str) -> str:
    return " ⏎ ".join(statements.splitlines())


def recovered_in_words(found: BucketRecovery) -> str:
    """Return of how many failures agents got out, and after how much."""
    share = part_of(found.recovered, found.failures, "failure")
    if found.attempts is None:
        return share
    took = f" and {duration(found.seconds)}" if found.seconds is not None else ""
    plural = "attempt" if found.attempts == 1 else "attempts"
    return f"{share}, after {found.attempts:g} {plural}{took} (median)"


def wasted_in_words(found: BucketRecovery) -> str:
    """Return what a bucket cost: failed executions, and time where the traces have it."""
    executions = counted(found.wasted_attempts, "failed execution")
    return executions if found.wasted_seconds is None else f"{executions}, {duration(found.wasted_seconds)}"


def duration(seconds: float) -> str:
    """Return a time in its two largest units: `40 s`, `3 min 5 s`, `2 h 10 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s" if whole % 60 else f"{whole // 60} min"
    return f"{whole // 3600} h {whole % 3600 // 60} min" if whole % 3600 // 60 else f"{whole // 3600} h"
