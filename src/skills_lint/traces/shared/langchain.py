"""LangChain messages wherever they stand: alone, or among other records.

Read as log records (`message_type`), as `message_to_dict` writes them (`type` and `data`), and as LangChain serialises
objects (`lc`, `id`, `kwargs`).
"""

from __future__ import annotations

import ast
import re
import warnings
from typing import TYPE_CHECKING, Any

from ..event import AgentSaid, Call, Result, SessionFacts, UserSaid
from ..verdicts.payload import plain_text, unspelled
from .narrow import object_of, text_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..event import Event, Record
    from .unnamed import UnnamedCalls

_KINDS = {
    "human": "human", "humanmessage": "human", "humanmessagechunk": "human",
    "ai": "ai", "aimessage": "ai", "aimessagechunk": "ai",
    "tool": "tool", "toolmessage": "tool", "toolmessagechunk": "tool",
    "system": "system", "systemmessage": "system",
}  # fmt: skip

_REPR = re.compile(r"""content=('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")(?= \w+=)""", re.DOTALL)


def message_events(record: Record, unnamed: UnnamedCalls, *, echo: bool) -> Iterator[Event]:
    """Yield the events of the messages in one record; `echo` where other records tell the calls as well."""
    outer = record.value if isinstance(record.value, dict) else {}
    session = str(
        outer.get("run_id") or outer.get("session_id") or outer.get("thread_id") or outer.get("conversation_id") or ""
    )
    for index, (pointer, kind, message) in enumerate(messages_in(record.value)):
        if session and pointer and index == 0:
            unnamed.begin(session, message)
        spot = record.spot(pointer)
        time = outer.get("ts", outer.get("timestamp", message.get("timestamp")))
        if kind == "human":
            yield UserSaid(spot, plain_text(message.get("content")), session=session, time=time)
        elif kind == "ai":
            model = text_in(object_of(message.get("response_metadata")), "model_name") or None
            yield SessionFacts(spot, session=session, model=model, time=time)
            yield AgentSaid(spot, message.get("content"), session, time=time)
            for call in _calls(message):
                tool = str(call.get("name") or "unknown")
                call_id = str(call.get("id") or "") or unnamed.call(session, tool, spot, message.get("timestamp"))
                yield Call(spot, call_id, tool, call.get("args"), session=session, time=time, echo=echo)
        elif kind == "tool":
            answered_by, ok = _text(message.get("name")), False if message.get("status") == "error" else None
            given = str(message.get("tool_call_id") or "")
            call_id = given or unnamed.answered(session, answered_by, message.get("timestamp"))
            yield Result(
                spot, call_id, message.get("content"), ok=ok, tool=answered_by, session=session, time=time, echo=echo
            )


def unwrapped_answer(value: Any) -> tuple[Any, bool | None]:
    """Return what a tool returned, out of the message that LangChain wraps around it, and False where that says so.

    A good status is left out: it is the default, and says nothing of what the tool ran.
    """
    message = next((fields for _, kind, fields in messages_in(unspelled(value)) if kind == "tool"), None)
    if message is not None:
        return message.get("content"), False if message.get("status") == "error" else None
    found = _REPR.match(value) if isinstance(value, str) else None
    text = _literal(found[1]) if found is not None else None
    if found is None or text is None:
        return value, None
    return text, False if " status='error'" in value[found.end() :] else None


def _literal(text: str) -> str | None:
    """Return the text that a literal of Python spells."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return str(ast.literal_eval(text))
    except (ValueError, SyntaxError, MemoryError):
        return None


def messages_in(value: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield pointer, kind and fields of each message in a record."""
    if isinstance(value, dict) and isinstance(value.get("messages"), list):
        for index, item in enumerate(value["messages"]):
            for _, kind, message in messages_in(item) if isinstance(item, dict) and "messages" not in item else ():
                yield f"/messages/{index}", kind, message
        return
    if not isinstance(value, dict):
        return
    fields: dict[str, Any] = value
    name: Any = value.get("message_type")
    if isinstance(value.get("kwargs"), dict) and isinstance(value.get("id"), list) and value["id"]:
        fields, name = value["kwargs"], value["id"][-1]
    elif isinstance(value.get("data"), dict) and "content" in value["data"]:
        fields, name = value["data"], value.get("type")
    elif name is None and "content" in value and "role" not in value:
        name = value.get("type")
    if isinstance(name, str) and name.lower() in _KINDS:
        yield "", _KINDS[name.lower()], fields


def _calls(message: dict[str, Any]) -> Iterator[dict[str, Any]]:
    calls = message.get("tool_calls")
    for call in calls if isinstance(calls, list) else ():
        if isinstance(call, dict):
            yield call


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
