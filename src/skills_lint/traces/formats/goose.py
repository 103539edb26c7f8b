"""Goose sessions: messages whose content blocks are `toolRequest` and `toolResponse`, paired by `id`.

What a tool gave stands in `toolResult.value`: a list of blocks in older versions, and since then a result of MCP with
`isError`, to which the shell adds streams and exit code. A call that could not be made has `status: error`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..event import AgentSaid, Call, Result, SessionFacts, UserSaid
from ..shared.about import About
from ..shared.narrow import list_of, object_of, text_in, whole_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record

NAME = "goose"
ABOUT = About(
    title="Goose sessions",
    files="`goose session export --format json`; `goose run --output-format stream-json`; "
    "`~/.local/share/goose/sessions/*.jsonl` up to 1.9 (since then it is a database, which `export` reads)",
    recognised="content blocks `toolRequest`, `toolResponse`",
    versions="1.0 to 1.37",
    execution="`toolRequest.id` ↔ `toolResponse.id`",
    failure="`toolResult.status: error`, `isError: true`, `structuredContent.exit_code`, or what the text shows",
    request="`role: user` with text",
    skills="read: a tool for skills, or opening a `SKILL.md`",
    source="the specification: <https://github.com/block/goose/tree/main/crates/goose/src/conversation>",
)

_REQUEST, _RESPONSE = "toolRequest", "toolResponse"


def recognise(head: Sequence[Record]) -> float:
    """Return 1 where a tool is called or answers in one of the messages, else 0."""
    messages = (message for record in head for _, message in _messages(record.value))
    kinds = (block.get("type") for message in messages for _, block in _blocks(message))
    return float(any(kind in (_REQUEST, _RESPONSE) for kind in kinds))


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of sessions that are exported, or of the lines of one."""
    for record in records:
        document = object_of(record.value)
        messages = list(_messages(document))
        session = text_in(document, "id") if "conversation" in document else ""
        model = text_in(object_of(document.get("model_config")), "model_name") or None
        if messages:
            yield SessionFacts(record.spot(), session=session, model=model)
        for pointer, message in messages:
            yield from _events(record, pointer, message, session)


def _messages(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield pointer and fields of the messages in a record: a session, a message, or one that is streamed."""
    fields = object_of(value)
    if "role" in fields:
        yield "", fields
    elif "message" in fields:
        yield "/message", object_of(fields["message"])
    else:
        yield from ((f"/conversation/{at}", object_of(m)) for at, m in enumerate(list_of(fields.get("conversation"))))


def _blocks(message: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    return list(enumerate(map(object_of, list_of(message.get("content")))))


def _events(record: Record, pointer: str, message: dict[str, Any], session: str) -> Iterator[Event]:
    time, blocks = message.get("created"), _blocks(message)
    said = "\n".join(text_in(block, "text") for _, block in blocks if block.get("type") == "text")
    if said and message.get("role") == "user":
        yield UserSaid(record.spot(pointer), said, session=session, time=time)
    elif said and message.get("role") == "assistant":
        yield AgentSaid(record.spot(pointer), said, session, time=time)
    alone = record.line is not None and sum(block.get("type") == _RESPONSE for _, block in blocks) == 1
    for at, block in blocks:
        spot, call_id = record.spot("" if alone else f"{pointer}/content/{at}"), text_in(block, "id")
        if block.get("type") == _REQUEST:
            call = object_of(object_of(block.get("toolCall")).get("value"))
            if call:  # else it could not be read, and nothing was called
                tool = text_in(call, "name") or "unknown"
                yield Call(spot, call_id, tool, call.get("arguments"), session=session, time=time)
        elif block.get("type") == _RESPONSE:
            told = _told(object_of(block.get("toolResult")))
            yield Result(spot, call_id, session=session, time=time, **told)


def _told(result: dict[str, Any]) -> dict[str, Any]:
    """Return what a result tells, by the fields of the event."""
    value = result.get("value")
    if result.get("status") == "error":
        return {"content": result.get("error"), "ok": False}
    given = object_of(value)
    ran = object_of(given.get("structuredContent"))
    ok, exit_code = False if given.get("isError") is True else None, whole_of(ran.get("exit_code"))
    if exit_code is not None:
        return {"stdout": ran.get("stdout"), "stderr": ran.get("stderr"), "ok": ok, "exit_code": exit_code}
    return {"content": given.get("content", value), "ok": ok}
