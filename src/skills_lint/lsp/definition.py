"""Where a bucket is declared, which pitfalls are about it, and where a skill is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..place import Span
from .mentions import Mention, in_buckets, in_skill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .view import View


@dataclass(frozen=True, slots=True)
class Target:
    """A stretch of a file to go to."""

    path: Path
    span: Span


def definitions(mention: Mention, view: View) -> tuple[Target, ...]:
    """Return what a name leads to: from a pitfall to its bucket, from a bucket to its pitfalls, and to a skill."""
    match mention.kind:
        case "pitfall":
            return tuple(_declarations(mention.name, view))
        case "bucket":
            return tuple(_pitfalls(mention.name, view))
        case "skill":
            top = Span(1, 1, 1, 1)
            named = (skill for skill in view.skills() if mention.name in (skill.name, skill.folder))
            return tuple(Target(skill.path, top) for skill in named)


def references(mention: Mention, view: View, *, declaration: bool) -> tuple[Target, ...]:
    """Return the pitfalls about the bucket with a name; of a skill, the buckets that list it."""
    if mention.kind == "skill":
        return tuple(_in_bucket_file("skill", mention.name, view))
    declared = _declarations(mention.name, view) if declaration else ()
    return (*declared, *_pitfalls(mention.name, view))


def _declarations(bucket: str, view: View) -> Iterator[Target]:
    return _in_bucket_file("bucket", bucket, view)


def _in_bucket_file(kind: str, name: str, view: View) -> Iterator[Target]:
    file = view.project.bucket_file
    for found in in_buckets(view.text(file)):
        if (found.kind, found.name) == (kind, name):
            yield Target(file, found.span)


def _pitfalls(bucket: str, view: View) -> Iterator[Target]:
    for path in view.project.found.files:
        text = view.text(path)
        if bucket in text:  # few skills have it, and parsing takes long
            yield from (Target(path, found.span) for found in in_skill(text) if found.name == bucket)
