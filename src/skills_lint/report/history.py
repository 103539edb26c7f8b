"""The history: the reports that were written before, read back."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any

import yaml

from ..place import InputError, Place
from ..shipped import load_schema
from ..yamlplaces import YamlFile
from .figures import BucketFigures, ReportFigures, Validation

if TYPE_CHECKING:
    from pathlib import Path

_NAME = re.compile(r"\d{4}-\d{2}-\d{2}\.md")
_FRONTMATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)


def report_files(folder: Path) -> tuple[Path, ...]:
    """Return the reports in `folder` by their day, the oldest first; other files are not reports."""
    if not folder.is_dir():
        return ()
    return tuple(sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name) and path.is_file()))


def read_reports(folder: Path) -> tuple[ReportFigures, ...]:
    """Return the figures of all reports in `folder`, the oldest first.

    Raises InputError for a report whose figures cannot be read.
    """
    return tuple(_read(path) for path in report_files(folder))


def _read(path: Path) -> ReportFigures:
    way_out = f"write it again with `skills-lint report --date {path.stem}`, or remove it"
    try:
        block = _FRONTMATTER.match(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"cannot read the report: {error.strerror}", place=Place(str(path))) from error
    except UnicodeDecodeError as error:
        raise InputError("the report is not UTF-8 text", place=Place(str(path)), way_out=way_out) from error
    if block is None:
        raise InputError("the report has no frontmatter with its figures", place=Place(str(path), 1), way_out=way_out)
    text = f"\n{block[1]}"  # with a line in place of the fence, lines count as in the file
    try:
        yaml_file = YamlFile(str(path), _with_days_as_text(yaml.safe_load(text)), yaml.compose(text, yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        place = Place(str(path), error.problem_mark.line + 1 if error.problem_mark else 1)
        raise InputError(f"the figures are not valid YAML: {error.problem}", place=place, way_out=way_out) from error
    _check(yaml_file, way_out)
    return _figures(yaml_file.value, path.name)


def _check(file: YamlFile, way_out: str) -> None:
    """Raise InputError at the first field that is against the schema."""
    import jsonschema

    validator = jsonschema.Draft202012Validator(load_schema("report"))
    error = next(iter(sorted(validator.iter_errors(file.value), key=lambda each: each.json_path)), None)
    if error is not None:
        where = error.json_path.removeprefix("$").removeprefix(".") or "the frontmatter"
        message = f"the figures are against the report schema: {where}: {error.message}"
        raise InputError(message, place=file.place(list(error.absolute_path)), way_out=way_out)


def _with_days_as_text(value: Any) -> Any:
    """Undo YAML's reading of `2026-11-20` as a day, so that the schema sees text either way."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _with_days_as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_days_as_text(item) for item in value]
    return value


def _figures(fields: dict[str, Any], name: str) -> ReportFigures:
    validation = fields["validation"]
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
        file=name,
    )


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
