"""OpenAI chat messages: a message a line, a `messages` array a line, or a document with such an array.

`tool_calls[].id` pairs with `tool_call_id`; the older `function_call` has no id, and some tools write none. Their calls
are answered by the messages of `role: function` or `tool` that come next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..event import Call, Result, SessionFacts, UserSaid
from ..mark import mark
from ..payload import plain_text
from ..unnamed import UnnamedCalls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record, Spot

NAME = "openai-chat"

_ROLES = frozenset({"system", "developer", "user", "assistant", "tool", "function"})


def recognise(head: Sequence[Record]) -> float:
    """Return 0.9 where all records are chats and a call or its result is among them, next to nothing for mere text."""
    chats = [list(_messages(record.value)) for record in head]
    messages = [message for chat in chats for _, message in chat]
    share = sum(bool(chat) for chat in chats) / len(head) if head else 0.0
    calls = any("tool_calls" in m or "function_call" in m or m.get("role") in ("tool", "function") for m in messages)
    return share * (0.9 if calls else 0.04)


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of a file of chats."""
    unnamed = UnnamedCalls()
    for record in records:
        outer = record.value if isinstance(record.value, dict) else {}
        several = "messages" in outer
        own = ""  # of a record with many messages, which is marked once
        for index, (pointer, message) in enumerate(_messages(record.value)):
            session = _first(message, "session_id", "conversation_id", "thread_id", "run_id") or _first(
                outer, "session_id", "conversation_id", "thread_id", "run_id", "id" if several else "session_id"
            )
            if session and several and index == 0:
                unnamed.begin(session, message)
            session = session or (own := own or _own_session(record, several=several))
            yield from _events(record.spot(pointer), message, session, _time(message) or _time(outer), unnamed)


def _own_session(record: Record, *, several: bool) -> str:
    """Return a name for a chat that fills a line of its own and has no id; other chats take the file's."""
    return f"#{record.line} {mark(record.value)}" if several and record.line is not None else ""


def _events(spot: Spot, message: dict[str, Any], session: str, time: Any, unnamed: UnnamedCalls) -> Iterator[Event]:
    role = message.get("role")
    if role == "user":
        yield UserSaid(spot, plain_text(message.get("content")), session=session, time=time)
    elif role == "assistant":
        model = message.get("model")
        yield SessionFacts(spot, session=session, model=model if isinstance(model, str) else None, time=time)
        for given, function in _calls(message):
            tool = str(function.get("name") or "unknown")
            call_id = given or unnamed.call(session, tool, spot, _time(message))
            yield Call(spot, call_id, tool, function.get("arguments"), session=session, time=time)
    elif role in ("tool", "function"):
        name = message.get("name")
        answered_by = name if isinstance(name, str) else None
        given = str(message.get("tool_call_id") or "")
        call_id = given or unnamed.answered(session, answered_by, _time(message))
        yield Result(spot, call_id, message.get("content"), tool=answered_by, session=session, time=time)


def _messages(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if not isinstance(value, dict):
        return
    if isinstance(value.get("messages"), list):
        for index, message in enumerate(value["messages"]):
            if isinstance(message, dict) and _is_message(message):
                yield f"/messages/{index}", message
    elif _is_message(value):
        yield "", value


def _is_message(value: dict[str, Any]) -> bool:
    return value.get("role") in _ROLES if isinstance(value.get("role"), str) else False


def _calls(message: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    calls = message.get("tool_calls")
    for call in calls if isinstance(calls, list) else ():
        function = call.get("function") if isinstance(call, dict) else None
        if isinstance(function, dict):
            yield str(call.get("id") or ""), function
    older = message.get("function_call")
    if isinstance(older, dict):
        yield "", older


def _first(value: dict[str, Any], *keys: str) -> str:
    return next((str(value[key]) for key in keys if isinstance(value.get(key), str | int) and value[key] != ""), "")


def _time(value: dict[str, Any]) -> Any:
    return next((value[key] for key in ("ts", "timestamp", "created_at", "created") if value.get(key)), None)
