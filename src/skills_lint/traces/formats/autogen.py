"""AutoGen and other group chats: an executor's message runs the blocks said before it; or calls and their results.

Read are chats (`history`, `chat_history`) of AutoGen 0.2 and AG2, and messages of AgentChat, which have a `type`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..event import Call, Result, UserSaid
from ..shared.about import About
from ..shared.fences import call_of_blocks
from ..shared.narrow import holds_items, items_in, list_of, object_of, own_session, session_in, text_of, whole_of
from ..shared.unnamed import UnnamedCalls
from ..verdicts.payload import plain_text
from ..verdicts.status import as_refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record, Spot

NAME = "autogen"
ABOUT = About(
    title="AutoGen and group chats",
    files="a document a chat, a list of messages, or a message a line",
    recognised="`exitcode: N (execution …)` in what an executor says, or the `type` of a message of AgentChat",
    versions="AutoGen 0.2, AG2, AgentChat 0.4 to 0.7, Magentic-One",
    execution="an executor's message and the blocks before it; `content[].id` ↔ `content[].call_id`",
    failure="`exitcode: N`, `exit code: N`, `is_error`, or what the content says",
    request="`question` beside the chat, else its first message; messages whose `source` is the user",
    skills="read: a tool for skills, or opening a `SKILL.md`",
    source="real files; <https://microsoft.github.io/autogen/stable/reference/python/autogen_agentchat.messages.html>",
)

_LISTS = ("history", "chat_history", "messages")
_TOOLS = ("content", "tool_calls", "tool_responses")
_NAMED = frozenset({"name", "function", "call_id", "tool_call_id"})  # one of which a call or a result has
_SESSIONS = ("session_id", "conversation_id", "chat_id", "thread_id", "run_id")
_EXECUTED = re.compile(
    r"\s*exitcode: (-?\d{1,10}) \(execution (?:failed|succeeded)\)\n?(?:Code output:[ \t]?)?"
    r"|\s*The script ran[^\n]{0,80}? exit code(?:: | was: )(-?\d{1,10})\)?[^\n]*\n?(?:Its output was:\n?)?"
)
_NO_CODE = ("There is no code", "No code blocks")
_USERS = frozenset({"user", "human", "user_proxy", "userproxy"})
_TYPES = re.compile(  # of AgentChat
    r"(?:Text|MultiModal|Stop|Handoff|ToolCall\w{0,9})Message|(?:ToolCall|Code|Thought|Memory|ModelClient)\w{0,20}Event"
)


def recognise(head: Sequence[Record]) -> float:
    """Return 0.97 where something was executed or AgentChat speaks, next to nothing for mere chats with names."""
    return max((_sureness(object_of(item)) for record in head for _, item in items_in(record, *_LISTS)), default=0.0)


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of chats."""
    chat = _Chat("")
    for record in records:
        fields = object_of(record.value)
        if holds_items(record, *_LISTS):
            chat = _Chat(session_in(fields, *_SESSIONS) or own_session(record))
            if question := text_of(fields.get("question")):
                yield chat.asked(record.spot("/question"), question, None)
        for pointer, item in items_in(record, *_LISTS):
            yield from chat.read(record, pointer, object_of(item))


class _Chat:
    """What a chat has come to: the blocks that were said and not run yet, and who runs them."""

    def __init__(self, session: str) -> None:
        self._session = session
        self._begun = False
        self._said: tuple[Spot, tuple[str, Any]] | None = None
        self._runs = 0
        self._executors = {"computerterminal", "computer_terminal", "executor", "code_executor"}
        self._unnamed = UnnamedCalls()

    def asked(self, spot: Spot, text: str, time: Any) -> UserSaid:
        """Return what the user asks; the first message of the chat then only says it again."""
        self._begun = True
        return UserSaid(spot, text, session=self._session, time=time)

    def read(self, record: Record, pointer: str, message: dict[str, Any]) -> Iterator[Event]:
        """Yield the events of the next message."""
        spot, time = record.spot(pointer), message.get("created_at") or message.get("timestamp")
        speaker = next((s.lower() for key in ("source", "name", "role") if (s := text_of(message.get(key)))), "")
        tools = [(below, tool) for below, tool in _tools_in(message) if not _NAMED.isdisjoint(tool)]
        for below, tool in tools:
            yield from self._tool(spot, record.spot(pointer + below), tool, time)
        text = plain_text(message.get("content"))
        executed = _executed(message, text)
        if executed is None and speaker in self._executors and self._said and not text.startswith(_NO_CODE):
            executed = None, text  # some tell no status of what went well
        if executed is not None:
            self._executors.add(speaker)
            yield from self._ran(spot, *executed, time)
        elif text and not tools and (speaker in _USERS or not self._begun):
            yield self.asked(spot, text, time)
        call = call_of_blocks(text)
        self._said = (spot, call) if call is not None and executed is None else self._said

    def _ran(self, spot: Spot, code: int | None, output: str, time: Any) -> Iterator[Event]:
        """Yield the run of what was said last; where that is not there, of code that nobody knows."""
        at, (tool, arguments) = self._said or (spot, ("execute_code", {}))
        self._said, self._runs, call_id = None, self._runs + 1, f"#{self._runs}"
        yield Call(at, call_id, tool, arguments, session=self._session, time=time)
        output = as_refused(output) if output.lstrip().startswith("unknown language") else output
        yield Result(spot, call_id, output, exit_code=code, session=self._session, time=time)

    def _tool(self, message: Spot, spot: Spot, told: dict[str, Any], time: Any) -> Iterator[Event]:
        """Yield a call or a result of a tool."""
        function = object_of(told.get("function")) or told
        tool, answered = (
            text_of(function.get("name")),
            text_of(told.get("call_id")) or text_of(told.get("tool_call_id")),
        )
        if "arguments" in function:
            call_id = text_of(told.get("id")) or self._unnamed.call(self._session, tool, message, time)
            yield Call(spot, call_id, tool or "unknown", function["arguments"], session=self._session, time=time)
        elif "content" in told and (answered or tool):
            call_id = answered or self._unnamed.answered(self._session, tool or None, time)
            ok = False if told.get("is_error") is True else None
            yield Result(spot, call_id, told["content"], ok=ok, tool=tool or None, session=self._session, time=time)


def _tools_in(message: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for key in _TOOLS:
        for index, tool in enumerate(list_of(message.get(key))):
            yield f"/{key}/{index}", object_of(tool)


def _executed(message: dict[str, Any], text: str) -> tuple[int | None, str] | None:
    """Return exit code and output if a message tells of a run."""
    result = message.get("result")
    if message.get("type") == "CodeExecutionEvent":
        fields = object_of(result)
        return whole_of(fields.get("exit_code")), text_of(fields.get("output")) or text_of(result)
    found = _EXECUTED.match(text)
    return None if found is None else (int(found[1] or found[2]), text[found.end() :])


def _sureness(message: dict[str, Any]) -> float:
    spoken = isinstance(message.get("source"), str) and _TYPES.fullmatch(text_of(message.get("type"))) is not None
    content = message.get("content")
    if spoken or "tool_responses" in message or (isinstance(content, str) and _EXECUTED.match(content)):
        return 0.97
    return 0.03 if {"name", "role", "content"} <= message.keys() else 0.0
