"""mini-swe-agent trajectories: messages in turn, with what ran in `extra` (2.x) or in fenced blocks and tags (1.x)."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Any

from ..event import AgentSaid, Call, Result, SessionFacts, UserSaid
from ..shared.about import About
from ..shared.fences import blocks_in
from ..shared.narrow import holds_items, items_in, list_of, object_of, own_session, text_of, whole_of
from ..verdicts.payload import plain_text
from ..verdicts.status import as_refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record, Spot

NAME = "mini-swe-agent"
ABOUT = About(
    title="mini-swe-agent trajectories",
    files="`*.traj.json`: `messages` in a document, or a bare list of them",
    recognised="`trajectory_format`, `mini_version`, `extra.actions`, or `<returncode>` in what the user says",
    versions="0.x, 1.x and 2.x, with tool calls, with text and with OpenAI Responses",
    execution="`tool_calls[].id` ↔ `tool_call_id`, or a message with one block and the next one",
    failure="`extra.returncode`, `<returncode>`, or words that tell of a time-out",
    request="the first message of `role: user`",
    skills="read: opening a `SKILL.md`",
    source="real files; <https://mini-swe-agent.com/latest/usage/output_files/>",
)

_CODE = re.compile(r"<returncode>\s*(-?\d{1,10})\s*</returncode>")
_TAG = re.compile(
    r"(?m)^[ \t]*</?(?:output|stdout|stderr|output_head|output_tail)>\n?|</(?:output|stdout|stderr)>[ \t]*$"
)
_TIMED_OUT = re.compile(r"The last command .{0,20000}? timed out", re.DOTALL)
_OLD = "Observation: "  # before the printed result, in the first versions
_BLOCKS = ("bash", "mswea_bash_command")


def recognise(head: Sequence[Record]) -> float:
    """Return 1 where a document names the program or a message what ran, 0.95 where one has its tags."""
    sure = [0.0]
    for record in head:
        document = object_of(record.value)
        info = object_of(document.get("info"))
        if text_of(document.get("trajectory_format")).startswith("mini-swe-agent") or "mini_version" in info:
            return 1.0
        sure.extend(_sureness(object_of(message)) for _, message in items_in(record, "messages"))
    return max(sure)


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of trajectories."""
    turns = _Turns()
    for record in records:
        document = object_of(record.value)
        session = ""
        if holds_items(record, "messages"):
            session, turns = own_session(record), _Turns()
            config = object_of(object_of(document.get("info")).get("config"))
            model = text_of(object_of(config.get("model")).get("model_name"))
            yield SessionFacts(record.spot(), session=session, model=model or None)
        for pointer, message in items_in(record, "messages"):
            yield from turns.read(record.spot(pointer), object_of(message), session)


class _Turns:
    """What a conversation has come to: how many calls it made, and which wait for an answer."""

    def __init__(self) -> None:
        self._open: deque[str] = deque()
        self._calls = 0
        self._begun = False  # the agent has spoken

    def read(self, spot: Spot, message: dict[str, Any], session: str) -> Iterator[Event]:
        """Yield the events of the next message."""
        role, extra = message.get("role"), object_of(message.get("extra"))
        if role == "assistant" or "actions" in extra or isinstance(message.get("output"), list):
            yield from self._called(spot, message, extra, session)
        elif "returncode" in extra or "raw_output" in extra or role == "tool" or self._open:
            yield from self._answered(spot, message, extra, session)
        elif role == "user" and (not self._begun or text_of(extra.get("interrupt_type")).startswith("User")):
            yield UserSaid(spot, plain_text(message.get("content")), session=session, time=extra.get("timestamp"))

    def _called(self, spot: Spot, message: dict[str, Any], extra: dict[str, Any], session: str) -> Iterator[Event]:
        self._begun = True
        self._open.clear()
        time = extra.get("timestamp")
        words = plain_text(message.get("content")).partition("```")[0]  # the call tells what stands in the fence
        yield AgentSaid(spot, words, session, time=time)
        for given, tool, arguments in _calls(message, extra):
            self._calls += 1
            call_id = given or f"#{self._calls}"
            self._open.append(call_id)
            yield Call(spot, call_id, tool, arguments, session=session, time=time)

    def _answered(self, spot: Spot, message: dict[str, Any], extra: dict[str, Any], session: str) -> Iterator[Event]:
        text, time = plain_text(message.get("content", message.get("output"))), extra.get("timestamp")
        if "interrupt_type" in extra:
            for call_id in self._open:
                yield Result(spot, call_id, as_refused(text), ok=False, session=session, time=time)
            self._open.clear()
            return
        if message.get("role") == "exit":  # the last command submitted the work
            return
        call_id = text_of(message.get("tool_call_id")) or text_of(message.get("call_id"))
        if call_id in self._open:
            self._open.remove(call_id)
        elif self._open:
            call_id = self._open.popleft()
        found = _CODE.search(text[:200])
        given = whole_of(extra.get("returncode"))
        code = given if given is not None or found is None else int(found[1])
        if "raw_output" in extra:
            printed, stderr = text_of(extra["raw_output"]), text_of(extra.get("exception_info")) or None
            yield Result(spot, call_id, exit_code=code, stdout=printed, stderr=stderr, session=session, time=time)
        else:
            ok = False if _TIMED_OUT.match(text) else None
            content = _TAG.sub("", _CODE.sub("", text.removeprefix(_OLD), count=1))
            yield Result(spot, call_id, content, ok=ok, exit_code=code, session=session, time=time)


def _calls(message: dict[str, Any], extra: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Yield id, tool and arguments of what a message runs."""
    actions, calls = list_of(extra.get("actions")), list_of(message.get("tool_calls"))
    for action in map(object_of, actions):
        yield text_of(action.get("tool_call_id")), "bash", {"command": action.get("command")}
    for call in map(object_of, calls if not actions else ()):
        function = object_of(call.get("function"))
        yield text_of(call.get("id")), text_of(function.get("name")) or "bash", function.get("arguments")
    if not actions and not calls:
        found = [code for language, code in blocks_in(plain_text(message.get("content"))) if language in _BLOCKS]
        if len(found) == 1:  # of none and of many it runs nothing
            yield "", "bash", {"command": found[0]}


def _sureness(message: dict[str, Any]) -> float:
    extra, content = object_of(message.get("extra")), message.get("content")
    if "role" in message and ("actions" in extra or {"raw_output", "returncode"} <= extra.keys()):
        return 1.0
    if not isinstance(content, str) or message.get("role") != "user":
        return 0.0
    old = content.startswith(_OLD + "{") and "'returncode'" in content
    return 0.95 if old or _CODE.match(content.lstrip()) else 0.0
