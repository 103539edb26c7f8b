"""What the report says of each bucket over the reports: a table, and what came and went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..words import counted, percent
from .escape import code_in_markdown

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

    from .movement import BucketHistory, Movement, Point

_MOST_REPORTS = 6
_MOST_CAUSES = 20
_MOVES: tuple[Movement, ...] = ("new", "back", "gone", "growing", "falling")


def last_report(histories: Sequence[BucketHistory]) -> datetime.date | None:
    """Return the day of the report before the newest; None where there is none."""
    points = histories[0].points if histories else ()
    return points[-2].date if len(points) > 1 else None


def movement_of(id_: str, histories: Sequence[BucketHistory]) -> str | None:
    """Return where a bucket is going, with its failures in the last reports; None without an earlier report."""
    if not last_report(histories):
        return None
    found = next((history for history in histories if history.id == id_), None)
    if not found or found.hashed_otherwise:
        return None
    counts = ", ".join(f"{point.failures:,}" for point in found.points[-_MOST_REPORTS:])
    return f"{found.movement}; failures in the last {counted(len(found.points[-_MOST_REPORTS:]), 'report')}: {counts}"


def moved(histories: Sequence[BucketHistory]) -> dict[Movement, list[BucketHistory]]:
    """Return what came, came back or went since the last report, and what grows or falls; empty kinds are left out."""
    if not last_report(histories):
        return {}
    kinds = {kind: [h for h in histories if h.movement == kind and h.moved] for kind in _MOVES}
    return {kind: found for kind, found in kinds.items() if found}


def moved_line(histories: Sequence[BucketHistory]) -> str | None:
    """Return in one line of Markdown what moved since the last report; None without an earlier one."""
    since = last_report(histories)
    if not since:
        return None
    kinds = moved(histories)
    parts = [f"{kind}: {_some([code_in_markdown(item.id) for item in found])}" for kind, found in kinds.items()]
    told = "; ".join(parts) or "no cause came, went or moved by more than chance"
    return f"Since the last report, {since}: {told}.{_left_out(histories)}"


def _left_out(histories: Sequence[BucketHistory]) -> str:
    otherwise = sum(history.hashed_otherwise for history in histories)
    return f" Left out: {counted(otherwise, 'group')} that an earlier pipeline hashed otherwise." if otherwise else ""


def table(histories: Sequence[BucketHistory]) -> Iterator[str]:
    """Yield a table in Markdown: each bucket's failures in the last reports; nothing without an earlier report."""
    if not last_report(histories):
        return
    shown = [history for history in histories if any(point.failures for point in history.points[-_MOST_REPORTS:])]
    days = [str(point.date) for point in histories[0].points[-_MOST_REPORTS:]]
    yield f"| cause | movement | {' | '.join(days)} |"
    yield f"| --- | --- |{' --: |' * len(days)}"
    for history in shown[:_MOST_CAUSES]:
        cells = (_cell(point) for point in history.points[-_MOST_REPORTS:])
        movement = "" if history.hashed_otherwise else history.movement
        yield f"| {code_in_markdown(history.id)} | {movement} | {' | '.join(cells)} |"
    yield ""
    yield "Failures in the window of each report, and their share of its executions."
    if (more := len(shown) - _MOST_CAUSES) > 0:
        yield f"{counted(more, 'more cause')} not shown."
    if older := len(histories) - len(shown):
        yield f"{counted(older, 'cause')} gone before that."


def _cell(point: Point) -> str:
    share = f" ({percent(point.failures / point.executions)})" if point.failures and point.executions else ""
    return f"{point.failures:,}{share}"


def _some(items: Sequence[str], most: int = 5) -> str:
    more = len(items) - most
    return ", ".join(items[:most]) + (f" and {more} more" if more > 0 else "")
