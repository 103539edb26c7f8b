"""Codex CLI rollouts (`~/.codex/sessions/**/rollout-*.jsonl`), and what `codex exec --json` prints.

A `response_item` holds an item of the Responses API; older rollouts hold the items bare. What `event_msg` records tell
of tools is told by items too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..event import AgentSaid, Result, SessionFacts, SkillLoaded, SkillsOffered, UserSaid
from ..shared.about import About, Home
from ..shared.narrow import list_of, object_of, session_in, text_in, text_of, whole_of
from ..shared.responses import Place, item_events
from ..shared.running import Running
from ..shared.unnamed import UnnamedCalls
from ..verdicts.payload import plain_text
from ..verdicts.status import as_refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record

NAME = "codex"
ABOUT = About(
    title="Codex CLI rollouts",
    files="`~/.codex/sessions/**/rollout-*.jsonl`, also compressed; what `codex exec --json` prints",
    recognised="`session_meta`, `response_item` or `event_msg` with a `payload`; `thread.started`, `item.completed`",
    versions="0.40 to 0.144, with scripts that run commands (`exec`); older rollouts whose items stand bare",
    execution="`call_id` of a call ↔ that of its `…_output`, or of the `write_stdin` that sees a command's end",
    failure="`metadata.exit_code`, `Exit code: N`, `Process exited with code N`; `exit_code` of `command_execution`",
    request="`event_msg` of type `user_message`; `role: user` unless Codex itself put the text there",
    skills="offered: the list that Codex gives the model; read: `<skill>` in a message, or opening a `SKILL.md`",
    source="real files; <https://github.com/openai/codex/tree/main/codex-rs/protocol>",
)
HOME = Home("CODEX_HOME", "~/.codex", "sessions")

_KINDS = frozenset({"session_meta", "response_item", "event_msg", "turn_context", "compacted"})
_STREAMED = frozenset({"thread.started", "turn.started", "turn.completed", "item.started", "item.completed"})
_NOT_SAID = re.compile(r"\s*(?:# AGENTS\.md instructions|<([a-z_]{3,40})>.*</\1>\s*$)", re.DOTALL)
_STOPPED = ("exec command rejected by user", "aborted by user", "patch rejected by user")
_IDE = "## My request for Codex:"
_SKILL = re.compile(r"<skill>\s*<name>([^<\n]{1,200})</name>")
_OFFERED = re.compile(r"^- (\S{1,200}?): .{0,3000}\(file: [^)\n]{0,400}SKILL\.md\)", re.MULTILINE)


def recognise(head: Sequence[Record]) -> float:
    """Return a share of records that are Codex's own; bare items are, below a header that only Codex writes."""
    values = [record.value for record in head if isinstance(record.value, dict)]
    ours = sum(
        (value.get("type") in _KINDS and isinstance(value.get("payload"), dict)) or value.get("type") in _STREAMED
        for value in values
        if isinstance(value.get("type"), str)
    )
    bare = bool(values) and _is_header(values[0])
    return 1.0 if bare else min(1.0, ours / len(head) + 0.3) if ours else 0.0


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of a rollout, or of a stream."""
    session = thread = ""
    unnamed, running = UnnamedCalls(), Running()
    for record in records:
        value = object_of(record.value)
        kind, payload, time = value.get("type"), value.get("payload"), value.get("timestamp")
        wrapped = isinstance(kind, str) and kind in _KINDS
        item = object_of(payload if wrapped else value.get("item", value))
        if not session and (kind in ("session_meta", "thread.started") or _is_header(value)):
            session, thread = _session(item)  # a fork goes on with the header of what it was forked from
        place = Place(record, "", session, thread, time)
        if kind in ("session_meta", "turn_context") or _is_header(value):
            yield SessionFacts(place.spot(), session, model=text_in(item, "model") or None, time=time)
        elif kind in ("response_item", item.get("type")) and (kind or "role" in item):
            for event in _item(item, place, unnamed):
                yield from running.settled(event)
        elif kind == "event_msg" and item.get("type") == "user_message":
            yield from _said([item.get("message")], place)
        elif item.get("type") in ("command_execution", "mcp_tool_call"):
            yield from _streamed(item, place, finished=kind == "item.completed")


def _item(item: dict[str, Any], place: Place, unnamed: UnnamedCalls) -> Iterator[Event]:
    """Yield what an item of the Responses API tells, as Codex writes it."""
    if "role" in item:
        content = item.get("content")
        yield from _told(list_of(content) or [content], item.get("role"), place)
        return
    for event in item_events(item, place, unnamed):
        if isinstance(event, Result) and (text := plain_text(event.content)).startswith(_STOPPED):
            event.ok, event.content = False, as_refused(text)
        yield event


def _is_header(value: Any) -> bool:
    """Return whether a record opens an older rollout, whose items stand bare."""
    return isinstance(value, dict) and "type" not in value and value.keys() >= {"id", "timestamp", "instructions"}


def _session(header: dict[str, Any]) -> tuple[str, str]:
    """Return the session that a header tells, and the thread in it: a subagent's session is that of who started it."""
    own = session_in(header, "id", "thread_id")
    spawned = object_of(object_of(object_of(header.get("source")).get("subagent")).get("thread_spawn"))
    above = (header.get("session_id"), header.get("parent_thread_id"), spawned.get("parent_thread_id"))
    parent = next((text_of(id_) for id_ in above if text_of(id_) not in ("", own)), "")
    return (parent, own) if parent else (own, "")


def _told(parts: list[Any], role: Any, place: Place) -> Iterator[Event]:
    """Yield what a message says of skills, and what the user says in it."""
    texts = [plain_text(part) for part in parts]
    for text in texts if role != "assistant" else ():
        names = tuple(dict.fromkeys(_OFFERED.findall(text)))
        if names:
            yield SkillsOffered(place.spot(), names, session=place.session)
        if role == "user" and (skill := _SKILL.match(text)) is not None:
            yield SkillLoaded(place.spot(), skill[1].strip(), session=place.session)
    if role == "assistant":
        yield AgentSaid(place.spot(), parts, place.session, place.thread, place.time)
    if role == "user":
        yield from _said([text for text in texts if not _NOT_SAID.match(text)], place)


def _said(texts: list[Any], place: Place) -> Iterator[Event]:
    text = "\n".join(text for text in texts if isinstance(text, str))
    asked = text.rpartition(_IDE)[2].strip()
    if asked:
        yield UserSaid(place.spot(), asked, session=place.session, thread=place.thread, time=place.time)


def _streamed(item: dict[str, Any], place: Place, *, finished: bool) -> Iterator[Event]:
    """Yield what an item of `codex exec --json` tells: a command or a tool, told when it starts and when it ends."""
    call_id, status = text_of(item.get("id")), item.get("status")
    if status == "declined":
        return
    shell = item.get("type") == "command_execution"
    arguments = {"command": item.get("command")} if shell else item.get("arguments")
    yield place.call(call_id, "shell" if shell else str(item.get("tool") or "unknown"), arguments)
    if finished:
        told = item.get("aggregated_output") if shell else item.get("error") or item.get("result")
        code = whole_of(item.get("exit_code"))
        yield place.result(call_id, told, ok=False if status == "failed" else None, exit_code=code)
