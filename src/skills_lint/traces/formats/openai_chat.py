"""OpenAI chat messages: a message a line, a `messages` array a line, or a document with such an array.

Calls without ids, such as the older `function_call`, are answered by the messages that come next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Raw, Struct

from ..event import AgentSaid, Call, Result, SessionFacts, UserSaid
from ..mark import mark
from ..shared.about import About
from ..shared.narrow import text_of
from ..shared.unnamed import UnnamedCalls
from ..sources.fields import NOTHING, plain, plain_fields
from ..verdicts.payload import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record, Spot

NAME = "openai-chat"
ABOUT = About(
    title="OpenAI chat messages",
    files="a message a line, a `messages` array a line, or one document",
    recognised="`role` in all records, and a call or its result in one",
    versions="`tool_calls`, and the older `function_call` without ids",
    execution="`tool_calls[].id` ↔ `tool_call_id`; without ids, calls are answered in their order",
    failure="`success: false`, an `error`, or a status in words in the `content`, which may be JSON in a string",
    request="`role: user`",
    skills="read: a tool for skills, or opening a `SKILL.md`",
    source="real files; <https://platform.openai.com/docs/api-reference/chat>",
)

_ROLES = frozenset({"system", "developer", "user", "assistant", "tool", "function"})
Id = str | int | None
Time = str | int | float | None


class Function(Struct, gc=False):
    name: str | None = None
    arguments: Raw = NOTHING


class ToolCall(Struct, gc=False):
    id: Id = None
    function: Function | None = None


class Message(Struct, gc=False):
    role: str | None = None
    content: Raw = NOTHING
    name: str | None = None
    model: str | None = None
    tool_calls: list[ToolCall] | None = None
    tool_call_id: Id = None
    function_call: Function | None = None
    session_id: Id = None
    conversation_id: Id = None
    thread_id: Id = None
    run_id: Id = None
    ts: Time = None
    timestamp: Time = None
    created_at: Time = None
    created: Time = None


class Line(Message, gc=False):
    id: Id = None
    messages: list[Message] | None = None


RECORD = Line


def recognise(head: Sequence[Record]) -> float:
    """Return 0.9 where all records are chats and a call or its result is among them, next to nothing for mere text."""
    chats = [_chat(record.value) for record in head]
    messages = [message for chat in chats for message in chat]
    share = sum(bool(chat) for chat in chats) / len(head) if head else 0.0
    calls = any(
        m.keys() & {"tool_calls", "function_call"} or (m["role"] in ("tool", "function") and "content" in m)
        for m in messages
    )
    return share * (0.9 if calls else 0.04)


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of a file of chats."""
    unnamed = UnnamedCalls()
    for record in records:
        line: Line = record.value
        if line.messages is None:
            if line.role in _ROLES:
                yield from _events(record.spot(), line, _session(line), _time(line), unnamed)
            continue
        outer, own = _session(line) or text_of(line.id), ""
        for index, message in enumerate(line.messages):
            if message.role not in _ROLES:
                continue
            session = _session(message) or outer
            if session and index == 0:
                unnamed.begin(session, plain_fields(message))
            session = session or (own := own or _own_session(record))
            yield from _events(
                record.spot(f"/messages/{index}"), message, session, _time(message) or _time(line), unnamed
            )


def _own_session(record: Record) -> str:
    """Return a name for a chat that fills a line of its own and has no id; other chats take the file's."""
    return "" if record.line is None else f"#{record.line} {mark(list(map(plain_fields, record.value.messages)))}"


def _events(spot: Spot, message: Message, session: str, time: Time, unnamed: UnnamedCalls) -> Iterator[Event]:
    if message.role == "user":
        yield UserSaid(spot, plain_text(plain(message.content)), session=session, time=time)
    elif message.role == "assistant":
        yield SessionFacts(spot, session=session, model=message.model, time=time)
        yield AgentSaid(spot, message.content, session, time=time)
        for given, function in _calls(message):
            tool = function.name or "unknown"
            call_id = given or unnamed.call(session, tool, spot, _time(message))
            yield Call(spot, call_id, tool, function.arguments, session=session, time=time)
    elif message.role in ("tool", "function"):
        call_id = text_of(message.tool_call_id) or unnamed.answered(session, message.name, _time(message))
        yield Result(spot, call_id, message.content, tool=message.name, session=session, time=time)


def _chat(value: Any) -> list[dict[str, Any]]:
    """Return the messages in a record as plain JSON."""
    listed = value.get("messages") if isinstance(value, dict) else []
    messages = listed if isinstance(listed, list) else [value]
    return [m for m in messages if isinstance(m, dict) and isinstance(m.get("role"), str) and m["role"] in _ROLES]


def _calls(message: Message) -> list[tuple[str, Function]]:
    calls = [(text_of(call.id), call.function) for call in message.tool_calls or () if call.function is not None]
    return calls if message.function_call is None else [*calls, ("", message.function_call)]


def _session(message: Message) -> str:
    return text_of(message.session_id or message.conversation_id or message.thread_id or message.run_id)


def _time(message: Message) -> Time:
    return message.ts or message.timestamp or message.created_at or message.created
