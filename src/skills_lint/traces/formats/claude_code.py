"""Claude Code sessions (`~/.claude/projects/*/*.jsonl`) and the same records from `--output-format stream-json`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import Raw, Struct

from ..event import AgentSaid, Call, Result, SessionFacts, SkillsOffered, UserSaid
from ..shared.about import About, Home
from ..shared.blocks import Block, Message
from ..sources.fields import NOTHING, plain, read
from ..verdicts.payload import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record, Spot

NAME = "claude-code"
ABOUT = About(
    title="Claude Code sessions",
    files="`~/.claude/projects/*/*.jsonl`, and what `--output-format stream-json` prints",
    recognised="records with `sessionId` or `session_id` and a `type` of Claude Code",
    versions="1.0 to 2.1; records of type `progress` repeat what subagents wrote, and count once",
    execution="`tool_use.id` ↔ `tool_result.tool_use_id`",
    failure="`is_error`, `Exit code N` before the text; `toolUseResult.interrupted` where there is no `is_error`",
    request="records of type `user` with text, unless `isMeta`; by subagent (`agentId`, `parent_tool_use_id`)",
    skills="offered: `skills` of `system` and `attachment` records; read: the tool `Skill`, or opening a `SKILL.md`",
    source="real files",
)
HOME = Home("CLAUDE_CONFIG_DIR", "~/.claude", "projects", kept="30 days, unless `cleanupPeriodDays` says otherwise")
APART = True

_EXIT_CODE = re.compile(r"(?:Error: )?Exit code (\d{1,5})[ \t]*\n?")
_TYPES = ("user", "assistant", "system", "progress", "summary", "result", "attachment", "file-history-snapshot")
_NOT_SAID = ("<local-command", "<command-name>", "<command-message>", "<task-notification>", "<system-reminder>",
             "[Request interrupted", "Caveat: ")  # fmt: skip


class Line(Struct, gc=False):
    type: str | None = None
    sessionId: str | int | None = None
    session_id: str | int | None = None
    timestamp: str | int | float | None = None
    message: Message | None = None
    agentId: str | None = None
    parent_tool_use_id: str | None = None
    parentToolUseID: str | None = None
    isSidechain: bool | None = None
    isMeta: bool | None = None
    isCompactSummary: bool | None = None
    toolUseResult: Raw = NOTHING
    tool_use_result: Raw = NOTHING
    model: str | None = None
    skills: Raw = NOTHING
    attachment: Raw = NOTHING
    data: Raw = NOTHING


class Progress(Struct, gc=False):
    agentId: str | None = None
    message: Line | None = None


RECORD = Line


def recognise(head: Sequence[Record]) -> float:
    """Return how many of the records have the session id and type that Claude Code gives them."""
    ours = sum(_is_ours(record.value) for record in head)
    return min(1.0, ours / len(head) + 0.3) if ours else 0.0


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of a session file."""
    session = ""
    for record in records:
        line: Line = record.value
        session = str(line.sessionId or line.session_id or session)
        if line.type == "user" or line.type == "assistant":
            thread = line.agentId or line.parent_tool_use_id or ("sidechain" if line.isSidechain else "")
            yield from _message(record, line, "", session, thread, echo=False)
        elif line.type == "progress":
            yield from _progress(record, line, session)
        elif line.type == "system" or line.type == "attachment":
            yield from _offered(record, line, session)


def _is_ours(value: Any) -> bool:
    fields = value if isinstance(value, dict) else {}
    told = "sessionId" in fields or "session_id" in fields or fields.get("type") in ("summary", "file-history-snapshot")
    return told and fields.get("type") in _TYPES


def _progress(record: Record, line: Line, session: str) -> Iterator[Event]:
    data = read(line.data, Progress)
    if data is not None and (inner := data.message) is not None and inner.type in ("user", "assistant"):
        inner.timestamp = line.timestamp if inner.timestamp is None else inner.timestamp
        agent = data.agentId or line.parentToolUseID or "sidechain"
        yield from _message(record, inner, "/data/message", session, agent, echo=True)


def _message(record: Record, line: Line, pointer: str, session: str, thread: str, *, echo: bool) -> Iterator[Event]:
    if (message := line.message) is None:
        return
    time = line.timestamp
    blocks = [(index, block) for index, block in enumerate(message.blocks) if isinstance(block, Block)]
    if line.type == "assistant":
        yield SessionFacts(record.spot(), session=session, time=time, model=message.author)
        if not echo and (words := [block.text for _, block in blocks if block.type == "text"]):
            yield AgentSaid(record.spot(), words, session, thread, time)
        for _, block in blocks:
            if block.type == "tool_use":
                yield Call(record.spot(), str(block.id or ""), block.name or "unknown", block.input,
                           session=session, thread=thread, time=time, echo=echo)  # fmt: skip
        return
    results = [(index, block) for index, block in blocks if block.type == "tool_result"]
    for index, block in results:
        below = f"{pointer}/message/content/{index}" if len(results) > 1 else ""
        yield _result(record.spot(below), block, line if len(results) == 1 else None, session, thread, time, echo=echo)
    if not results and not line.isMeta and not line.isCompactSummary:
        text = message.said.strip()
        if text and not text.startswith(_NOT_SAID):
            yield UserSaid(record.spot(), text, session=session, thread=thread, time=time)


def _result(spot: Spot, block: Block, line: Line | None, session: str, thread: str, time: Any, *, echo: bool) -> Result:
    ok, call_id = None if block.is_error is None else not block.is_error, str(block.tool_use_id or "")
    if ok:  # what it printed is hardly ever needed
        return Result(spot, call_id, ok=ok, stdout=block.content, session=session, thread=thread, time=time, echo=echo)
    if ok is None and line is not None:
        streams = plain(line.toolUseResult) or plain(line.tool_use_result)
        ok = not streams.get("interrupted") if isinstance(streams, dict) and "stdout" in streams else None
    found = _EXIT_CODE.match(text := plain_text(plain(block.content)))
    return Result(
        spot, call_id, ok=ok, exit_code=int(found[1]) if found else None,
        stdout=text[found.end() :] if found else text, session=session, thread=thread, time=time, echo=echo,
    )  # fmt: skip


def _offered(record: Record, line: Line, session: str) -> Iterator[Event]:
    """Yield the skills and the model that a session started with."""
    attached = plain(line.attachment)
    skills = attached.get("skills") if isinstance(attached, dict) else plain(line.skills)
    yield SessionFacts(record.spot(), session=session, time=line.timestamp, model=line.model)
    if isinstance(skills, list):
        names = tuple(str(s.get("name") if isinstance(s, dict) else s) for s in skills if isinstance(s, str | dict))
        yield SkillsOffered(record.spot(), names, session=session)
