"""What a part of a trace holds, brought together: calls paired with their results, judged, and tied to sessions.

A digest is small and holds no record. It can be carried from process to process, kept, and merged with those of other
files, or of other parts of one file.
"""

from __future__ import annotations

from typing import TypeAlias, TypeVar

from msgspec import Struct, field

from ...errors.fault import Fault
from ..event import Call, Result, Spot
from ..result import Skipped
from ..sources.fields import plain

Told = TypeVar("Told", Call, Result)

Thread: TypeAlias = tuple[str, str]  # session and the agent in it
Anchor: TypeAlias = tuple[int, int]  # how many lines are above, and the byte at which the next begins
Time: TypeAlias = str | int | float | None  # as the format has it


class Failed(Struct, array_like=True, gc=False):
    """What is kept of a failed execution."""

    fault: Fault
    tool: str
    request: str | None  # what the user had asked for


class Step(Struct, array_like=True, gc=False):
    """A tool call with its verdict; where it has a result, at the place of the result."""

    thread: int  # index into the digest's threads
    id: str  # the same for the same call, wherever it is told
    line: int | None
    pointer: str | None
    time: Time
    asked: int | None = None  # the line of the call
    checksum: int = 0  # of its arguments, as they are spelled
    python: bool = False
    failed: bool = False
    echo: bool = False
    same: int = 0  # shared by a call and its echo under another id, where the format has such; of its code or tool
    code: str | None = None  # of an execution, if it is kept
    kept: bool = False  # `code` is what the trace has; it is kept of failures and of what may follow one
    failure: Failed | None = None  # of an execution that failed


class Facts(Struct, gc=False):
    """What a part of a trace says of one session."""

    model: str | None = None
    start: str | None = None  # RFC 3339, UTC
    end: str | None = None
    offered: list[str] = field(default_factory=list)
    loaded: list[tuple[str, int | None, str | None]] = field(default_factory=list)  # name, line, pointer


class Waiting(Struct, array_like=True, gc=False):
    """A call without a result yet, or a result without a call, and the request before it."""

    call: Call | None
    result: Result | None
    request: str | None
    checksum: int = 0  # of the call's arguments


class Digest(Struct, gc=False):
    """What one file holds, or one range of a large file. Lines count from the start of the range."""

    file: str
    format: str
    lines: int  # how many the part has; 0 in a whole document
    echoes: bool  # calls may be told twice, under other ids
    threads: list[Thread]
    steps: list[Step]  # in the order of their results
    waiting: list[Waiting]  # calls without a result
    orphans: list[Waiting]  # results without a call
    facts: dict[str, Facts]  # by session
    names: dict[str, str]  # of sessions without an id, as they are shown
    requests: list[tuple[Thread, str]]  # the last one of each thread
    skipped: list[Skipped]
    anchors: list[Anchor]  # places in the file from which lines can be counted, beside its start

    def moved(self, lines: int) -> None:
        """Count lines from the start of the file, which is that many lines above."""
        for step in self.steps:
            if step.line is not None:
                step.line += lines
            if step.asked is not None:
                step.asked += lines
        self.anchors = [(above + lines, at) for above, at in self.anchors]
        for facts in self.facts.values():
            facts.loaded = [(name, None if at is None else at + lines, pointer) for name, at, pointer in facts.loaded]
        self.skipped = [Skipped(s.file, None if s.line is None else s.line + lines, s.reason) for s in self.skipped]
        for told in (each for entry in (*self.waiting, *self.orphans) for each in (entry.call, entry.result)):
            if told is not None and told.spot.line is not None:
                told.spot = Spot(told.spot.line + lines, told.spot.pointer)


class Answer(Struct, array_like=True):
    """What came of a part: a digest, or why it is passed over."""

    digest: Digest | None
    skipped: list[Skipped]


def detached(told: Told) -> Told:
    """Return a call or a result with its payloads as plain JSON, so that it can be carried and kept."""
    for name in ("arguments",) if isinstance(told, Call) else ("content", "stdout", "stderr"):
        setattr(told, name, plain(getattr(told, name)))
    return told
