"""The overview: the gate's verdict, the top root causes, what was read, who covers what, and the trend."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..traces.tally import tally_by_format
from ..words import counted, part_of, percent
from .drawing import columns
from .facts import Assessment
from .names import page_title
from .page import Links, Page, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from markupsafe import Markup

    from ..config import Publish
    from ..report.figures import ReportFigures
    from ..skills.skill import Skill
    from ..traces.result import ScanResult
    from ..triage.result import TriageResult
    from .cause import Cause
    from .facts import Facts

_PUBLISH_NOTES: dict[Publish, str] = {
    "counts": "This site shows counts only; no text of a trace is on it.",
    "examples": "This site shows examples from traces; secrets and personal names are redacted.",
    "sessions": "This site shows examples from traces; secrets and personal names are redacted.",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its name, and of how many it is."""

    name: str
    value: str
    of: str


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A skill, and for each top root cause whether it covers it."""

    name: str
    uri: str
    covers: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in the table of the trend."""

    file: str
    date: datetime.date
    sessions: int
    executions: int
    failures: int
    first: str | None  # the title of its most important root cause


def overview_page(uri: str, facts: Facts, causes: Sequence[Cause]) -> Page:
    """Return the overview."""
    title = "Overview"

    def body(links: Links) -> Markup:
        assessment = facts.assessment
        top = [cause for cause in causes if cause.top]
        assessed = isinstance(assessment, Assessment)
        triage = assessment.triage if isinstance(assessment, Assessment) else None
        return render(
            "overview.html",
            links,
            title=title,
            assessed=assessed,
            assessment=assessment,
            coverage=assessment.coverage if isinstance(assessment, Assessment) else None,
            triage=triage,
            top=top,
            failing=[cause for cause in causes if cause.failing],
            read=what_was_read(triage, facts.scan) if triage else (),
            tallies=tally_by_format(facts.scan) if facts.scan else (),
            unread=_unread(facts.scan) if facts.scan else (),
            explained=_explained(triage, len(top)) if triage else "",
            by_day=failures_by_day(triage) if triage else None,
            matrix=_matrix(facts.skills, top, links),
            reports=_report_rows(facts.reports, {cause.id: cause.title for cause in causes}),
            trend=trend(facts.reports),
            skills=len(facts.skills),
            findings=len(facts.diagnostics),
            publish_note=_PUBLISH_NOTES[facts.publish],
        )

    return Page(uri, page_title(title), body, alone=True)


def what_was_read(triage: TriageResult, scan: ScanResult | None) -> tuple[Figure, ...]:
    """Return how much was read of what, each number with its *of how many*."""
    known = triage.from_traces + triage.from_evidence
    window = (
        f"{_day(triage.start)} to {_day(triage.end)}" if triage.start and triage.end else "none of them tells its date"
    )
    figures = [
        Figure("Sessions", f"{triage.sessions} of {known}", window),
        Figure("Python executions", f"{triage.executions}", _of_calls(triage, scan)),
        Figure("Failed", f"{triage.failures}", f"of {counted(triage.executions, 'execution')}{_rate(triage)}"),
    ]
    figures.append(_not_read(scan, triage))
    return tuple(figures)


def failures_by_day(triage: TriageResult) -> Markup | None:
    """Return the failures of each day of the window, drawn; None where no day is known."""
    if not (triage.start and triage.end):
        return None
    total: Counter[datetime.date] = Counter()
    for bucket in triage.buckets:
        total.update(bucket.by_day)
    return days_drawn(total, triage.start, triage.end)


def days_drawn(by_day: Mapping[datetime.date, int], start: datetime.date, end: datetime.date) -> Markup:
    """Return a column for each day from `start` to `end`."""
    days = [start + datetime.timedelta(days=number) for number in range((end - start).days + 1)]
    return columns([(str(day), by_day.get(day, 0)) for day in days], "Failures by day")


def trend(reports: Sequence[ReportFigures]) -> Markup | None:
    """Return the failures per hundred executions of each report, drawn; None for fewer than two, which are no trend."""
    if len(reports) < 2:
        return None
    points = [
        (str(report.date), round(100 * report.failures / report.executions, 1) if report.executions else 0)
        for report in reports
    ]
    return columns(points, "Failures per 100 executions, by report")


def _not_read(scan: ScanResult | None, triage: TriageResult) -> Figure:
    if scan is None:
        return Figure("Read", counted(triage.from_evidence, "session"), "from the evidence; the traces are not here")
    records = len(scan.skipped)
    named = "; `skills-lint scan` names them" if records else ""
    noun = "record" if records == 1 else "records"
    return Figure("Not read", f"{records}", f"{noun}, of {counted(scan.files, 'trace file')}{named}")


def _unread(scan: ScanResult) -> list[tuple[str, int]]:
    """Return why records were not read, and how many for each reason; details of one record are left out."""
    reasons = Counter(skipped.reason.split(" (")[0].split(": ")[0] for skipped in scan.skipped)
    return sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%b %Y}"


def _of_calls(triage: TriageResult, scan: ScanResult | None) -> str:
    if scan is None:
        return "in these sessions"
    outside = "" if scan.executions == triage.executions else f"in the window, {scan.executions} in all, "
    others = f"{counted(scan.other_failures, 'failure')} of other tools, not analysed"
    return f"{outside}of {counted(scan.tool_calls, 'tool call')}; {others}"


def _rate(triage: TriageResult) -> str:
    return f", {percent(triage.failures / triage.executions)}" if triage.executions else ""


def _explained(triage: TriageResult, top: int) -> str:
    causes = "This one explains" if top == 1 else f"These {top} explain"
    return f"{causes} {part_of(triage.failures - triage.other, triage.failures, 'failure')}."


def _matrix(skills: Iterable[Skill], top: Sequence[Cause], links: Links) -> list[CoverageRow]:
    rows = (
        CoverageRow(
            skill.name,
            links.skills[skill.file],
            tuple(any(pitfall.place.file == skill.file for pitfall in cause.pitfalls) for cause in top),
        )
        for skill in skills
    )
    return [row for row in rows if any(row.covers)]


def _report_rows(reports: Iterable[ReportFigures], titles: Mapping[str, str]) -> list[ReportRow]:
    return [
        ReportRow(
            report.file,
            report.date,
            report.sessions,
            report.executions,
            report.failures,
            titles.get(report.buckets[0].id, report.buckets[0].id) if report.buckets else None,
        )
        for report in reversed(list(reports))
    ]
