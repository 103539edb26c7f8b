"""Why causes go on: not covered, or covered and the skill not offered, not loaded, or ignored."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from .names import is_named
from .periods import split
from .result import Cover, GoesOn, GoingOn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..evidence import SessionRecord
    from ..triage.result import Assigned


def going_on(
    records: Sequence[SessionRecord],
    covers: Iterable[Cover],
    uncovered: Iterable[str],
    assigned: Iterable[Assigned],
    days: int,
) -> tuple[GoingOn, ...]:
    """Return the failures that go on by cause and reason, those of most failures first.

    Those of covered buckets since the pitfall, those of others in the newest `days`. Whether a skill was offered is
    told by formats in which any session tells of skills on offer; else the reason stays untold.
    """
    tells = frozenset(record.format for record in records if record.offered)
    newest: dict[tuple[str, str], Assigned] = {}
    for item in sorted(assigned, key=lambda item: item.failure.timestamp or ""):
        newest[item.failure.session_key, item.bucket] = item
    found = [
        *(row for cover in covers if cover.since for row in _rows(split(records, cover).after, cover, tells, newest)),
        *(
            row
            for bucket in uncovered
            for row in _rows(_last(records, days), Cover(bucket, frozenset(), None), tells, newest)
        ),
    ]
    return tuple(sorted(found, key=lambda row: (-row.failures, row.bucket, row.reason)))


def _last(records: Sequence[SessionRecord], days: int) -> list[SessionRecord]:
    """Return the sessions of the newest days."""
    dates = [record.date for record in records if record.date]
    first = max(dates) - datetime.timedelta(days=days) if dates else None
    return [record for record in records if record.date and first and record.date > first]


def _rows(
    records: Iterable[SessionRecord],
    cover: Cover,
    tells: frozenset[str],
    newest: dict[tuple[str, str], Assigned],
) -> Iterator[GoingOn]:
    failing: dict[GoesOn, list[SessionRecord]] = {}
    for record in records:
        if record.failures.get(cover.bucket):
            failing.setdefault(_why(record, cover, tells), []).append(record)
    for reason, sessions in failing.items():
        examples = [newest[key] for record in sessions if (key := (record.session, cover.bucket)) in newest]
        yield GoingOn(
            cover.bucket,
            reason,
            sum(record.failures[cover.bucket] for record in sessions),
            len(sessions),
            max(examples, key=lambda item: item.failure.timestamp or "", default=None),
        )


def _why(record: SessionRecord, cover: Cover, tells: frozenset[str]) -> GoesOn:
    if not cover.skills:
        return "not-covered"
    if is_named(cover.skills, record.loaded):
        return "ignored"
    if record.format not in tells:
        return "untold"
    return "not-loaded" if is_named(cover.skills, record.offered) else "not-offered"
