"""A turn of an agent, spelled as each format spells it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_START = datetime(2026, 10, 1, 9, tzinfo=UTC)
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Turn:
    """A tool call, what was said with it, and what came of it."""

    session: str
    number: int  # within the session
    asked: str | None  # what the user said before it
    said: str
    tool: str
    arguments: dict[str, str]
    failed: bool
    printed: str  # the output, or the error

    @property
    def id(self) -> str:
        return f"call_{self.session}_{self.number}"

    @property
    def time(self) -> datetime:
        return _START + timedelta(seconds=7 * self.number)

    @property
    def verdict(self) -> Record:
        """What a tool that tells its success returns."""
        told = {"error": self.printed, "output": None} if self.failed else {"error": None, "output": self.printed}
        return {"success": not self.failed, **told}


@dataclass(frozen=True, slots=True)
class Spelled:
    """The records of a turn: what comes before its result, and the result."""

    before: list[Record]
    result: Record
    apart: bool  # the result may come after the next turn's call


def _claude_code(turn: Turn) -> Spelled:
    base = {"sessionId": turn.session, "timestamp": turn.time.isoformat(timespec="milliseconds"), "isSidechain": False}
    asked = [{**base, "type": "user", "message": {"role": "user", "content": turn.asked}}] if turn.asked else []
    name, arguments = turn.tool, turn.arguments
    if "code" in arguments:
        name, arguments = "Bash", {"command": f"cd /srv/app && python3 - <<'EOF'\n{arguments['code']}\nEOF"}
    content = [
        {"type": "text", "text": turn.said},
        {"type": "tool_use", "id": turn.id, "name": name, "input": arguments},
    ]
    call = {**base, "type": "assistant", "message": {"role": "assistant", "model": "model-1", "content": content}}
    printed = f"Exit code 1\n{turn.printed}" if turn.failed else turn.printed
    answer = {"type": "tool_result", "tool_use_id": turn.id, "content": printed, "is_error": turn.failed}
    return Spelled([*asked, call], {**base, "type": "user", "message": {"role": "user", "content": [answer]}}, True)


def _openai_chat(turn: Turn) -> Spelled:
    base = {"session_id": turn.session, "ts": turn.time.isoformat()}
    asked = [{**base, "role": "user", "content": turn.asked}] if turn.asked else []
    function = {"name": turn.tool, "arguments": json.dumps(turn.arguments)}
    calls = [{"id": turn.id, "type": "function", "function": function}]
    call = {**base, "role": "assistant", "content": turn.said, "tool_calls": calls}
    return Spelled(
        [*asked, call],
        {**base, "role": "tool", "tool_call_id": turn.id, "content": json.dumps(turn.verdict)},
        True,
    )


def _tool_events(turn: Turn) -> Spelled:
    base = {"ts": turn.time.timestamp(), "run_id": turn.session}
    asked = [{**base, **_message("HumanMessage", turn.asked)}] if turn.asked else []
    tool = f"tool_{turn.tool}"
    start = {**base, "event": "tool_start", "tool": tool, "args": turn.arguments}
    end = {**base, "event": "tool_end", "tool": tool, "result": turn.verdict}
    return Spelled([*asked, {**base, **_message("AIMessage", turn.said)}, start], end, False)  # there are no ids


def _langchain(turn: Turn) -> Spelled:
    base = {"ts": turn.time.timestamp(), "run_id": turn.session}
    asked = [{**base, **_message("HumanMessage", turn.asked)}] if turn.asked else []
    calls = [{"name": turn.tool, "args": turn.arguments, "id": turn.id}]
    call = {**base, **_message("AIMessage", turn.said), "tool_calls": calls}
    answer = {**base, **_message("ToolMessage", json.dumps(turn.verdict)), "tool_call_id": turn.id}
    return Spelled([*asked, call], answer, True)


def _message(kind: str, content: str) -> Record:
    return {"event": "message", "message_type": kind, "content": content}


def _otlp_spans(turn: Turn) -> Spelled:
    start = int(turn.time.timestamp()) * 10**9
    told = {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": turn.tool,
        "gen_ai.tool.call.id": turn.id,
        "gen_ai.conversation.id": turn.session,
        "gen_ai.tool.call.arguments": json.dumps(turn.arguments),
        "gen_ai.tool.call.result": "" if turn.failed else turn.printed,
    }
    kind, _, message = turn.printed.rpartition("\n")[2].partition(": ")
    exception = {"exception.type": kind, "exception.message": message, "exception.stacktrace": turn.printed}
    raised = turn.failed and "code" in turn.arguments
    span = {
        "traceId": f"{hash_of(turn.session):032x}",
        "spanId": f"{hash_of(turn.id):016x}",
        "name": f"execute_tool {turn.tool}",
        "startTimeUnixNano": str(start),
        "endTimeUnixNano": str(start + 10**9),
        "attributes": _attributes(told),
        "events": [{"name": "exception", "attributes": _attributes(exception)}] if raised else [],
        "status": {"code": 2, "message": "" if raised else turn.printed} if turn.failed else {},
    }
    return Spelled([], {"resourceSpans": [{"scopeSpans": [{"spans": [span]}]}]}, False)


def hash_of(text: str) -> int:
    """Return a number of 64 bits that stands for a text, the same in every run."""
    number = 14695981039346656037
    for byte in text.encode():
        number = (number ^ byte) * 1099511628211 % 2**64  # FNV-1a
    return number


def _attributes(values: dict[str, str]) -> list[Record]:
    return [{"key": key, "value": {"stringValue": value}} for key, value in values.items()]


FORMATS: dict[str, Callable[[Turn], Spelled]] = {
    "claude-code": _claude_code,
    "openai-chat": _openai_chat,
    "tool-events": _tool_events,
    "langchain-messages": _langchain,
    "otlp-spans": _otlp_spans,
}
