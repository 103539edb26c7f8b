"""The overview: the gate's verdict, the one next step, the top root causes, what changed, and who covers what."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..coverage.output import verdict
from ..report.over_time import moved
from ..traces.tally import tally_by_format
from ..triage.rank import records_inside
from ..words import counted, part_of, percent
from .changes import WORDS
from .facts import Assessment
from .matrix import matrix
from .names import page_title
from .page import Links, Page, render
from .pictures.bars import columns
from .pictures.trend import trend as trend_picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from markupsafe import Markup

    from ..config import Publish
    from ..report.figures import ReportFigures
    from ..report.movement import BucketHistory, Movement
    from ..traces.result import ScanResult
    from ..triage.result import TriageResult
    from .cause import Cause
    from .changes import Development
    from .facts import Facts

_PUBLISH_NOTES: dict[Publish, str] = {
    "counts": "This site shows counts only; no text of a trace is on it.",
    "examples": "This site shows examples from traces; secrets and personal names are redacted.",
    "sessions": "This site shows sessions from traces; secrets and personal names are redacted.",
}
_PER = "Failures per 100 executions"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its name, and of how many it is."""

    name: str
    value: str
    of: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do next; `cause` is what it is about, if it is about one."""

    why: str
    command: str | None = None
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A root cause that does not stay as it is; `cause` is None where it has no page."""

    history: BucketHistory
    cause: Cause | None
    title: str | None  # where it has no page; withheld with the texts of traces


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in the table of the trend."""

    file: str
    date: datetime.date
    sessions: int
    executions: int
    failures: int
    first: str | None  # the title of its most important root cause


def overview_page(uri: str, facts: Facts, causes: Sequence[Cause], development: Development) -> Page:
    """Return the overview."""

    def body(links: Links) -> Markup:
        shared = {
            "title": "Overview",
            "reports": _report_rows(facts.reports, {cause.id: cause.title for cause in causes}),
            "trend": trend(development.reports),
            "skills": len(facts.skills),
            "findings": len(facts.diagnostics),
            "publish_note": _PUBLISH_NOTES[facts.publish],
        }
        if not isinstance(facts.assessment, Assessment):
            return render("overview.html", links, assessed=False, assessment=facts.assessment, **shared)
        return render("overview.html", links, **shared, **_assessed(facts.assessment, facts, causes, development))

    return Page(uri, page_title("Overview"), body, alone=True)


def _assessed(
    assessment: Assessment, facts: Facts, causes: Sequence[Cause], development: Development
) -> dict[str, object]:
    """Return what the overview says of sessions that are there."""
    triage = assessment.triage
    top = [cause for cause in causes if cause.top]
    return {
        "assessed": True,
        "triage": triage,
        "passes": assessment.coverage.covered,
        "verdict_line": " ".join(verdict(assessment.coverage).split()),
        "failing": [cause for cause in causes if cause.failing],
        "next": next_step(facts, causes, triage),
        "read": what_was_read(triage, facts.scan),
        "figures": figures(facts, triage, top, development),
        "tallies": tally_by_format(facts.scan) if facts.scan else (),
        "unread": _unread(facts.scan) if facts.scan else (),
        "other_failures": facts.scan.other_failures if facts.scan else 0,
        "top": top,
        "others": sum(bool(cause.count) for cause in causes) - len(top),
        "explained": explained(triage, len(top)),
        "per_day": lambda cause: per_day(cause, triage),
        "by_day": failures_by_day(triage),
        "changed": _changed(development, causes, facts.publish),
        "renamed": sum(history.hashed_otherwise for history in (development.by_bucket or {}).values()),
        "since": development.since,
        "last_report": development.reports[-2].file if development.since else None,
        "matrix": matrix(facts.skills, top),
    }


def next_step(facts: Facts, causes: Sequence[Cause], triage: TriageResult) -> NextStep:
    """Return what to do next.

    First what the gate fails for, then a report of what is new, then a pitfall that does not help, then the next cause
    to cover.
    """
    for cause in causes:
        if cause.failing:
            why = f"first: {cause.obstacle}" if cause.obstacle else "the gate fails for it"
            return NextStep(why, cause.command, cause)
    newest = max((report.date for report in facts.reports), default=None)
    if triage.end and (newest is None or newest < triage.end):
        why = f"the newest session is of {_day(triage.end)}, " + (
            f"the last report of {_day(newest)}" if newest else "and there is no report yet"
        )
        return NextStep(why, "skills-lint report")
    for cause in causes:
        if cause.top and cause.effect and cause.effect.verdict == "worse":
            why = "it became more frequent since its pitfall, so mend the pitfall, or see why agents do not heed it"
            return NextStep(why, cause=cause)
    for cause in causes:
        if cause.command:
            where = ", where the traces are" if facts.scan is None and cause.source == "discovered" else ""
            return NextStep(f"the most frequent root cause without a pitfall{where}", cause.command, cause)
    return NextStep("nothing to do until there are new sessions")


def what_was_read(triage: TriageResult, scan: ScanResult | None) -> str:
    """Return in a sentence how much was read, of how many."""
    known = triage.from_traces + triage.from_evidence
    window = f", {_day(triage.start)} to {_day(triage.end)}" if triage.start and triage.end else ", without a date"
    sessions = f"{triage.sessions:,} of {counted(known, 'session')}{window}"
    if scan is None:
        return f"{sessions}, from the evidence; the traces are not here"
    evidence = f", {triage.from_evidence:,} of them from the evidence" if triage.from_evidence else ""
    return f"{sessions}{evidence}; {_skipped(scan)}"


def _skipped(scan: ScanResult) -> str:
    """Return how much could not be read, as the command line says it."""
    lines = sum(skipped.line is not None for skipped in scan.skipped)
    whole = len(scan.skipped) - lines
    parts = [f"{counted(whole, 'file')} not read"] if whole else []
    parts += [f"{counted(lines, 'line')} skipped"] if lines else []
    return f"{counted(scan.files, 'trace file')}, {' and '.join(parts) or 'nothing skipped'}"


def figures(facts: Facts, triage: TriageResult, top: Sequence[Cause], development: Development) -> tuple[Figure, ...]:
    """Return the few numbers that tell how things stand."""
    of = f"{triage.failures:,} of {triage.executions:,}{_since(development)}"
    found = [Figure("Executions that failed", _rate(triage), of)]
    inside = records_inside(facts.records, triage.start, triage.end)
    if inside:
        having = sum(bool(record.failures) for record in inside)
        found.append(Figure("Sessions with a failure", percent(having / len(inside)), f"{having:,} of {len(inside):,}"))
    if triage.failures and top:
        part = triage.failures - triage.other
        of = f"{part:,} of {counted(triage.failures, 'failure')}"
        found.append(Figure(f"Explained by the top {len(top)}", percent(part / triage.failures), of))
    to_cover = [cause for cause in top if cause.remedy == "skill"]
    if to_cover:
        covered = sum(cause.covered for cause in to_cover)
        found.append(Figure("Covered", f"{covered} of {len(to_cover)}", "top root causes that a skill can cure"))
    return tuple(found)


def _since(development: Development) -> str:
    """Return how the rate changed since the last report, in a clause; "" where there is none."""
    if development.since is None:
        return ""
    before, now = (_per_hundred(report) for report in development.reports[-2:])
    change = "as many" if before == now else f"{abs(now - before):.1f} per 100 {'more' if now > before else 'fewer'}"
    return f"; {change} {'as' if before == now else 'than'} on {_day(development.since)}"


def failures_by_day(triage: TriageResult) -> Markup | None:
    """Return the failures of each day of the window, drawn; None where no day is known."""
    if not (triage.start and triage.end):
        return None
    total: Counter[datetime.date] = Counter()
    for bucket in triage.buckets:
        total.update(bucket.by_day)
    return days_drawn(total, triage.start, triage.end)


def per_day(cause: Cause, triage: TriageResult) -> list[int]:
    """Return the failures of a cause on each day of the window; none where no day is known."""
    if not (cause.count and triage.start and triage.end):
        return []
    return [cause.count.by_day.get(day, 0) for day in _days(triage.start, triage.end)]


def days_drawn(by_day: Mapping[datetime.date, int], start: datetime.date, end: datetime.date) -> Markup:
    """Return a column for each day from `start` to `end`."""
    return columns([(str(day), by_day.get(day, 0)) for day in _days(start, end)], "Failures by day")


def _days(start: datetime.date, end: datetime.date) -> list[datetime.date]:
    return [start + datetime.timedelta(days=number) for number in range((end - start).days + 1)]


def trend(reports: Sequence[ReportFigures]) -> Markup:
    """Return the failures per hundred executions of each report, drawn; "" for fewer than two, which are no trend."""
    return trend_picture([(str(report.date), _per_hundred(report)) for report in reports], _PER)


def _per_hundred(report: ReportFigures) -> float:
    return round(100 * report.failures / report.executions, 1) if report.executions else 0.0


def _changed(development: Development, causes: Sequence[Cause], publish: Publish) -> dict[Movement, list[Moved]]:
    by_id = {cause.id: cause for cause in causes}

    def told(history: BucketHistory) -> Moved:
        return Moved(history, by_id.get(history.id), None if publish == "counts" else history.title)

    found = moved(tuple((development.by_bucket or {}).values()))
    return {movement: [told(item) for item in found[movement]] for movement in WORDS if movement in found}


def _unread(scan: ScanResult) -> list[tuple[str, int]]:
    """Return why records were not read, and how many for each reason; details of one record are left out."""
    reasons = Counter(skipped.reason.split(" (")[0].split(": ")[0] for skipped in scan.skipped)
    return sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%b %Y}"


def _rate(triage: TriageResult) -> str:
    return percent(triage.failures / triage.executions) if triage.executions else "none"


def explained(triage: TriageResult, top: int) -> str:
    """Return how much of all failures the top root causes explain, in a sentence."""
    causes = "This one explains" if top == 1 else f"These {top} explain"
    return f"{causes} {part_of(triage.failures - triage.other, triage.failures, 'failure')}."


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
