"""The pages of reports: the list of all, one that may not be shown whole, and the links from a report to the site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from .names import page_title
from .overview import trend
from .page import Links, Page, render

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from ..config import Publish
    from ..report.figures import BucketFigures, ReportFigures, Validation
    from .cause import Cause
    from .differences import Difference
    from .facts import Facts


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in the list."""

    file: str
    date: datetime.date
    start: datetime.date | None
    end: datetime.date | None
    sessions: int
    executions: int
    failures: int
    covered: int
    buckets: int
    validation: Validation | None
    difference: Difference | None  # to the report before


@dataclass(frozen=True, slots=True)
class BucketRow:
    """A root cause as a report counted it; `cause` is None where this site has no page for it."""

    figures: BucketFigures
    cause: Cause | None


def report_uri(report: ReportFigures) -> str:
    """Return the address of a report's page."""
    return f"reports/{report.file}"


def shows_too_much(report: ReportFigures, publish: Publish) -> bool:
    """Return whether the report's text holds more of the traces than the site may show."""
    return publish == "counts" and report.publish != "counts"  # a report shows examples at most


def reports_page(facts: Facts, differences: Mapping[str, Difference]) -> Page:
    """Return the list of all reports, the newest first."""
    title = "Reports"
    rows = [
        ReportRow(
            report.file,
            report.date,
            report.start,
            report.end,
            report.sessions,
            report.executions,
            report.failures,
            sum(bucket.covered for bucket in report.buckets),
            len(report.buckets),
            report.validation,
            differences.get(report.file),
        )
        for report in reversed(facts.reports)
    ]

    def body(links: Links) -> Markup:
        return render("reports.html", links, title=title, reports=rows, trend=trend(facts.reports))

    return Page("reports/index.md", page_title(title), body)


def figures_page(report: ReportFigures, causes: Sequence[Cause], difference: Difference | None) -> Page:
    """Return a report's figures without its text."""
    title = f"Trace failure triage, {report.date}"
    by_id = {cause.id: cause for cause in causes}
    rows = [BucketRow(bucket, by_id.get(bucket.id)) for bucket in report.buckets]

    def body(links: Links) -> Markup:
        return render(
            "report_figures.html", links, title=title, report=report, rows=rows, difference=difference, by_id=by_id
        )

    return Page(report_uri(report), page_title(str(report.date)), body, replaces=True)


def report_links(report: ReportFigures, causes: Sequence[Cause], difference: Difference | None, links: Links) -> Markup:
    """Return what stands below a report's text: links to the root causes that it counts, and what changed."""
    counted = {bucket.id for bucket in report.buckets}
    named = [cause for cause in causes if cause.id in counted and cause.source != "discovered"]
    if not named and difference is None:
        return Markup("")
    by_id = {cause.id: cause for cause in causes}
    return render("report_links.html", links, causes=named, difference=difference, by_id=by_id)
