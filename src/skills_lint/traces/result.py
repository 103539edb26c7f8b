"""What a scan returns: plain data, mergeable, redacted; see schemas/scan.schema.json for its JSON."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors.fault import Fault  # noqa: TC001  # a result that was kept is read by these types


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record or file that could not be read, and why."""

    file: str
    line: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class LoadedSkill:
    """A skill that the agent read, and where in the trace it did."""

    name: str
    line: int | None
    pointer: str | None


@dataclass(frozen=True, slots=True)
class Session:
    """One run of an agent; its executions may lie in several files."""

    id: str
    files: tuple[str, ...]
    format: str
    model: str | None
    start: str | None  # RFC 3339, UTC
    end: str | None
    executions: int
    failures: int
    offered: tuple[str, ...]  # names of skills
    loaded: tuple[LoadedSkill, ...]
    tool_calls: int = 0  # executions among them
    key: str = ""  # a hash of the id as the trace has it; `id` may be redacted, which another clone does otherwise


@dataclass(frozen=True, slots=True)
class Attempt:
    """An execution that the same session ran after a failure."""

    line: int | None
    pointer: str | None
    failed: bool
    code: str | None
    timestamp: str | None


@dataclass(frozen=True, slots=True)
class Failure:
    """One execution that failed, with its place in the traces and what surrounds it."""

    file: str
    line: int | None  # 1-based, of the record with the result, in a line-oriented file
    pointer: str | None  # RFC 6901, in a whole document, or within the record where it holds several executions
    format: str
    session: str
    timestamp: str | None  # RFC 3339, UTC
    tool: str
    fault: Fault
    user_request: str | None  # the nearest one before it
    next: tuple[Attempt, ...]  # up to the first success, at most ten
    session_key: str = ""  # its session's `key`


@dataclass(frozen=True, slots=True)
class ScanResult:
    """Everything that a scan found, in order of file and place."""

    files: int
    tool_calls: int
    executions: int
    other_failures: int  # failed calls of tools that do not run Python; counted, not analysed
    skipped: tuple[Skipped, ...]
    sessions: tuple[Session, ...]
    failures: tuple[Failure, ...]
