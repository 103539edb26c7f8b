"""Failures given their signature and bucket, and sessions turned into evidence."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors.earlier import earlier_keys
from ..errors.signature import PIPELINE
from ..evidence import SessionRecord
from ..repoapi import read_failure
from .result import Assigned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..buckets.match import Matcher
    from ..errors.fault import Fault
    from ..repoapi import RepoApi
    from ..traces.result import Failure, ScanResult


def assign(failures: Iterable[Failure], matcher: Matcher, api: RepoApi | None = None) -> tuple[Assigned, ...]:
    """Return each failure with its signature and its bucket: the first that matches, else the signature's hash.

    With the repo's own API, failures that misuse it say so.
    """
    alike: dict[Fault, Assigned] = {}  # the first of those that are alike to the letter
    assigned = []
    for failure in failures:
        if failure.fault not in alike:
            alike[failure.fault] = _assigned(failure, matcher, api)
        assigned.append(replace(alike[failure.fault], failure=failure))
    return tuple(assigned)


def _assigned(failure: Failure, matcher: Matcher, api: RepoApi | None) -> Assigned:
    reading = read_failure(failure.fault, api)
    match = matcher.first(reading)
    signed = reading.signature
    bucket = match.bucket.id if match else signed.key
    return Assigned(failure, signed.text, signed.key, bucket, reading.detail, earlier_keys(failure.fault))


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
