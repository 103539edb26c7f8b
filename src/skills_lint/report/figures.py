"""The figures of a report, as they stand in its frontmatter."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    import datetime

    from ..config import Publish
    from ..coverage.result import Coverage
    from ..triage.result import BucketCount, TriageResult


@dataclass(frozen=True, slots=True)
class Validation:
    """The command that was run to see that all is well, and how it ended."""

    command: str
    exit_status: int  # negative: the number of the signal that ended it
    last_line: str  # of what it printed; redacted


@dataclass(frozen=True, slots=True)
class SuiteRun:
    """What a JUnit file tells of a run of tests; a test counts once, as the worst that it came to."""

    file: str  # from the root of the repo
    tests: int
    failures: int
    errors: int
    skipped: int


@dataclass(frozen=True, slots=True)
class BucketFigures:
    """A root cause with its numbers on the day of the report."""

    id: str
    title: str
    count: int  # failures
    sessions: int
    share: float  # of all failures in the window, 0 to 1
    covered: bool


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """Everything in a report that is a number; the history is made of these."""

    date: datetime.date
    start: datetime.date | None  # of the window
    end: datetime.date | None
    pipeline: int
    publish: Publish  # what the report may show of traces
    files: int  # of traces; 0 where only evidence was there
    sessions: int
    executions: int
    failures: int
    buckets: tuple[BucketFigures, ...]
    validation: Validation | None = None
    tests: SuiteRun | None = None
    file: str = ""  # the report's name, as in "2026-11-20.md"; "" before it is written


def figures_of(
    date: datetime.date,
    triage: TriageResult,
    coverage: Coverage,
    *,
    files: int,
    publish: Publish,
    validation: Validation | None = None,
    tests: SuiteRun | None = None,
) -> ReportFigures:
    """Return the figures of a triage result on `date`."""
    covered = {item.bucket.id for item in coverage.buckets if item.covered}
    return ReportFigures(
        date=date,
        start=triage.start,
        end=triage.end,
        pipeline=triage.pipeline,
        publish=publish,
        files=files,
        sessions=triage.sessions,
        executions=triage.executions,
        failures=triage.failures,
        buckets=tuple(
            BucketFigures(
                bucket.id,
                shown_title(bucket, publish),
                bucket.count,
                bucket.sessions,
                round(bucket.share, 4),
                bucket.id in covered,
            )
            for bucket in triage.buckets
        ),
        validation=validation,
        tests=tests,
    )


def shown_title(bucket: BucketCount, publish: Publish) -> str:
    """Return the bucket's title; with `counts`, a discovered bucket is called by its exception type and id.

    A discovered bucket is named by its failures' own text, which `counts` keeps back.
    """
    if bucket.source != "discovered" or publish != "counts":
        return bucket.title
    kinds = (example.failure.fault.type for example in bucket.examples)
    return f"{next(filter(None, kinds), 'Failures')} ({bucket.id})"


def fields_of(figures: ReportFigures) -> dict[str, Any]:
    """Return the figures as plain data, days as text; see schemas/report.schema.json."""
    return {
        "date": figures.date.isoformat(),
        "window": {"start": _day(figures.start), "end": _day(figures.end)},
        "pipeline": figures.pipeline,
        "publish": figures.publish,
        "files": figures.files,
        "sessions": figures.sessions,
        "executions": figures.executions,
        "failures": figures.failures,
        "buckets": [
            {
                "id": bucket.id,
                "title": bucket.title,
                "count": bucket.count,
                "sessions": bucket.sessions,
                "share": bucket.share,
                "covered": bucket.covered,
            }
            for bucket in figures.buckets
        ],
        "validation": asdict(figures.validation) if figures.validation else None,
        "tests": asdict(figures.tests) if figures.tests else None,
    }


def frontmatter(figures: ReportFigures) -> str:
    """Return the figures as the frontmatter of a Markdown file, fences included."""
    text = yaml.safe_dump(fields_of(figures), sort_keys=False, allow_unicode=True, width=10_000)
    return f"---\n{text}---\n"


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
