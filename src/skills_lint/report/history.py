"""The history: the reports that were written before, read back."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from ..place import InputError, Place, shown
from ..sentences import first_error, sentence
from ..shipped import load_schema
from ..skills.frontmatter import read_frontmatter
from ..yamlmarks import without_dates
from .figures import BucketFigures, ReportFigures, SuiteRun, Validation

if TYPE_CHECKING:
    from pathlib import Path


def report_files(folder: Path) -> tuple[Path, ...]:
    """Return the reports in `folder` by their day, the oldest first; other files are not reports."""
    if not folder.is_dir():
        return ()
    return tuple(sorted(path for path in folder.iterdir() if _is_report(path) and path.is_file()))


def _is_report(path: Path) -> bool:
    """Say whether a file is named after a day, as `2026-11-20.md` is; there is no 30th of February."""
    try:
        return path.suffix == ".md" and datetime.date.fromisoformat(path.stem).isoformat() == path.stem
    except ValueError:
        return False


def read_reports(folder: Path, before: datetime.date | None = None) -> tuple[ReportFigures, ...]:
    """Return the figures of the reports in `folder`, the oldest first.

    With `before`, those of earlier days only. Raises InputError for a report whose figures cannot be read.
    """
    files = (path for path in report_files(folder) if before is None or path.stem < before.isoformat())
    return tuple(_read(path, shown(path)) for path in files)


def _read(path: Path, file: str) -> ReportFigures:
    way_out = f"write it again with `skills-lint report --date {path.stem}`, or remove it"
    try:
        front = read_frontmatter(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"cannot read the report: {error.strerror}", place=Place(file)) from error
    except UnicodeDecodeError as error:
        raise InputError("the report is not UTF-8 text", place=Place(file), way_out=way_out) from error
    if front.error is not None:
        place = Place(file, front.error.line, front.error.column)
        raise InputError(f"the report's figures cannot be read: {front.error.message}", place=place, way_out=way_out)
    fields: Any = without_dates(front.values)
    broken = first_error(fields, load_schema("report"), "the frontmatter", front.marks)
    if broken is not None:
        against, span = broken
        message, _ = sentence(against)
        raise InputError(message, place=Place(file, span.line, span.column), way_out=way_out)
    try:
        return _figures(fields, path.name)
    except ValueError as error:  # "2026-02-30" has the form of a day
        message = f"the report's figures cannot be read: {error}"
        raise InputError(message, place=Place(file), way_out=way_out) from error


def _figures(fields: dict[str, Any], name: str) -> ReportFigures:
    validation, tests = fields["validation"], fields.get("tests")
    return ReportFigures(
        date=datetime.date.fromisoformat(fields["date"]),
        start=_day(fields["window"]["start"]),
        end=_day(fields["window"]["end"]),
        pipeline=fields["pipeline"],
        publish=fields["publish"],
        files=fields["files"],
        sessions=fields["sessions"],
        executions=fields["executions"],
        failures=fields["failures"],
        buckets=tuple(BucketFigures(**bucket) for bucket in fields["buckets"]),
        validation=Validation(**validation) if validation else None,
        tests=SuiteRun(**tests) if tests else None,
        file=name,
    )


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
