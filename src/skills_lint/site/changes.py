"""What changed since the last report: where each root cause is going."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors.signature import is_key
from ..report.figures import figures_of
from ..report.movement import histories
from .facts import Assessment

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping, Sequence

    from ..report.figures import ReportFigures
    from ..report.movement import BucketHistory, Movement
    from .facts import Facts

# What is worse comes first.
WORDS: dict[Movement, str] = {
    "back": "came back",
    "new": "new",
    "growing": "growing",
    "falling": "falling",
    "gone": "gone",
}


@dataclass(frozen=True, slots=True)
class Development:
    """The root causes over the reports, today's figures being the last; nothing where no report was written before."""

    reports: tuple[ReportFigures, ...] = ()  # the oldest first, today's last
    by_bucket: Mapping[str, BucketHistory] | None = None

    @property
    def since(self) -> datetime.date | None:
        """The day of the last report before today's figures."""
        return self.reports[-2].date if len(self.reports) > 1 else None

    @property
    def comparable(self) -> tuple[BucketHistory, ...]:
        """The root causes that go by the same id in the last two reports: an earlier pipeline hashed otherwise."""
        found = tuple((self.by_bucket or {}).values())
        if len({report.pipeline for report in self.reports[-2:]}) < 2:
            return found
        return tuple(history for history in found if not is_key(history.id))


def development_of(facts: Facts) -> Development:
    """Return how the root causes developed up to the newest session, or up to the newest report without one."""
    reports = series(facts)
    if len(reports) < 2:
        return Development(reports)
    return Development(reports, {history.id: history for history in histories(reports)})


def series(facts: Facts) -> tuple[ReportFigures, ...]:
    """Return the figures of the reports and of today; a report of today gives way to them."""
    assessment = facts.assessment
    if not isinstance(assessment, Assessment) or assessment.triage.end is None:
        return facts.reports
    today = figures_of(
        assessment.triage.end,
        assessment.triage,
        assessment.coverage,
        files=facts.scan.files if facts.scan else 0,
        publish=facts.publish,
    )
    return (*(report for report in facts.reports if report.date < today.date), today)


def moved(found: Iterable[BucketHistory]) -> dict[Movement, Sequence[BucketHistory]]:
    """Return the root causes that do not stay as they are, by where they go; what went long ago is left out."""
    by_movement: dict[Movement, list[BucketHistory]] = {movement: [] for movement in WORDS}
    for history in found:
        if history.movement == "gone" and not history.points[-2].failures:
            continue
        if history.movement in by_movement:
            by_movement[history.movement].append(history)
    return {movement: histories for movement, histories in by_movement.items() if histories}
