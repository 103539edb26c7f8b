"""A report in a few lines of Markdown, as for the summary of a CI job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..words import counted, part_of
from .escape import code_in_markdown, in_markdown
from .figures import shown_title
from .over_time import last_report, moved_line
from .page import tests_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..coverage.result import BucketCoverage
    from .page import Report


def report_summary(report: Report) -> str:
    """Return the verdict of the gate, the top causes, what moved and what was done, each in a line or a row."""
    return "\n".join([f"## Trace failure triage, {report.figures.date}", "", *_lines(report)]) + "\n"


def _lines(report: Report) -> Iterator[str]:
    figures, coverage = report.figures, report.coverage
    failing = ", ".join(code_in_markdown(item.bucket.id) for item in coverage.failing)
    yield f"**The gate {'passes' if coverage.covered else f'fails: {failing}'}.**"
    yield f"{part_of(figures.failures, figures.executions, 'Python execution')} failed in {_where(report)}."
    yield ""
    if any(item.bucket.top for item in coverage.buckets):
        yield from _table(report)
        yield ""
    if line := moved_line(report.histories):
        yield line
        yield ""
    yield from _done(report)


def _where(report: Report) -> str:
    figures = report.figures
    days = f", {figures.start} to {figures.end}" if figures.start and figures.end else ""
    return f"{counted(figures.sessions, 'session')}{days}"


def _table(report: Report) -> Iterator[str]:
    known = report.histories if last_report(report.histories) else ()
    movements = {history.id: history.movement for history in known if not history.hashed_otherwise}
    yield "| cause | failures | sessions | movement | covered by |"
    yield "| --- | --: | --: | --- | --- |"
    for item in report.coverage.buckets:
        bucket = item.bucket
        if bucket.top or item.came_back:
            title = f"{in_markdown(shown_title(bucket, report.figures.publish))} ({code_in_markdown(bucket.id)})"
            moves = movements.get(bucket.id, "")
            yield f"| {title} | {bucket.count:,} | {bucket.sessions:,} | {moves} | {_covered(item)} |"


def _covered(item: BucketCoverage) -> str:
    if item.came_back:
        return "it was fixed and came back"
    if item.bucket.remedy != "skill":
        return f"cured in the {item.bucket.remedy}"
    if item.covered:
        return ", ".join(code_in_markdown(skill) for skill in item.skills)
    return f"nobody: {code_in_markdown(item.command)}" if item.command else "nobody"


def _done(report: Report) -> Iterator[str]:
    changes, figures = report.changes, report.figures
    if not changes.unknown:
        skills = ", ".join(code_in_markdown(change.skill) for change in changes.skills)
        yield f"- Skills upgraded since {changes.since}: {skills or 'none'}"
        files = sum(len(change.files) for change in changes.code)
        yield f"- Files of code changed: {files:,}"
    if figures.validation:
        yield f"- {code_in_markdown(figures.validation.command)} ended with {figures.validation.exit_status}"
    if figures.tests:
        yield f"- {code_in_markdown(figures.tests.file)}: {tests_in_words(figures.tests)}"
