"""The report as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from .figures import fields_of
from .over_time import last_report, moved

if TYPE_CHECKING:
    from .changes import Changes
    from .movement import BucketHistory
    from .page import Report


def as_json(report: Report, file: str) -> dict[str, Any]:
    """Return a report as schemas/report.schema.json has it; `file` is where it was written."""
    return {
        "version": 1,
        "file": file,
        **fields_of(report.figures),
        "history": _history(report.histories),
        "changes": _changes(report.changes),
    }


def _history(histories: tuple[BucketHistory, ...]) -> dict[str, Any]:
    since, kinds = last_report(histories), moved(histories)
    return {
        "since": since.isoformat() if since else None,
        **{kind: [item.id for item in kinds.get(kind, ())] for kind in ("new", "back", "gone")},
        "buckets": [
            {
                "id": history.id,
                "title": history.title,
                "movement": history.movement,
                "last": history.last.isoformat(),
                "points": [{**asdict(point), "date": point.date.isoformat()} for point in history.points],
            }
            for history in histories
            if not history.hashed_otherwise
        ],
    }


def _changes(changes: Changes) -> dict[str, Any]:
    return {
        "since": changes.since.isoformat() if changes.since else None,
        "unknown": changes.unknown,
        "code": [asdict(change) for change in changes.code],
        "skills": [asdict(change) for change in changes.skills],
    }
