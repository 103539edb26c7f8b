"""Events: what a format module makes of records, the same for all formats.

Payloads (arguments, what was returned, what the user said) may be left as the JSON text that they were; `plain` in
`fields.py` reads it.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from msgspec import Struct


class Spot(Struct, frozen=True, gc=False):
    """A place in a trace file: the line of a record, or a JSON pointer in a whole document, or both."""

    line: int | None
    pointer: str | None


class Record(Struct, frozen=True, gc=False):
    """One JSON value of a trace file: a line, an item of a document that is a list, or a whole document.

    Where the format declares the fields that it needs, the value is a `RECORD` of the format; else it is plain JSON.
    """

    value: Any
    line: int | None = None  # 1-based; None in a whole document
    pointer: str = ""  # RFC 6901, of `value` in a whole document

    def spot(self, below: str = "") -> Spot:
        """Return the place of what stands at the pointer `below` in this record."""
        if self.line is not None:
            return Spot(self.line, below or None)
        return Spot(None, self.pointer + below)


class UserSaid(Struct, frozen=True, gc=False):
    """The user (or the agent that started this one) asked for something."""

    spot: Spot
    text: str
    session: str = ""  # empty: the file is the session; `#LINE MARK`: this part of it is, known again by its mark
    thread: str = ""  # a subagent's id; empty for the session's own agent
    time: Any = None  # as the format has it: epoch seconds, ISO 8601, …


class AgentSaid(Struct, frozen=True, gc=False):
    """The agent said something beside its calls. Transcripts show it; a scan passes over it unread."""

    spot: Spot
    content: Any  # a text, or content blocks
    session: str = ""
    thread: str = ""
    time: Any = None


class Call(Struct, gc=False):
    """The agent called a tool."""

    spot: Spot
    id: str  # pairs it with its result, within the session
    tool: str
    arguments: Any
    session: str = ""
    thread: str = ""
    time: Any = None
    echo: bool = False  # a copy of what another record, perhaps in another file, tells


class Result(Struct, gc=False):
    """A tool answered a call.

    `content` is what the tool returned, in any shape; where the format itself tells status and streams apart, it says
    so in the other fields, and leaves `content` out. A stream is a text, or content blocks with text in them.
    """

    spot: Spot
    id: str
    content: Any = None
    ok: bool | None = None  # None where the format does not say
    exit_code: int | None = None
    error: tuple[str, str] | None = None  # type and message of a structured error
    stdout: Any = None
    stderr: Any = None
    tool: str | None = None  # where the result repeats it
    session: str = ""
    thread: str = ""
    time: Any = None
    echo: bool = False


class SkillsOffered(Struct, frozen=True, gc=False):
    """The agent was told of these skills."""

    spot: Spot
    names: tuple[str, ...]
    session: str = ""


class SkillLoaded(Struct, frozen=True, gc=False):
    """The agent was given the text of a skill without a call for it."""

    spot: Spot
    name: str
    session: str = ""


class SessionFacts(Struct, frozen=True, gc=False):
    """What a record says of its session."""

    spot: Spot
    session: str = ""
    model: str | None = None
    time: Any = None


Event: TypeAlias = UserSaid | AgentSaid | Call | Result | SkillsOffered | SkillLoaded | SessionFacts
