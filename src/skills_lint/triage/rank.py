"""Root causes counted over the window and ranked: the ones that matter most come first."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from ..errors.signature import PIPELINE, is_catch_all
from .alike import alike
from .choice import differing
from .details import details_of
from .result import Assigned, BucketCount, TriageResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..buckets.bucket import Bucket
    from ..evidence import SessionRecord
    from .result import BucketRecovery

_T = TypeVar("_T")

_MOST_TOP = 5
_ALWAYS_TOP = 3
_WORTH_A_PLACE = 0.05  # the share of all failures that a fourth and a fifth cause must have
_MOST_EXAMPLES = 10


@dataclass(frozen=True, slots=True)
class Known:
    """Sessions by where they are known from."""

    from_traces: int
    from_evidence: int


def rank(
    records: Sequence[SessionRecord],
    assigned: Sequence[Assigned],
    buckets: Sequence[Bucket],
    *,
    days: int,
    known: Known,
    until: datetime.date | None = None,
) -> TriageResult:
    """Return the buckets that have failures in the window, ranked.

    The window ends on day `until`, or with the newest session, and is `days` long; sessions without a date are in it.
    Ranked by sessions affected, then failures, then id. `assigned` adds signatures and examples to the numbers, which
    come from the records alone.
    """
    start, end = _window(records, days, until)
    inside = records_inside(records, start, end)
    loaded = {record.session: bool(record.loaded) for record in inside}
    total = sum(sum(record.failures.values()) for record in inside)
    shown = tuple(item for item in assigned if item.failure.session_key in loaded)
    by_bucket = _gathered((item.bucket, item) for item in shown)
    having = _gathered((id_, record) for record in inside for id_ in record.failures)
    declared = {bucket.id: bucket for bucket in buckets}
    counts = [
        _count(id_, theirs, total, declared.get(id_), by_bucket.get(id_, ()), loaded) for id_, theirs in having.items()
    ]
    counts.sort(key=_importance)
    ranked = _with_top(counts, sessions=len(inside))
    return TriageResult(
        pipeline=PIPELINE,
        start=start,
        end=end,
        sessions=len(inside),
        executions=sum(record.executions for record in inside),
        failures=total,
        assigned=shown,
        buckets=ranked,
        other=sum(bucket.count for bucket in ranked if not bucket.top),
        from_traces=known.from_traces,
        from_evidence=known.from_evidence,
        alike=alike(ranked),
    )


def _gathered(pairs: Iterable[tuple[str, _T]]) -> dict[str, list[_T]]:
    """Return what goes with each id, in order."""
    found: dict[str, list[_T]] = {}
    for id_, item in pairs:
        found.setdefault(id_, []).append(item)
    return found


def _importance(bucket: BucketCount) -> tuple[int, int, str]:
    return -bucket.sessions, -bucket.count, bucket.id


def by_cost(triage: TriageResult, recovered: Mapping[str, BucketRecovery]) -> TriageResult:
    """Return the same buckets, those first that wasted most: failed executions, then time, then as they were ranked.

    The top buckets are those of this order. A failure that is known from evidence alone is one failed execution.
    """

    def cost(bucket: BucketCount) -> tuple[float, float]:
        found = recovered.get(bucket.id)
        if found is None:
            return -bucket.count, 0.0
        return -(bucket.count - found.failures + found.wasted_attempts), -(found.wasted_seconds or 0.0)

    ordered = sorted(triage.buckets, key=lambda bucket: (*cost(bucket), *_importance(bucket)))
    ranked = _with_top(ordered, sessions=triage.sessions)
    return replace(triage, buckets=ranked, other=sum(bucket.count for bucket in ranked if not bucket.top))


def _window(
    records: Iterable[SessionRecord], days: int, until: datetime.date | None
) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the first and the last day of the window; both are None where no session has a date."""
    end = until or max((record.date for record in records if record.date), default=None)
    if end is None:
        return None, None
    return datetime.date.fromordinal(max(end.toordinal() - days + 1, 1)), end


def records_inside(
    records: Iterable[SessionRecord], start: datetime.date | None, end: datetime.date | None
) -> list[SessionRecord]:
    """Return the records of a window, first and last day included; those without a date are in every one."""
    return [r for r in records if r.date is None or start is None or end is None or start <= r.date <= end]


def _count(
    id_: str,
    having: Sequence[SessionRecord],
    total: int,
    declared: Bucket | None,
    assigned: Sequence[Assigned],
    loaded: Mapping[str, bool],
) -> BucketCount:
    by_day: Counter[datetime.date] = Counter()
    for record in having:
        if record.date:
            by_day[record.date] += record.failures[id_]
    count = sum(record.failures[id_] for record in having)
    common = Counter(item.signature for item in assigned).most_common(1)
    return BucketCount(
        id=id_,
        title=declared.title if declared else _title(assigned),
        source=declared.source if declared else "discovered",
        remedy=declared.remedy if declared else "skill",
        count=count,
        share=count / total,
        sessions=len(having),
        first_seen=min(by_day, default=None),
        last_seen=max(by_day, default=None),
        by_day=dict(sorted(by_day.items())),
        signature=common[0][0] if common else None,
        cause=declared.cause if declared else "",
        fix=declared.fix if declared else "",
        hint=declared.hint if declared else "",
        examples=differing(assigned, loaded, _MOST_EXAMPLES),
        top=False,
        details=details_of(assigned),
    )


def _title(assigned: Sequence[Assigned]) -> str:
    """Return a title for a discovered bucket; it holds no text of a trace."""
    kinds = {item.failure.fault.type for item in assigned}
    kind = kinds.pop() if kinds else None
    return f"{kind or 'Failures'} (no bucket yet)"


def _with_top(ranked: Sequence[BucketCount], *, sessions: int) -> tuple[BucketCount, ...]:
    """Mark the top buckets: three, or up to five that each explain enough; fewer rather than padding."""
    fewest = 2 if sessions >= 5 else 1
    eligible = [b for b in ranked if b.sessions >= fewest and not (b.source == "discovered" and is_catch_all(b.id))]
    top = {
        bucket.id
        for place, bucket in enumerate(eligible[:_MOST_TOP])
        if place < _ALWAYS_TOP or bucket.share >= _WORTH_A_PLACE
    }
    return tuple(replace(bucket, top=bucket.id in top) for bucket in ranked)
