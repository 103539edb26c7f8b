"""Coverage as annotations of GitHub Actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..inert import one_line
from ..lint.output.annotation import annotation
from ..triage.output import numbers
from .output import excuse, state, verdict, way_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .result import BucketCoverage, Coverage


def as_github(coverage: Coverage, from_root: Callable[[str], str]) -> str:
    """Return what makes the gate fail as errors, what is excused as warnings, the verdict last.

    `from_root` turns a file into a path from the root of the repo.
    """
    items = (*coverage.failing, *coverage.excused)
    return "\n".join([*(_annotation(coverage, item, from_root) for item in items), verdict(coverage)])


def _annotation(coverage: Coverage, item: BucketCoverage, from_root: Callable[[str], str]) -> str:
    counts = coverage.counts(item)
    properties: dict[str, str | int] = {}
    if item.place:
        properties["file"] = from_root(item.place.file)
        properties["line"] = item.place.line or 1
    properties["title"] = f"{item.bucket.id} {'came back' if item.came_back else 'is not covered'}"
    return annotation("error" if counts else "warning", "\n".join(_message(coverage, item)), properties)


def _message(coverage: Coverage, item: BucketCoverage) -> Iterator[str]:
    yield f"{one_line(item.bucket.title, 110)} ({numbers(item.bucket)}): {state(item)}"
    if not coverage.counts(item):
        yield f"does not fail here: {excuse(coverage, item)}"
    if way := way_out(item):
        yield way
