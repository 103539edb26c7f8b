"""Each bucket over the reports: how often it failed, and where that is going."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..errors.signature import is_key

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from .figures import BucketFigures, ReportFigures

    _Counted = tuple[ReportFigures, Mapping[str, BucketFigures]]  # a report, and its buckets by their ids

Movement = Literal["new", "growing", "steady", "falling", "gone", "back"]

_CHANCE = 0.05  # what passes for chance, in either direction
_NEGLIGIBLE = 1e-12  # of a sum


@dataclass(frozen=True, slots=True)
class Point:
    """A bucket in one report."""

    date: datetime.date  # of the report
    failures: int  # of the bucket, in the report's window; 0 where the report does not have it
    executions: int  # of all, in that window
    sessions: int  # with such a failure


@dataclass(frozen=True, slots=True)
class BucketHistory:
    """A bucket over all reports, and where it is going in the newest."""

    id: str
    title: str  # as the newest report that has it calls it
    points: tuple[Point, ...]  # one a report, the oldest first
    movement: Movement
    hashed_otherwise: bool = False  # a group that the report before may know by the hash of another pipeline

    @property
    def last(self) -> datetime.date:
        """The day of the newest report that has it."""
        return next(point.date for point in reversed(self.points) if point.failures)

    @property
    def moved(self) -> bool:
        """Whether it came, came back, went, grew or fell since the last report, as far as that can be told."""
        if self.hashed_otherwise or self.movement == "steady":
            return False
        return self.movement != "gone" or bool(self.points[-2].failures)


def histories(reports: Sequence[ReportFigures]) -> tuple[BucketHistory, ...]:
    """Return each bucket that any report has: those of the newest report as it ranks them, then those that are gone.

    The newest report is *now*; of several of one day the last counts. *new*: no earlier report has it. *back*: an
    earlier one has it, the one before does not. *gone*: the newest does not have it, whenever it was last seen.
    *growing*, *falling*: its failures per execution differ from those of the newest report whose window ended before
    this one began, or of the oldest report where all overlap, by more than chance; else *steady*. Chance is a binomial
    test at 5 %, for each bucket by itself: given both counts together, the new one is binomial (Przyborowski and
    Wilenski 1940). Failures of one session are not independent, so they count as many as the sessions that they
    touch. Sessions in both windows make the test say less than it could, never more.

    A discovered group is *hashed otherwise* where the two newest reports are of different pipelines: what seems new or
    gone is then perhaps the same.
    """
    ordered = _by_day(reports)
    counted = [(report, {bucket.id: bucket for bucket in report.buckets}) for report in ordered]
    named: dict[str, BucketFigures] = {}
    for _, buckets in counted:
        named.update(buckets)
    base = _compared_with(ordered) if ordered else 0
    otherwise = len({report.pipeline for report in ordered[-2:]}) > 1
    found = [_history(bucket, counted, base, otherwise=otherwise and is_key(bucket.id)) for bucket in named.values()]
    rank = {bucket.id: place for place, bucket in enumerate(ordered[-1].buckets)} if ordered else {}
    return tuple(sorted(found, key=lambda item: (rank.get(item.id, len(rank)), -item.last.toordinal(), item.id)))


def _by_day(reports: Sequence[ReportFigures]) -> list[ReportFigures]:
    return sorted({report.date: report for report in reports}.values(), key=lambda report: report.date)


def _history(bucket: BucketFigures, counted: Sequence[_Counted], base: int, *, otherwise: bool) -> BucketHistory:
    points = tuple(_point(report, buckets.get(bucket.id)) for report, buckets in counted)
    return BucketHistory(bucket.id, bucket.title, points, _movement(points, base), otherwise)


def _point(report: ReportFigures, found: BucketFigures | None) -> Point:
    return Point(report.date, found.count if found else 0, report.executions, found.sessions if found else 0)


def _compared_with(reports: Sequence[ReportFigures]) -> int:
    """Return the place of the report that the newest is compared with."""
    start = reports[-1].start
    apart = [place for place, report in enumerate(reports) if start and report.end and report.end < start]
    return max(apart, default=0)


def _movement(points: Sequence[Point], base: int) -> Movement:
    *earlier, now = points
    if not now.failures:
        return "gone"
    if not any(point.failures for point in earlier):
        return "new"
    if not earlier[-1].failures:
        return "back"
    return _direction(points[base], now)


def _direction(then: Point, now: Point) -> Movement:
    """Return whether the failures per execution changed by more than chance."""
    whole = then.executions + now.executions
    if not then.executions or not now.executions:
        return "steady"
    worth = (then.sessions + now.sessions) / (then.failures + now.failures)  # of a failure, as independent ones
    both = round((then.failures + now.failures) * worth)
    new = min(round(now.failures * worth), both)
    share = now.executions / whole
    if 2 * _at_least(new, both, share) <= _CHANCE:
        return "growing"
    if 2 * _at_least(both - new, both, 1 - share) <= _CHANCE:
        return "falling"
    return "steady"


def _at_least(count: int, of: int, share: float) -> float:
    """Return the probability that a binomial variable is `count` or more; 1 where that is no more than its mean."""
    if count <= of * share:
        return 1.0
    ways = math.lgamma(of + 1) - math.lgamma(count + 1) - math.lgamma(of - count + 1)
    term = total = math.exp(ways + count * math.log(share) + (of - count) * math.log1p(-share))
    for more in range(count, of):  # beyond the mean each term is smaller than the one before
        term *= (of - more) / (more + 1) * share / (1 - share)
        total += term
        if term < total * _NEGLIGIBLE:
            break
    return total
