"""Tool events: one JSON object a line, `event: tool_start` and `tool_end`, with `message` records between.

Calls have no ids, as a rule; a result belongs to the earliest open call of its tool in its `run_id`. Messages may tell
the same calls again in LangChain's form, as `AIMessage` and `ToolMessage`.
"""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, Any

from msgspec import Raw, Struct

from ..event import Call, Record, Result
from ..shared.about import About
from ..shared.langchain import message_events
from ..shared.unnamed import UnnamedCalls
from ..sources.fields import NOTHING, is_given, plain, plain_fields
from ..verdicts.payload import read_payload

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event

NAME = "tool-events"
ABOUT = About(
    title="Tool events",
    files="one JSON object a line, from loggers of one's own",
    recognised="`event: tool_start`, `tool_end` or `tool_error`",
    versions="",
    execution="start and end of a tool in a `run_id`, by id, else in their order",
    failure="`success: false`, an `error` or an `exit_code` in the result or beside it",
    request="`message_type: HumanMessage`",
    skills="read: a tool for skills, or opening a `SKILL.md`",
    source="real files",
)
ECHOES = True

_ENDS = ("tool_end", "tool_error")
Id = str | int | None


class Line(Struct, gc=False):
    """An event; or a message, of which all fields are left raw that events do not have."""

    event: str | None = None
    run_id: Id = None
    ts: str | int | float | None = None
    tool: str | None = None
    tool_name: str | None = None
    name: str | None = None
    id: Id | list[str] = None
    call_id: Id = None
    tool_call_id: Id = None
    args: Raw = NOTHING
    arguments: Raw = NOTHING
    input: Raw = NOTHING
    result: Raw = NOTHING
    output: Raw = NOTHING
    content: Raw = NOTHING
    error: Raw = NOTHING
    success: Raw = NOTHING
    is_error: Raw = NOTHING
    exit_code: Raw = NOTHING
    session_id: Id = None
    thread_id: Id = None
    conversation_id: Id = None
    timestamp: str | int | float | None = None
    message_type: str | None = None
    role: str | None = None
    messages: Raw = NOTHING
    type: str | None = None
    data: Raw = NOTHING
    kwargs: Raw = NOTHING
    tool_calls: Raw = NOTHING
    status: Raw = NOTHING
    response_metadata: Raw = NOTHING


RECORD = Line


def recognise(head: Sequence[Record]) -> float:
    """Return 1 where tools start or end."""
    kinds = (record.value.get("event") for record in head if isinstance(record.value, dict))
    return 1.0 if any(isinstance(kind, str) and kind in ("tool_start", *_ENDS) for kind in kinds) else 0.0


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of a file of tool events."""
    opened: dict[tuple[str, str], deque[str]] = defaultdict(deque)
    counts: dict[str, int] = defaultdict(int)
    unnamed = UnnamedCalls()
    for record in records:
        line: Line = record.value
        if line.event == "tool_start" or line.event in _ENDS:
            session, tool = str(line.run_id or ""), line.tool or line.tool_name or line.name or "unknown"
            if line.event == "tool_start":
                call_id = _minted(line, tool, counts)
                opened[session, tool].append(call_id)
                arguments = _first(line.args, line.arguments, line.input)
                yield Call(record.spot(), call_id, tool, arguments, session=session, time=line.ts)
            else:
                call_id = _answered(line, opened[session, tool]) or _minted(line, tool, counts)
                yield Result(record.spot(), call_id, _told(line), tool=tool, session=session, time=line.ts)
        else:
            yield from message_events(Record(plain_fields(line), record.line, record.pointer), unnamed, echo=True)


def _answered(line: Line, opened: deque[str]) -> str | None:
    """Return the open call that a result belongs to: the one with its id, or the earliest."""
    if (given := _given_id(line)) in opened:
        opened.remove(given)
        return given
    return opened.popleft() if opened else None


def _minted(line: Line, tool: str, counts: dict[str, int]) -> str:
    """Return an id for a call that has none: the same in a copy of the file, another in the file's continuation."""
    if given := _given_id(line):
        return given
    name = f"{line.run_id} {tool} {line.ts}"
    counts[name] += 1
    return f"{name} {counts[name]}"


def _given_id(line: Line) -> str:
    return str(line.id or line.call_id or line.tool_call_id or "")


def _told(line: Line) -> Any:
    """Return what a tool returned, with what the event says of it beside the result."""
    content = _first(line.result, line.output, line.content)
    if line.error is line.success is line.is_error is line.exit_code is NOTHING:
        return content
    beside = {"error": line.error, "success": line.success, "is_error": line.is_error, "exit_code": line.exit_code}
    told = {key: plain(value) for key, value in beside.items() if is_given(value)}
    if not told or read_payload(told).ok is not False:
        return content  # a good status there may be a blanket one
    content = plain(content)
    return {**content, **told} if isinstance(content, dict) else {"output": content, **told}


def _first(*values: Raw) -> Any:
    for value in values:
        if value is not NOTHING and is_given(value):
            return value
    return None
