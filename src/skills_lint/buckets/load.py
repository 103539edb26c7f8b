"""The bucket file, read and checked against its schema."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import yaml

from ..place import InputError, Place
from ..sentences import first_error, sentence
from ..shipped import load_schema
from ..yamlmarks import YAML_ERRORS, Marked, read_yaml, without_dates
from .bucket import Bucket, Instead, MatchRule
from .rules import problems

if TYPE_CHECKING:
    from pathlib import Path

    from ..place import Span

_WAY_OUT = (
    "a bucket has `id`, `title`, `match`, `cause`, `fix`, `hint`, "
    "and perhaps `instead`, `unless`, `skills`, `covered_since`, `remedy`, `fixed`"
)
_MADE = ("match", "instead", "skills", "covered_since", "fixed")  # keys whose values become something else


def load_buckets(path: Path, shown: str | None = None) -> tuple[Bucket, ...]:
    """Return the buckets that a file declares, in its order.

    `shown` is the path for messages. Raises InputError, with the line, for a file that breaks the schema
    (schemas/buckets.schema.json), a key or an id that is there twice, or a regular expression that is refused.
    """
    shown = shown or path.as_posix()
    return read_buckets(_text(path, shown), shown)


def read_buckets(text: str, shown: str) -> tuple[Bucket, ...]:
    """Return the buckets that the text of a bucket file declares; raises as `load_buckets` does."""
    file = _read(text, shown)
    _check(file, shown)
    buckets = tuple(_bucket(file, shown, index, entry) for index, entry in enumerate(file.value["buckets"] or ()))
    seen: dict[str, Bucket] = {}
    for bucket in buckets:
        if bucket.id in seen:
            first = seen[bucket.id].place
            message = f"bucket `{bucket.id}` is declared twice; first at {first}"
            raise InputError(message, place=bucket.place, way_out="give one of them another id, or join their rules")
        seen[bucket.id] = bucket
    return buckets


def _text(path: Path, shown: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"the bucket file cannot be read: {error.strerror}", place=Place(shown)) from error
    except UnicodeDecodeError as error:
        message = "the bucket file is not UTF-8 text"
        raise InputError(message, place=Place(shown, 1), way_out="save it as UTF-8") from error


def _read(text: str, shown: str) -> Marked:
    try:
        return read_yaml(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(shown, mark.line + 1, mark.column + 1) if mark else Place(shown)
        way_out = "quote texts that hold `: ` or ` #`, or that begin with a special character"
        message = f"the bucket file is not valid YAML: {error.problem}"
        raise InputError(message, place=place, way_out=way_out) from error
    except YAML_ERRORS as error:
        raise InputError(f"the bucket file is not valid YAML: {error}", place=Place(shown)) from error


def _check(file: Marked, shown: str) -> None:
    """Raise InputError at the first key that is there twice, and at the first place that breaks the schema."""
    if file.value is None:
        way_out = "begin it with a line `buckets:`, and put them below"
        raise InputError("the bucket file is empty", place=Place(shown, 1), way_out=way_out)
    for double in file.marks.duplicates:
        message = f"the key `{double.key}` is there twice; first on line {double.first.line}"
        raise InputError(message, place=_place(shown, double.span))
    broken = first_error(without_dates(file.value), load_schema("buckets"), "the bucket file", file.marks)
    if broken is not None:
        error, span = broken
        message, help_ = sentence(error)
        raise InputError(message, place=_place(shown, span), way_out=help_ or _WAY_OUT)


def _bucket(file: Marked, shown: str, index: int, entry: dict[str, Any]) -> Bucket:
    for number, rule in enumerate(entry["match"]):
        for problem in problems(rule):
            where = _mark(file, "buckets", index, "match", number, *problem.path)
            raise InputError(problem.message, place=_place(shown, where), way_out=problem.way_out)
    values = {key: value for key, value in entry.items() if key not in _MADE}
    return Bucket(
        **values,
        match=tuple(MatchRule(**rule) for rule in entry["match"]),
        instead=tuple(Instead(**pair) for pair in entry.get("instead", ())),
        skills=tuple(entry.get("skills", ())),
        covered_since=_day(entry, "covered_since", shown, _mark(file, "buckets", index, "covered_since")),
        fixed=_day(entry, "fixed", shown, _mark(file, "buckets", index, "fixed")),
        place=_place(shown, _mark(file, "buckets", index, "id")),
    )


def _day(entry: dict[str, Any], key: str, shown: str, span: Span) -> datetime.date | None:
    """Return a day, which YAML reads as one where it is not in quotes."""
    value = entry.get(key)
    try:
        return datetime.date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        raise InputError(f"`{key}` is no day of the calendar: {value}", place=_place(shown, span)) from None


def _mark(file: Marked, *path: str | int) -> Span:
    """Return where a value stands: its key, or, of an alias, the item that holds it."""
    marks = file.marks
    while path not in marks.keys and path not in marks.values and path:
        path = path[:-1]
    return marks.keys.get(path) or marks.values[path]


def _place(shown: str, span: Span) -> Place:
    return Place(shown, span.line, span.column)
