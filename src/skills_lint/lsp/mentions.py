"""Where a file names buckets and skills."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..skills.parse import pitfalls_in
from ..yamlmarks import YAML_ERRORS, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ..place import Span
    from .view import View


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at a place: of a bucket in a pitfall, of a bucket where it is declared, of a skill that a bucket lists."""

    kind: Literal["pitfall", "bucket", "skill"]
    name: str
    span: Span


def mention_at(view: View, path: Path, line: int, column: int) -> Mention | None:
    """Return the name that stands at a place of a file, or ends there; None where there is none."""
    return next((found for found in mentions(view, path) if _covers(found.span, line, column)), None)


def mentions(view: View, path: Path) -> Iterator[Mention]:
    """Yield the names in a file; in one that is neither a skill nor the bucket file there are none."""
    if view.is_bucket_file(path):
        yield from in_buckets(view.text(path))
    elif view.owner(path) == path:
        yield from in_skill(view.text(path))


def in_skill(text: str) -> Iterator[Mention]:
    """Yield the bucket ids of the pitfalls in the text of a skill."""
    for item in pitfalls_in(text):
        if item.id is not None:
            yield Mention("pitfall", item.id, item.span)


def in_buckets(text: str) -> Iterator[Mention]:
    """Yield the names in the text of a bucket file; none while it is no YAML."""
    try:
        file = read_yaml(text)
    except YAML_ERRORS:
        return
    for path, span in file.marks.values.items():
        match path:
            case ("buckets", int(), "id"):
                kind: Literal["bucket", "skill"] = "bucket"
            case ("buckets", int(), "skills", int()):
                kind = "skill"
            case _:
                continue
        name = _value(file.value, path)
        if isinstance(name, str):
            yield Mention(kind, name, span)


def _value(value: object, path: tuple[str | int, ...]) -> object:
    for step in path:
        value = value[step]  # type: ignore[index]  # the path is one of this very value
    return value


def _covers(span: Span, line: int, column: int) -> bool:
    return (span.line, span.column) <= (line, column) <= (span.end_line, span.end_column)
