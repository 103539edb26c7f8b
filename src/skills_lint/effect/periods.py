"""The sessions before and after a pitfall, and what the causes did in both."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from .ratio import Side
from .result import Tally

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from ..evidence import SessionRecord
    from .result import Cover


@dataclass(frozen=True)
class Periods:
    """Sessions with a date, before and after a day."""

    before: tuple[SessionRecord, ...]
    after: tuple[SessionRecord, ...]

    @cached_property
    def failures_before(self) -> Counter[str]:
        """The failures by cause before."""
        return failures_by_cause(self.before)

    @cached_property
    def failures_after(self) -> Counter[str]:
        """The failures by cause after."""
        return failures_by_cause(self.after)

    @cached_property
    def causes(self) -> tuple[str, ...]:
        """The causes that were seen, sorted."""
        return tuple(sorted(self.failures_before.keys() | self.failures_after.keys()))

    def sides(self, bucket: str, others: Collection[str]) -> tuple[Side, Side]:
        """Return the failures of a bucket before and after, held against those of other causes."""
        return _held_against(self.before, bucket, others), _held_against(self.after, bucket, others)


def split(records: Iterable[SessionRecord], cover: Cover) -> Periods:
    """Return the sessions before and after a bucket became covered.

    A pitfall is committed at some hour of its day, so the sessions of that day are in neither, unless a person named
    the day as the first.
    """
    since = cover.since
    dated = [(record.date, record) for record in records if record.date]
    return Periods(
        tuple(record for day, record in dated if since and day < since),
        tuple(record for day, record in dated if since and (day > since or (cover.whole_day and day == since))),
    )


def failures_by_cause(records: Iterable[SessionRecord]) -> Counter[str]:
    """Return the failures of sessions by their cause."""
    counts: Counter[str] = Counter()
    for record in records:
        counts.update(record.failures)
    return counts


def _held_against(records: Sequence[SessionRecord], bucket: str, others: Collection[str]) -> Side:
    return Side(
        [record.failures.get(bucket, 0) for record in records],
        [sum(count for cause, count in record.failures.items() if cause in others) for record in records],
    )


def per_execution(records: Sequence[SessionRecord], bucket: str) -> Side:
    """Return the failures of a bucket, held against executions."""
    return Side([record.failures.get(bucket, 0) for record in records], [record.executions for record in records])


def tally(records: Sequence[SessionRecord], bucket: str) -> Tally:
    """Return how many sessions there are, what they ran, and how often it failed for a bucket."""
    side = per_execution(records, bucket)
    return Tally(len(records), side.held_against, side.total)
