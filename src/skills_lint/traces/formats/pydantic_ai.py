"""Pydantic AI messages: requests and responses, each with parts that are told apart by `part_kind`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..event import Call, Result, SessionFacts, SkillsOffered, UserSaid
from ..shared.about import About
from ..shared.narrow import holds_items, items_in, list_of, object_of, own_session, session_in, text_of
from ..shared.unnamed import UnnamedCalls
from ..verdicts.payload import plain_text
from ..verdicts.skills import offered_skills
from ..verdicts.status import as_refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record, Spot

NAME = "pydantic-ai"
ABOUT = About(
    title="Pydantic AI messages",
    files="what `all_messages_json()` returns, such a list in a document or a line, or a message a line",
    recognised="`kind: request` or `response`, with `part_kind` in its `parts`",
    versions="0.0 to 1.x",
    execution="`tool_call_id` of a `tool-call` and a `tool-return` or `retry-prompt`; of the provider's own tools too",
    failure="`retry-prompt`, `outcome: failed`, or what the `content` says; wrong arguments are no failed run",
    request="a `user-prompt` part",
    skills="offered: `<available_skills>` in instructions; read: a tool for skills, or opening a `SKILL.md`",
    source="<https://ai.pydantic.dev/api/messages/>",
)

_LISTS = ("messages", "message_history", "all_messages")
_SESSIONS = ("conversation_id", "session_id", "thread_id", "chat_id", "run_id")


def recognise(head: Sequence[Record]) -> float:
    """Return the share of records that are such messages, or hold a list of them."""
    ours = sum(any(_is_message(item) for _, item in items_in(record, *_LISTS)) for record in head)
    return ours / len(head) if head else 0.0


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of messages."""
    unnamed = UnnamedCalls()
    for record in records:
        fields = object_of(record.value)
        around, own = session_in(fields, *_SESSIONS), ""
        if holds_items(record, *_LISTS):
            own = own_session(record)
        for pointer, item in items_in(record, *_LISTS):
            message = object_of(item)
            session = around or session_in(message, *_SESSIONS) or own
            whole = record.spot(pointer)
            if instructions := text_of(message.get("instructions")):
                yield SkillsOffered(whole, offered_skills(instructions), session=session)
            if message.get("kind") == "response":
                model = text_of(message.get("model_name")) or None
                yield SessionFacts(whole, session=session, model=model, time=message.get("timestamp"))
            for index, part in enumerate(map(object_of, list_of(message.get("parts")))):
                timed = {"timestamp": message.get("timestamp"), **part}
                event = _event(record.spot(f"{pointer}/parts/{index}"), timed, session, unnamed, whole)
                if event is not None:
                    yield event


def _is_message(item: Any) -> bool:
    message = object_of(item)
    parts = list_of(message.get("parts"))
    return message.get("kind") in ("request", "response") and all("part_kind" in object_of(part) for part in parts)


def _event(spot: Spot, part: dict[str, Any], session: str, unnamed: UnnamedCalls, message: Spot) -> Event | None:
    """Return what a part of a message tells."""
    kind, time = text_of(part.get("part_kind")), part.get("timestamp")
    given, tool = text_of(part.get("tool_call_id")), text_of(part.get("tool_name")) or "unknown"
    if kind == "system-prompt":
        return SkillsOffered(spot, offered_skills(text_of(part.get("content"))), session=session)
    if kind == "user-prompt":
        return UserSaid(spot, plain_text(part.get("content")), session=session, time=time)
    if kind.endswith("tool-call"):  # also `builtin-tool-call`: the provider ran it
        call_id = given or unnamed.call(session, tool, message, time)
        return Call(spot, call_id, tool, _arguments(part.get("args")), session=session, time=time)
    if kind.endswith("tool-return") or (kind == "retry-prompt" and part.get("tool_name")):
        content, ok = _answer(kind, part)
        call_id = given or unnamed.answered(session, tool, time)
        return Result(spot, call_id, content, ok=ok, tool=tool, session=session, time=time)
    return None


def _arguments(args: Any) -> Any:
    """Return the arguments of a call; early versions say in which form they are."""
    fields = object_of(args)
    return fields.get("args_json", fields.get("args_dict", args)) if len(fields) == 1 else args


def _answer(kind: str, part: dict[str, Any]) -> tuple[Any, bool | None]:
    """Return what a tool returned, and whether it is said to have failed; success is said of whatever it returned."""
    content, outcome = part.get("content"), part.get("outcome")
    provider = text_of(object_of(content).get("outcome"))  # what Google's code execution says
    if outcome == "denied":
        return as_refused(plain_text(content)), False
    if kind == "retry-prompt":
        wrong = isinstance(content, list) or text_of(content).startswith("Unknown tool name")
        return (as_refused("wrong arguments") if wrong else content), False
    return content, False if outcome == "failed" or provider not in ("", "OUTCOME_OK", "OUTCOME_UNSPECIFIED") else None
