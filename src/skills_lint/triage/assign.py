"""Failures given their signature and bucket, and sessions turned into evidence."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import TYPE_CHECKING

from ..errors.earlier import earlier_keys
from ..errors.signature import PIPELINE
from ..evidence import SessionRecord
from ..parallel import spread
from ..repoapi import read_failure
from .result import Assigned

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..buckets.match import Matcher
    from ..errors.fault import Fault
    from ..repoapi import RepoApi
    from ..traces.result import Failure, ScanResult

    _Told = tuple[str, str, str, str | None, tuple[str, ...]]  # what `Assigned` says of a failure

_FEWEST = 500  # failures that are worth a process


def assign(failures: Sequence[Failure], matcher: Matcher, api: RepoApi | None = None) -> tuple[Assigned, ...]:
    """Return each failure with its signature and its bucket: the first that matches, else the signature's hash.

    With the repo's own API, failures that misuse it say so.
    """
    faults = list(dict.fromkeys(failure.fault for failure in failures))  # those alike to the letter are read once
    told = spread(lambda fault: _told(fault, matcher, api), faults, _FEWEST)
    by_fault = dict(zip(faults, told, strict=True))
    return tuple(Assigned(failure, *by_fault[failure.fault]) for failure in failures)


def _told(fault: Fault, matcher: Matcher, api: RepoApi | None) -> _Told:
    reading = read_failure(fault, api)
    match = matcher.first(reading)
    signed = reading.signature
    bucket = match.bucket.id if match else signed.key
    return signed.text, signed.key, bucket, reading.detail, earlier_keys(fault)


def session_records(scan: ScanResult, assigned: Iterable[Assigned]) -> tuple[SessionRecord, ...]:
    """Return the evidence that a scan gives: one record a session, failed or not."""
    labels: dict[str, Counter[str]] = {}
    for item in assigned:
        labels.setdefault(item.failure.session_key, Counter())[item.bucket] += 1
    return tuple(
        SessionRecord(
            session=session.key,
            date=day_of(session.start or session.end),
            format=session.format,
            model=session.model,
            executions=session.executions,
            failures=dict(sorted(labels.get(session.key, Counter()).items())),
            offered=tuple(sorted(session.offered)),
            loaded=tuple(sorted({skill.name for skill in session.loaded})),
            pipeline=PIPELINE,
        )
        for session in scan.sessions
    )


def day_of(timestamp: str | None) -> datetime.date | None:
    """Return the day, in UTC, of an RFC 3339 timestamp."""
    return datetime.date.fromisoformat(timestamp[:10]) if timestamp else None
