"""What changed since the last report: where each root cause is going."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..report.figures import figures_of
from ..report.movement import histories
from .facts import Assessment

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

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
