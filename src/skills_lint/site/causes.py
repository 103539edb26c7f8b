"""The pages of root causes: the list of all, and one page each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..triage.got_out import recovered_in_words, wasted_in_words
from .catalogue import entry_uri
from .effect import effect_view, reasons
from .example import shown_example
from .facts import Assessment
from .markdown import skill_passage
from .matrix import matrix
from .names import page_title
from .overview import days_drawn, explained
from .page import Links, Page, render
from .pictures.trend import trend
from .words import REMEDIES, SOURCES

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from markupsafe import Markup

    from ..report.figures import BucketFigures, ReportFigures
    from .cause import Cause
    from .facts import Facts


_MOST_IN_MATRIX = 15


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """What one report says about a root cause; `figures` is None where it was not seen."""

    file: str
    date: datetime.date
    failures: int
    sessions: int
    figures: BucketFigures | None


def causes_page(facts: Facts, causes: Sequence[Cause]) -> Page:
    """Return the list of all root causes."""
    title = "Root causes"
    top = [cause for cause in causes if cause.top]
    curable = [cause for cause in causes if cause.count and cause.remedy == "skill" and cause.source != "discovered"]
    triage = facts.assessment.triage if isinstance(facts.assessment, Assessment) else None

    def body(links: Links) -> Markup:
        return render(
            "causes.html",
            links,
            title=title,
            assessed=triage is not None,
            assessment=facts.assessment,
            top=top,
            explained=explained(triage, len(top)) if triage else "",
            rest=[cause for cause in causes if cause.count and not cause.top],
            unseen=[cause for cause in causes if not cause.count],
            matrix=matrix(facts.skills, curable[:_MOST_IN_MATRIX]),
        )

    return Page("causes/index.md", page_title(title), body)


def cause_page(
    facts: Facts, cause: Cause, by_id: Mapping[str, Cause], published: Mapping[Path, str], *, listed: bool = True
) -> Page:
    """Return the page of one root cause; `by_id` has all of them, and `published` the pages of files, for links."""
    skills = {skill.file: skill for skill in facts.skills}

    def body(links: Links) -> Markup:
        triage = facts.assessment.triage if isinstance(facts.assessment, Assessment) else None
        withheld = facts.publish == "counts"
        return render(
            "cause.html",
            links,
            cause=cause,
            advice=[skill_passage(own.text, skills[own.place.file], links, published) for own in cause.pitfalls],
            assessed=triage is not None,
            failures=triage.failures if triage else 0,
            sessions=triage.sessions if triage else 0,
            source=SOURCES[cause.source],
            remedy=REMEDIES[cause.remedy],
            unknown="Not shown, since it is the traces' own text." if withheld else "Not known yet.",
            by_day=_by_day(facts, cause),
            history=_history(facts.reports, cause.id),
            over_reports=_over_reports(cause),
            withheld=withheld,
            entry=entry_uri(cause.id) if cause.source == "catalogue" else None,
            examples=[shown_example(item) for item in cause.examples],
            recovered=recovered_in_words(cause.recovery) if cause.recovery else "",
            wasted=wasted_in_words(cause.recovery) if cause.recovery else "",
            effect=effect_view(cause.effect) if cause.effect else None,
            no_effect=facts.effects.unknown,
            reasons=reasons(cause),
            **_neighbours(cause, by_id),
        )

    return Page(cause.uri, page_title(cause.title), body, listed=listed)


def _neighbours(cause: Cause, by_id: Mapping[str, Cause]) -> dict[str, object]:
    """Return the causes that look like this one, and those that its sessions had too, with how many."""
    beside = cause.numbers.beside if cause.numbers else ()
    return {
        "alike": [by_id[id_] for id_ in cause.alike if id_ in by_id],
        "beside": [(by_id[id_], sessions) for id_, sessions in beside if id_ in by_id],
    }


def _over_reports(cause: Cause) -> Markup | None:
    """Return the failures of a cause per hundred executions in each report and today; None without a history."""
    if cause.history is None:
        return None
    points = [
        (str(point.date), round(100 * point.failures / point.executions, 1) if point.executions else 0.0)
        for point in cause.history.points
    ]
    return trend(points, "Failures per 100 executions")


def _by_day(facts: Facts, cause: Cause) -> Markup | None:
    assessment = facts.assessment
    if not isinstance(assessment, Assessment) or not cause.count or not cause.count.by_day:
        return None
    start, end = assessment.triage.start, assessment.triage.end
    return days_drawn(cause.count.by_day, start, end) if start and end else None


def _history(reports: Sequence[ReportFigures], bucket: str) -> list[HistoryRow]:
    """Return what the reports say, the newest first; nothing if none of them has seen the bucket."""
    rows = [
        HistoryRow(
            report.file,
            report.date,
            report.failures,
            report.sessions,
            next((figures for figures in report.buckets if figures.id == bucket), None),
        )
        for report in reversed(reports)
    ]
    return rows if any(row.figures for row in rows) else []
