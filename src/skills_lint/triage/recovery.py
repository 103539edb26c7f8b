"""How agents got out of their failures, and what that cost: from what their sessions ran next."""

from __future__ import annotations

import datetime
from collections import defaultdict
from functools import lru_cache
from statistics import median
from typing import TYPE_CHECKING

from ..errors.frames import is_sandbox
from ..errors.parse import parse_error
from ..errors.ran import read_code
from ..parallel import spread
from .edit import outcome
from .example import failing_line
from .pairs import most_frequent
from .result import BucketRecovery

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..errors.fault import Fault
    from ..traces.result import Attempt, Failure
    from .edit import Edit, Outcome
    from .result import Assigned, TriageResult

_FEWEST = 200  # failures that are worth a process
_READ_LIMIT = 50_000  # characters of a traceback, from its end
_Place = tuple[str, int | None, str | None, str | None]  # session, line, pointer, timestamp
_Span = tuple[datetime.datetime, datetime.datetime]


def recoveries(triage: TriageResult) -> Mapping[str, BucketRecovery]:
    """Return, for each bucket that the traces show, how sessions got out of its failures.

    A failure is recovered from if the first success after it ran again what had failed. A success that is told after
    several failures counts its edit once.
    """
    own: dict[str, list[tuple[Assigned, Outcome | None]]] = defaultdict(list)
    outcomes = spread(lambda item: _outcome(item.failure), triage.assigned, _FEWEST)
    for item, how in zip(triage.assigned, outcomes, strict=True):
        own[item.bucket].append((item, how))
    return {bucket: _recovery(found) for bucket, found in own.items()}


def _recovery(found: Sequence[tuple[Assigned, Outcome | None]]) -> BucketRecovery:
    items = [item for item, _ in found]
    judged = [(item, how) for item, how in found if how is not None and how.related]
    recovered = [item for item, _ in judged]
    seconds = [took for item in recovered if (took := _seconds(item.failure)) is not None]
    return BucketRecovery(
        failures=len(items),
        recovered=len(recovered),
        attempts=median(len(item.failure.next) for item in recovered) if recovered else None,
        seconds=median(seconds) if seconds else None,
        wasted_attempts=len(_failed_places(items)),
        wasted_seconds=_wasted_seconds(items),
        pairs=most_frequent(_once_each(judged)),
    )


def _outcome(failure: Failure) -> Outcome | None:
    """Return what the success after a failure says about it; None where none came, or no code is known."""
    success = failure.next[-1] if failure.next and not failure.next[-1].failed else None
    if success is None or failure.fault.code is None or success.code is None:
        return None
    return _judged(failure.fault, success.code)


@lru_cache(maxsize=256)  # a cause is often met in the same words
def _judged(fault: Fault, succeeding: str) -> Outcome:
    return outcome(fault.code or "", _failed_lines(fault), succeeding)


def _failed_lines(fault: Fault) -> Iterator[str]:
    """Yield the lines that may have failed: the one that did, then those that led there, the deepest first."""
    line = failing_line(fault)
    if line:
        yield line
    ran, error = read_code(fault.code or ""), parse_error((fault.traceback or "")[-_READ_LIMIT:])
    for frame in reversed(error.frames if error is not None else ()):
        if frame.source:
            yield frame.source
        elif ran is not None and frame.line and is_sandbox(frame.file) and frame.line <= len(ran.lines):
            yield ran.lines[frame.line - 1]


def _once_each(judged: Iterable[tuple[Assigned, Outcome]]) -> list[tuple[Edit, Assigned]]:
    """Return the edits, of several failures before one success that of the last, which is the nearest to it."""
    last = {_place(item.failure, item.failure.next[-1]): (how.edit, item) for item, how in judged}
    return [(edit, item) for edit, item in last.values() if edit is not None]


def _place(failure: Failure, execution: Failure | Attempt) -> _Place:
    return failure.session_key or failure.session, execution.line, execution.pointer, execution.timestamp


def _failed_places(items: Iterable[Assigned]) -> set[_Place]:
    """Return the executions that were spent on failures: these, and those after them that failed too, each once."""
    failures = [item.failure for item in items]
    later = (_place(failure, attempt) for failure in failures for attempt in failure.next if attempt.failed)
    return {*(_place(failure, failure) for failure in failures), *later}


def _seconds(failure: Failure) -> float | None:
    span = _span(failure)
    return (span[1] - span[0]).total_seconds() if span is not None else None


def _span(failure: Failure) -> _Span | None:
    """Return when a failure happened, and when what came of it was over; None where the trace has no times."""
    told = [attempt.timestamp for attempt in failure.next if attempt.timestamp]
    if not told or failure.timestamp is None:
        return None
    start, end = datetime.datetime.fromisoformat(failure.timestamp), datetime.datetime.fromisoformat(told[-1])
    return (start, end) if end >= start else None


def _wasted_seconds(items: Iterable[Assigned]) -> float | None:
    """Return the time from failures to the end of what came of them, overlaps counted once; None without times."""
    spans: dict[str, list[_Span]] = defaultdict(list)
    for item in items:
        span = _span(item.failure)
        if span is not None:
            spans[item.failure.session_key or item.failure.session].append(span)
    return sum(_covered(sorted(own)) for own in spans.values()) if spans else None


def _covered(spans: Iterable[_Span]) -> float:
    seconds = 0.0
    reached: datetime.datetime | None = None
    for start, end in spans:
        begin = start if reached is None else max(start, reached)
        if end > begin:
            seconds += (end - begin).total_seconds()
        reached = end if reached is None else max(end, reached)
    return seconds
