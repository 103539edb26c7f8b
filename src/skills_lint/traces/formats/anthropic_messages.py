"""Anthropic messages: a list, `messages` in a document or a line, a message a line; requests with their responses.

`tool_use.id` pairs with `tool_result.tool_use_id`. What ran at Anthropic is answered in the same message, with streams
and status apart. Bedrock's Converse writes the same as `toolUse` and `toolResult`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..event import AgentSaid, Call, Result, SessionFacts, SkillsOffered, UserSaid
from ..mark import mark
from ..shared.about import About
from ..shared.continued import Continued
from ..shared.narrow import first_of, list_of, object_of, session_in, text_in, whole_of
from ..verdicts.payload import plain_text
from ..verdicts.skills import offered_skills

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record

NAME = "anthropic-messages"
ABOUT = About(
    title="Anthropic messages",
    files="a list of messages, `messages` in a document or a line, a message a line, requests with their responses",
    recognised="content blocks `tool_use`, `tool_result`, `server_tool_use`; Bedrock's `toolUse`, `toolResult`",
    versions="the API of 2023-06-01 with its server tools of 2025 and 2026",
    execution="`tool_use.id` ↔ `tool_result.tool_use_id`; `server_tool_use.id` ↔ `…_tool_result.tool_use_id`",
    failure="`is_error: true`, `return_code`, `status: error`, or what the text says; `is_error: false` is the default",
    request="`role: user` with text beside the results",
    skills="offered: `<available_skills>` in `system` or `tools`; read: a tool for skills, or opening a `SKILL.md`",
    source="real files; <https://docs.claude.com/en/api/messages>",
)

_ROLES = ("user", "assistant")
_AROUND = ("request", "response", "body", "params", "result", "output")  # hold messages, or one
_SESSIONS = ("session_id", "conversation_id", "thread_id", "run_id", "custom_id")
_TIMES = ("timestamp", "ts", "created_at", "time")
_CALLS = ("tool_use", "server_tool_use", "mcp_tool_use")
_RESULT = "tool_result"  # or something that ends like this
_TOO_LONG = "execution_time_exceeded"
_NOT_SAID = "<system-reminder>"
_DEPTH = 3


def recognise(head: Sequence[Record]) -> float:
    """Return 0.92 where all records hold messages and a call or its result is among them, little for mere text."""
    found = [list(_messages(record.value)) for record in head]
    share = sum(bool(messages) for messages in found) / len(head) if head else 0.0
    calls = any(_ids(message) for messages in found for _, message in messages)
    return share * (0.92 if calls else 0.03)


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of a file of messages."""
    continued = Continued()
    for record in records:
        messages = list(_messages(record.value))
        outer = record.value if messages else {}
        session, time = session_in(outer, *_SESSIONS), first_of(outer, *_TIMES)
        ids = [id_ for _, message in messages for id_ in _ids(message)]
        if not session and record.line is not None and messages and messages[0][0]:
            own = f"#{record.line} {mark([message for _, message in messages])}"
            session = continued.session("", ids, own)
        if names := tuple(name for text in _prompts(outer) for name in offered_skills(text)):
            yield SkillsOffered(record.spot(), names, session=session)
        for pointer, message in messages:
            yield from _events(record, pointer, message, session, first_of(message, *_TIMES) or time)


def _messages(value: Any, pointer: str = "", depth: int = 0) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the messages in a record, with their pointers."""
    if not isinstance(value, dict) or depth > _DEPTH:
        return
    if value.get("role") in _ROLES and "content" in value:
        yield pointer, value
        return
    for index, message in enumerate(list_of(value.get("messages"))):
        yield from _messages(message, f"{pointer}/messages/{index}", _DEPTH)
    for key in (*_AROUND, "message") if depth else _AROUND:
        yield from _messages(value.get(key), f"{pointer}/{key}", depth + 1)


def _prompts(value: dict[str, Any]) -> Iterator[str]:
    """Yield what a request tells the model beside the messages, in its system prompt and of its tools."""
    for holder in (value, *(object_of(value.get(key)) for key in _AROUND)):
        yield plain_text(holder.get("system"))
        yield from (text_in(object_of(tool), "description") for tool in list_of(holder.get("tools")))


def _blocks(message: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the content blocks of a message that call a tool or answer a call, with index, in Anthropic's words."""
    for index, block in enumerate(map(object_of, list_of(message.get("content")))):
        kind, use, answer = block.get("type"), block.get("toolUse"), block.get("toolResult")
        if isinstance(use, dict):
            yield index, {**use, "type": "tool_use", "id": use.get("toolUseId")}
        elif isinstance(answer, dict):
            failed = answer.get("status") == "error"
            yield index, {**answer, "type": _RESULT, "tool_use_id": answer.get("toolUseId"), "is_error": failed}
        elif isinstance(kind, str) and (kind in _CALLS or kind.endswith(_RESULT)):
            yield index, block


def _ids(message: dict[str, Any]) -> list[str]:
    return [str(block.get("id") or block.get("tool_use_id") or "") for _, block in _blocks(message)]


def _events(record: Record, pointer: str, message: dict[str, Any], session: str, time: Any) -> Iterator[Event]:
    blocks = list(_blocks(message))
    alone = not pointer and record.line is not None and sum(block["type"] not in _CALLS for _, block in blocks) == 1
    if message["role"] == "assistant":
        yield SessionFacts(record.spot(pointer), session, text_in(message, "model") or None, time)
        yield AgentSaid(record.spot(pointer), message.get("content"), session, time=time)
    elif text := _said(message.get("content")).strip():
        yield UserSaid(record.spot(pointer), text, session=session, time=time)
    for index, block in blocks:
        spot = record.spot(pointer if alone else f"{pointer}/content/{index}")
        if block["type"] in _CALLS:
            tool = str(block.get("name") or "unknown")
            yield Call(spot, str(block.get("id") or ""), tool, block.get("input"), session=session, time=time)
            continue
        told = _told(block)
        if told is not None:
            yield Result(spot, str(block.get("tool_use_id") or ""), session=session, time=time, **told)


def _told(block: dict[str, Any]) -> dict[str, Any] | None:
    """Return what a result tells, by the fields of the event; None where the provider did not run it."""
    content = block.get("content")
    if not isinstance(content, dict):
        return {"content": content, "ok": False if block.get("is_error") is True else None}
    if "error_code" in content:
        return {"content": content["error_code"], "ok": False} if content["error_code"] == _TOO_LONG else None
    return {
        "exit_code": whole_of(content.get("return_code")),
        "stdout": content.get("stdout"),
        "stderr": content.get("stderr"),
    }


def _said(content: Any) -> str:
    texts = (plain_text(part) for part in list_of(content) or [content] if "tool_use_id" not in object_of(part))
    return "\n".join(text for text in texts if text and not text.startswith(_NOT_SAID))
