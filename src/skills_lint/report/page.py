"""The report as Markdown, in the routine's form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..triage.details import with_details
from ..words import counted, part_of
from .escape import code_in_markdown, in_markdown, prose_in_markdown
from .figures import ReportFigures, SuiteRun, Validation, frontmatter, shown_title
from .inside import inside
from .over_time import moved_line, movement_of, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from ..coverage.result import BucketCoverage, Coverage
    from ..triage.result import TriageResult
    from .changes import Changes, CodeChange, SkillChange
    from .movement import BucketHistory

_MOST_PLACES = 3
_MOST_FILES = 5
_MOST_SUBJECTS = 4
_MOST_GROUPS = 15


@dataclass(frozen=True, slots=True)
class Report:
    """All that a report says."""

    root: Path  # of the repo; places are told from there
    figures: ReportFigures
    triage: TriageResult
    coverage: Coverage
    changes: Changes
    not_read: int | None = None  # records of the traces; None where the traces are not there
    histories: tuple[BucketHistory, ...] = ()  # over the reports, this one the newest


def report_page(report: Report) -> str:
    """Return the report as Markdown with its figures in the frontmatter."""
    return f"{frontmatter(report.figures)}\n{report_text(report)}"


def report_text(report: Report) -> str:
    """Return the report as Markdown for readers, without frontmatter."""
    figures = report.figures
    lines = [
        f"# Trace failure triage, {figures.date}",
        "",
        *_what_was_read(report),
        "",
        "## Root causes",
        "",
        *_root_causes(report),
        "## Code changes",
        "",
        *_code_changes(report.changes),
        "",
        "## Skills upgraded",
        "",
        *_skills_upgraded(report.changes),
        "",
        "## Validation",
        "",
        *_validation(figures),
    ]
    return "\n".join(lines) + "\n"


def _what_was_read(report: Report) -> Iterator[str]:
    figures, triage = report.figures, report.triage
    if figures.start and figures.end:
        yield f"Window: {figures.start} to {figures.end}."
    sources = []
    if triage.from_traces:
        sources.append(f"{counted(triage.from_traces, 'session')} known from {counted(figures.files, 'trace file')}")
    if triage.from_evidence:
        sources.append(f"{triage.from_evidence} from the evidence alone")
    yield f"Read: {', '.join(sources) or 'nothing'}; {figures.sessions} of them in the window."
    if report.not_read is not None:
        yield f"Not read: {counted(report.not_read, 'record')}."
    yield f"Failed: {part_of(figures.failures, figures.executions, 'Python execution')}."


def _root_causes(report: Report) -> Iterator[str]:
    top = [item for item in report.coverage.buckets if item.bucket.top]
    for number, item in enumerate(top, 1):
        yield from _root_cause(number, item, report)
        yield ""
    whole, other = report.triage.failures, report.triage.other
    if not top:
        yield f"None stands out among {counted(whole, 'failure')}."
    else:
        rest = f"; other causes explain {other}" if other else ""
        yield f"Together they explain {part_of(whole - other, whole, 'failure')}{rest}."
    yield ""
    if line := moved_line(report.histories):
        yield "### Over the reports"
        yield ""
        yield line
        yield ""
        yield from table(report.histories)
        yield ""


def _root_cause(number: int, item: BucketCoverage, report: Report) -> Iterator[str]:
    bucket, figures = item.bucket, report.figures
    texts_withheld = figures.publish == "counts"
    named_by_traces = texts_withheld and bucket.source == "discovered"
    yield f"### {number}. {in_markdown(shown_title(bucket, figures.publish))}"
    yield ""
    yield f"- Bucket: {code_in_markdown(bucket.id)}"
    if bucket.signature and not texts_withheld:
        yield f"- Signature: {code_in_markdown(bucket.signature)}"
    if bucket.cause and not named_by_traces:
        cause = with_details(bucket.cause, () if texts_withheld else bucket.details)
        yield f"- Cause: {prose_in_markdown(cause)}"
    if bucket.fix and not named_by_traces:
        yield f"- Fix: {prose_in_markdown(bucket.fix)}"
    count = part_of(bucket.count, figures.failures, "failure")
    yield f"- Count: {count}, in {bucket.sessions:,} of {counted(figures.sessions, 'session')}"
    if going := movement_of(bucket.id, report.histories):
        yield f"- Movement: {going}"
    if bucket.examples and not texts_withheld:
        yield f"- Places: {', '.join(code_in_markdown(place) for place in _places(item, report.root))}"
    yield f"- Covered by: {_covered_by(item)}"


def _places(item: BucketCoverage, root: Path) -> Iterator[str]:
    for example in item.bucket.examples[:_MOST_PLACES]:
        failure = example.failure
        file = inside(root, failure.file)
        place = file if failure.line is None else f"{file}:{failure.line}"
        yield f"{place}#{failure.pointer}" if failure.pointer else place


def _covered_by(item: BucketCoverage) -> str:
    skills = dict.fromkeys(pitfall.skill for pitfall in item.pitfalls)
    parts = [", ".join(code_in_markdown(skill) for skill in skills)] if skills else []
    if item.missing:
        parts.append("missing in " + ", ".join(code_in_markdown(skill) for skill in item.missing))
    if not parts:
        parts.append(
            "no skill" if item.bucket.remedy == "skill" else f"cured in the {item.bucket.remedy}, not by a skill"
        )
    if item.obstacle:
        parts.append(f"first: {prose_in_markdown(item.obstacle)}")
    if item.command:
        parts.append(f"run {code_in_markdown(item.command)}")
    if item.came_back:
        parts.append("it was fixed and came back")
    return "; ".join(parts)


def _code_changes(changes: Changes) -> Iterator[str]:
    if changes.unknown:
        yield _unknown(changes)
        return
    if not changes.code:
        yield f"None since the last report, {changes.since}."
    for change in changes.code[:_MOST_GROUPS]:
        files = _some([code_in_markdown(file) for file in change.files], _MOST_FILES, ", ")
        what = _some([in_markdown(subject) for subject in change.what], _MOST_SUBJECTS, "; ")
        yield f"- {files}: {what}{_for(change)}"
    if more := sum(len(change.files) for change in changes.code[_MOST_GROUPS:]):
        yield f"- and {counted(more, 'more file')}"


def _skills_upgraded(changes: Changes) -> Iterator[str]:
    if changes.unknown:
        yield _unknown(changes)
        return
    if not changes.skills:
        yield f"None since the last report, {changes.since}."
    for change in changes.skills:
        what = _some([prose_in_markdown(each) for each in change.what], _MOST_SUBJECTS, "; ")
        yield f"- {code_in_markdown(change.skill)}: {what}{_for(change)}"


def _for(change: CodeChange | SkillChange) -> str:
    """Return which buckets a change is for; nothing where it names them itself, or is for none."""
    named = [bucket for bucket in change.buckets if not any(f"`{bucket}`" in what for what in change.what)]
    return f" (for {_some([code_in_markdown(bucket) for bucket in named], _MOST_SUBJECTS, ', ')})" if named else ""


def _unknown(changes: Changes) -> str:
    return f"Not known: {in_markdown(changes.unknown or '')}."


def _validation(figures: ReportFigures) -> Iterator[str]:
    if figures.validation is None and figures.tests is None:
        yield "Not run."
    if figures.validation:
        yield _run(figures.validation)
    if figures.validation and figures.tests:
        yield ""
    if figures.tests:
        yield f"{code_in_markdown(figures.tests.file)}: {tests_in_words(figures.tests)}"


def tests_in_words(tests: SuiteRun) -> str:
    """Return what tests came to: `120 tests, 2 failed, 0 errors, 3 skipped`."""
    errors = counted(tests.errors, "error")
    return f"{counted(tests.tests, 'test')}, {tests.failures:,} failed, {errors}, {tests.skipped:,} skipped"


def _run(validation: Validation) -> str:
    last = f"its last line: {code_in_markdown(validation.last_line)}" if validation.last_line else "it printed nothing"
    return f"{code_in_markdown(validation.command)} ended with exit status {validation.exit_status}; {last}"


def _some(items: Sequence[str], most: int, separator: str) -> str:
    shown: Iterable[str] = items[:most]
    more = len(items) - most
    return separator.join(shown) + (f" and {more} more" if more > 0 else "")
