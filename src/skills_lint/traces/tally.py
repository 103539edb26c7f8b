"""What was read of each format, counted."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .result import ScanResult, Session


@dataclass(frozen=True, slots=True)
class Tally:
    """How much was read of one format."""

    format: str
    files: int
    sessions: int
    tool_calls: int
    executions: int
    failures: int


def tally_by_format(result: ScanResult) -> tuple[Tally, ...]:
    """Return a tally for each format that was read, by its name."""
    sessions: dict[str, list[Session]] = defaultdict(list)
    for session in result.sessions:
        sessions[session.format].append(session)
    return tuple(_tally(name, sessions[name]) for name in sorted(sessions))


def _tally(name: str, sessions: list[Session]) -> Tally:
    return Tally(
        format=name,
        files=len({file for session in sessions for file in session.files}),
        sessions=len(sessions),
        tool_calls=sum(session.tool_calls for session in sessions),
        executions=sum(session.executions for session in sessions),
        failures=sum(session.failures for session in sessions),
    )
