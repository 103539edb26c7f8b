"""The pages of root causes: the list of all, and one page each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..triage.example import failing_line
from ..triage.got_out import recovered_in_words, wasted_in_words
from .catalogue import entry_uri
from .facts import Assessment
from .names import page_title
from .overview import days_drawn
from .page import Links, Page, render
from .words import REMEDIES, SOURCES

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from markupsafe import Markup

    from ..report.figures import BucketFigures, ReportFigures
    from ..traces.result import Failure
    from .cause import Cause
    from .facts import Facts


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

    def body(links: Links) -> Markup:
        return render(
            "causes.html",
            links,
            title=title,
            assessed=isinstance(facts.assessment, Assessment),
            assessment=facts.assessment,
            top=[cause for cause in causes if cause.top],
            rest=[cause for cause in causes if cause.count and not cause.top],
            unseen=[cause for cause in causes if not cause.count],
        )

    return Page("causes/index.md", page_title(title), body)


def cause_page(facts: Facts, cause: Cause) -> Page:
    """Return the page of one root cause."""

    def body(links: Links) -> Markup:
        triage = facts.assessment.triage if isinstance(facts.assessment, Assessment) else None
        withheld = facts.publish == "counts"
        return render(
            "cause.html",
            links,
            cause=cause,
            assessed=triage is not None,
            failures=triage.failures if triage else 0,
            sessions=triage.sessions if triage else 0,
            source=SOURCES[cause.source],
            remedy=REMEDIES[cause.remedy],
            unknown="Not shown, since it is the traces' own text." if withheld else "Not known yet.",
            by_day=_by_day(facts, cause),
            history=_history(facts.reports, cause.id),
            withheld=withheld,
            then=_then,
            entry=entry_uri(cause.id) if cause.source == "catalogue" else None,
            failing_line=failing_line,
            recovered=recovered_in_words(cause.recovery) if cause.recovery else "",
            wasted=wasted_in_words(cause.recovery) if cause.recovery else "",
        )

    return Page(cause.uri, page_title(cause.title), body)


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


def _then(failure: Failure) -> str:
    """Return what the session did next, in a sentence."""
    attempts = len(failure.next)
    if not attempts:
        return "The session ran no Python after it."
    tries = "execution" if attempts == 1 else f"{attempts} executions"
    return f"The next {tries} failed too." if failure.next[-1].failed else _success(attempts)


def _success(attempts: int) -> str:
    return (
        "The next execution succeeded." if attempts == 1 else f"The session succeeded at attempt {attempts} after it."
    )
