"""What is still open: what a round of the routine has to do, a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..coverage.output import state, way_out
from .over_time import last_report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..coverage.result import BucketCoverage, Coverage
    from .figures import ReportFigures
    from .movement import BucketHistory


def still_open(
    coverage: Coverage, histories: Sequence[BucketHistory], last: ReportFigures | None = None
) -> Iterator[str]:
    """Yield what the gate fails for, what no skill cures, what rises, and what failed in the `last` report."""
    told = set()
    for item in coverage.buckets:
        if line := _open(item):
            told.add(item.bucket.id)
            yield line
    if since := last_report(histories):
        for history in histories:
            if history.id not in told and history.moved and history.movement in ("new", "back", "growing"):
                yield f"`{history.id}` is {history.movement} since the last report, {since}"
    yield from _failed(last) if last else ()


def _open(item: BucketCoverage) -> str | None:
    bucket, way = item.bucket, way_out(item)
    if item.failing:
        return f"`{bucket.id}` {state(item)}{f'; {way}' if way else ''}"
    if bucket.top and bucket.remedy != "skill" and not item.fixed:
        return f"`{bucket.id}` is cured in the {bucket.remedy}, not by a skill; once it is, set `fixed` in its bucket"
    return None


def _failed(last: ReportFigures) -> Iterator[str]:
    run, tests = last.validation, last.tests
    if run and run.exit_status:
        yield f"validation of {last.date}: `{run.command}` ended with exit status {run.exit_status}"
    if tests and (failed := tests.failures + tests.errors):
        yield f"validation of {last.date}: {failed} of {tests.tests} tests failed, says {tests.file}"
