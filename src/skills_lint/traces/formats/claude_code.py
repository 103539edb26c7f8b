"""Claude Code sessions (`~/.claude/projects/*/*.jsonl`) and the same records from `--output-format stream-json`.

`tool_use.id` pairs with `tool_result.tool_use_id`. `toolUseResult` repeats a result with its streams apart; records of
type `progress` repeat what subagents wrote to files of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..event import Call, Result, SessionFacts, SkillsOffered, UserSaid
from ..payload import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record

NAME = "claude-code"

_EXIT_CODE = re.compile(r"(?:Error: )?Exit code (\d{1,5})[ \t]*\n?")
_TYPES = frozenset(
    {
        "user",
        "assistant",
        "system",
        "progress",
        "summary",
        "result",
        "file-history-snapshot",
        "attachment",
        "queue-operation",
    }
)
_NOT_SAID = (
    "<local-command",
    "<command-name>",
    "<command-message>",
    "<task-notification>",
    "<system-reminder>",
    "[Request interrupted",
    "Caveat: ",
)


def recognise(head: Sequence[Record]) -> float:
    """Return how many of the records have the session id and type that Claude Code gives them."""
    ours = sum(_is_ours(record.value) for record in head)
    return min(1.0, ours / len(head) + 0.3) if ours else 0.0


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of a session file."""
    session = ""
    for record in records:
        value = record.value
        if not isinstance(value, dict):
            continue
        session = str(value.get("sessionId") or value.get("session_id") or session)
        kind = value.get("type")
        if kind in ("user", "assistant"):
            yield from _message(record, value, "", session, _thread(value), echo=False)
        elif kind == "progress":
            yield from _progress(record, value, session)
        elif kind in ("system", "attachment"):
            yield from _offered(record, value, session)


def _is_ours(value: Any) -> bool:
    kind = value.get("type") if isinstance(value, dict) else None
    if not isinstance(kind, str) or kind not in _TYPES:
        return False
    return "sessionId" in value or "session_id" in value or kind in ("summary", "file-history-snapshot")


def _thread(value: dict[str, Any]) -> str:
    """Return the subagent that a record belongs to."""
    return str(
        value.get("agentId") or value.get("parent_tool_use_id") or ("sidechain" if value.get("isSidechain") else "")
    )


def _progress(record: Record, value: dict[str, Any], session: str) -> Iterator[Event]:
    data = value.get("data")
    if not isinstance(data, dict):
        return
    inner = data.get("message")
    if isinstance(inner, dict) and inner.get("type") in ("user", "assistant"):
        thread = str(data.get("agentId") or value.get("parentToolUseID") or "sidechain")
        inner = {"timestamp": value.get("timestamp"), **inner}
        yield from _message(record, inner, "/data/message", session, thread, echo=True)


def _message(
    record: Record, value: dict[str, Any], pointer: str, session: str, thread: str, *, echo: bool
) -> Iterator[Event]:
    message = value.get("message")
    if not isinstance(message, dict):
        return
    content, time = message.get("content"), value.get("timestamp")
    blocks = [block for block in content if isinstance(block, dict)] if isinstance(content, list) else []
    results = [block for block in blocks if block.get("type") == "tool_result"]
    if value.get("type") == "assistant":
        yield SessionFacts(record.spot(), session=session, time=time, model=_model(message))
        for block in blocks:
            if block.get("type") == "tool_use":
                tool = str(block.get("name") or "unknown")
                yield Call(record.spot(), str(block.get("id") or ""), tool, block.get("input"),
                           session=session, thread=thread, time=time, echo=echo)  # fmt: skip
    elif results:
        for index, block in enumerate(content if isinstance(content, list) else ()):
            if isinstance(block, dict) and block.get("type") == "tool_result":
                below = f"{pointer}/message/content/{index}" if len(results) > 1 else ""
                streams = value.get("toolUseResult", value.get("tool_use_result")) if len(results) == 1 else None
                yield _result(record, below, block, streams, session, thread, time, echo=echo)
    elif not value.get("isMeta") and not value.get("isCompactSummary"):
        text = plain_text(content).strip()
        if text and not text.startswith(_NOT_SAID):
            yield UserSaid(record.spot(), text, session=session, thread=thread, time=time)


def _result(
    record: Record, below: str, block: dict[str, Any], streams: Any, session: str, thread: str, time: Any, *, echo: bool
) -> Result:
    text = plain_text(block.get("content"))
    found = _EXIT_CODE.match(text)
    ok = not block["is_error"] if isinstance(block.get("is_error"), bool) else None
    if ok is None and isinstance(streams, dict) and "stdout" in streams:
        ok = not streams.get("interrupted")
    return Result(
        record.spot(below), str(block.get("tool_use_id") or ""), ok=ok, exit_code=int(found[1]) if found else None,
        stdout=text[found.end() :] if found else text, session=session, thread=thread, time=time, echo=echo,
    )  # fmt: skip


def _offered(record: Record, value: dict[str, Any], session: str) -> Iterator[Event]:
    """Yield the skills and the model that a session started with."""
    attached = value.get("attachment")
    skills = (attached if isinstance(attached, dict) else value).get("skills")
    yield SessionFacts(record.spot(), session=session, time=value.get("timestamp"), model=_model(value))
    if isinstance(skills, list):
        names = tuple(str(s.get("name") if isinstance(s, dict) else s) for s in skills if isinstance(s, str | dict))
        yield SkillsOffered(record.spot(), names, session=session)


def _model(holder: dict[str, Any]) -> str | None:
    model = holder.get("model")
    return model if isinstance(model, str) and model[:1] != "<" else None
