"""Messages of Vercel's AI SDK: those for the interface with `parts`, those for the model with blocks in `content`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..event import AgentSaid, Call, Result, SessionFacts, SkillsOffered, UserSaid
from ..shared.about import About
from ..shared.narrow import holds_items, items_in, list_of, object_of, own_session, session_in, text_of
from ..verdicts.payload import plain_text
from ..verdicts.skills import offered_skills
from ..verdicts.status import as_refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record, Spot

NAME = "vercel-ai"
ABOUT = About(
    title="Vercel AI SDK messages",
    files="chats with `messages` in a document or a line, a list of messages, or a message a line",
    recognised="`role` with `parts` that have a `type`, `toolInvocations`, or `tool-call` blocks with `toolCallId`",
    versions="AI SDK 3 to 6",
    execution="one part `tool-NAME`, `dynamic-tool` or `tool-invocation`; for the model `tool-call` ↔ `tool-result`",
    failure="`state: output-error`, `isError`, an output of type `error-…`, or what the output says",
    request="`role: user`",
    skills="offered: `<available_skills>` of the system; read: a tool for skills, or opening a `SKILL.md`",
    source="<https://ai-sdk.dev/docs/reference/ai-sdk-core/ui-message>",
)

_CHATS = ("id", "chatId", "chat_id", "sessionId", "session_id", "threadId", "thread_id", "conversationId")
_PLAIN = frozenset({"text", "reasoning", "step-start", "file", "source-url", "source-document", "source"})
_ANY = 0.01  # of a message that may be of any chat
_UNUSABLE = ("Invalid input for tool", "Model tried to call unavailable tool")  # of calls that never ran


def recognise(head: Sequence[Record]) -> float:
    """Return how sure the surest message makes it, times the share of records that are messages or chats."""
    sure = [
        max((_sureness(object_of(item)) for _, item in items_in(record, "messages")), default=0.0) for record in head
    ]
    best = max(sure, default=0.0)
    return best * sum(each > 0 for each in sure) / len(head) if best > _ANY else 0.0


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of chats."""
    for record in records:
        fields = object_of(record.value)
        chat = ""
        if holds_items(record, "messages"):
            chat = session_in(fields, *_CHATS) or own_session(record)
        for pointer, item in items_in(record, "messages"):
            message = object_of(item)
            session = chat or session_in(message, *_CHATS[1:]) or session_in(message.get("metadata"), *_CHATS[1:])
            yield from _message_events(record, pointer, message, session)


def _message_events(record: Record, pointer: str, message: dict[str, Any], session: str) -> Iterator[Event]:
    metadata = object_of(message.get("metadata"))
    given = (fields.get(key) for fields in (message, metadata) for key in ("createdAt", "created_at", "timestamp"))
    time = next((each for each in given if each), None)
    model = text_of(metadata.get("model")) or None
    yield SessionFacts(record.spot(pointer), session=session, model=model, time=time)
    if message.get("role") == "user":
        yield UserSaid(record.spot(pointer), _said(message), session=session, time=time)
        return
    if message.get("role") == "assistant":
        yield AgentSaid(record.spot(pointer), message.get("parts") or message.get("content"), session, time=time)
    if message.get("role") == "system":
        yield SkillsOffered(record.spot(pointer), offered_skills(_said(message)), session=session)
    for below, block in _blocks(message):
        yield from _block_events(record.spot(pointer + below), block, session, time)


def _said(message: dict[str, Any]) -> str:
    return plain_text(message.get("parts")) or plain_text(message.get("content"))


def _blocks(message: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield pointer and fields of a message's parts; where two lists tell of its tools, those of the newer one."""
    for key in ("parts", "content", "toolInvocations"):
        blocks = [(f"/{key}/{index}", object_of(block)) for index, block in enumerate(list_of(message.get(key)))]
        if key == "toolInvocations" or any(_is_tool(block) for _, block in blocks):
            yield from blocks
            return


def _block_events(spot: Spot, block: dict[str, Any], session: str, time: Any) -> Iterator[Event]:
    kind, told = text_of(block.get("type")), {**block, **object_of(block.get("toolInvocation"))}
    call_id, tool = text_of(told.get("toolCallId")), text_of(told.get("toolName")) or kind.removeprefix("tool-")
    if not call_id:
        return
    if kind not in ("tool-result", "tool-error"):
        arguments = next((told[key] for key in ("input", "args", "rawInput") if told.get(key) is not None), None)
        yield Call(spot, call_id, tool or "unknown", arguments, session=session, time=time)
    answer = _answer(told)
    if answer is not None:
        content, ok = answer
        yield Result(spot, call_id, content, ok=ok, tool=tool or None, session=session, time=time)


def _answer(told: dict[str, Any]) -> tuple[Any, bool | None] | None:
    """Return what a tool returned, and whether it is said to have failed; None where it has not answered."""
    state = text_of(told.get("state"))
    content = next((told[key] for key in ("errorText", "output", "result", "error") if told.get(key) is not None), None)
    value = object_of(content)
    typed = text_of(value.get("type"))
    if state == "output-denied" or typed == "execution-denied":
        return as_refused(text_of(object_of(told.get("approval")).get("reason"))), False
    if state in ("call", "partial-call", "input-streaming", "input-available") or (content is None and not state):
        return None
    if state.startswith("approval"):
        return None
    if typed in ("text", "json", "content", "error-text", "error-json") and "value" in value:
        content = value["value"]
    text = plain_text(content)
    if state == "output-error" and ("rawInput" in told or text.startswith(_UNUSABLE)):
        return as_refused(text), False
    failed = state == "output-error" or told.get("type") == "tool-error" or told.get("isError") is True
    return content, False if failed or typed.startswith("error-") else None


def _is_tool(block: dict[str, Any]) -> bool:
    kind = text_of(block.get("type"))
    return (kind.startswith("tool-") or kind == "dynamic-tool") and (
        "toolCallId" in block or isinstance(block.get("toolInvocation"), dict)
    )


def _sureness(message: dict[str, Any]) -> float:
    """Return 1 where a message calls a tool, next to nothing where it only may be of such a chat."""
    if "role" not in message:
        return 0.0
    invoked = [object_of(each) for each in list_of(message.get("toolInvocations"))]
    blocks = [object_of(each) for key in ("parts", "content") for each in list_of(message.get(key))]
    if any(map(_is_tool, blocks)) or any("toolCallId" in each for each in invoked):
        return 1.0
    parts = list_of(message.get("parts"))
    return 0.1 if parts and all(text_of(object_of(part).get("type")) in _PLAIN for part in parts) else _ANY
