"""Messages of Vercel's AI SDK in all versions, and what states and types of outputs say of a tool's run."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skills_lint.traces.result import ScanResult

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]
ERROR = 'Traceback (most recent call last):\n  File "x.py", line 2, in <module>\nKeyError: 1'
CODE = {"code": "{}[1]"}


def assistant(*parts: dict[str, Any], key: str = "parts", **fields: Any) -> dict[str, Any]:
    return {"id": "m2", "role": "assistant", key: list(parts), **fields}


def ran(kind: str = "tool-execute_python", **fields: Any) -> dict[str, Any]:
    return {"type": kind, "toolCallId": "c", **fields}


OLD = {"toolName": "execute_python", "toolCallId": "c", "args": CODE, "state": "result", "result": ERROR}
ANSWER = {"type": "tool-result", "toolCallId": "c", "toolName": "execute_python"}
CALL = ran("tool-call", toolName="execute_python", input=CODE)

TOLD = {
    "a part of its name": [assistant(ran(state="output-error", input=CODE, errorText=ERROR))],
    "an output that shows it": [assistant(ran(state="output-available", input=CODE, output=ERROR))],
    "a part of any name": [
        assistant(ran("dynamic-tool", toolName="python", state="output-error", input=CODE, errorText=ERROR))
    ],
    "a part of version 4": [assistant({"type": "tool-invocation", "toolInvocation": OLD})],
    "a flat part": [assistant({"type": "tool-invocation", **OLD})],
    "an invocation of version 3": [assistant(OLD, key="toolInvocations", content="")],
    "a part and an invocation": [assistant({"type": "tool-invocation", "toolInvocation": OLD}, toolInvocations=[OLD])],
    "two messages for the model": [
        assistant(CALL, key="content"),
        {"role": "tool", "content": [{**ANSWER, "output": {"type": "error-text", "value": ERROR}}]},
    ],
    "two older messages for the model": [
        assistant(ran("tool-call", toolName="execute_python", args=CODE), key="content"),
        {"role": "tool", "content": [{**ANSWER, "result": ERROR, "isError": True}]},
    ],
}


@pytest.mark.parametrize("messages", TOLD.values(), ids=TOLD.keys())
def test_a_failure_is_told_once_by(messages: list[dict[str, Any]], write: Write, scanned: Scanned) -> None:
    asked = {"id": "m1", "role": "user", "content": "Price?", "parts": [{"type": "text", "text": "Price?"}]}
    write("a.json", json.dumps([asked, *messages], indent=1))
    result = scanned()
    assert [(f.format, f.fault.type, f.fault.code, f.user_request) for f in result.failures] == [
        ("vercel-ai", "KeyError", "{}[1]", "Price?")
    ]
    assert result.executions == 1


NEVER_RAN = {
    "the user denied it": ran(state="output-denied", input=CODE, approval={"id": "a", "approved": False}),
    "its input was unusable": ran(state="output-error", rawInput="{", errorText="JSON parsing failed"),
    "its input was invalid": ran(
        state="output-error", input=CODE, errorText="Invalid input for tool execute_python: …"
    ),
}


@pytest.mark.parametrize("part", NEVER_RAN.values(), ids=NEVER_RAN.keys())
def test_a_call_never_ran_if(part: dict[str, Any], write: Write, scanned: Scanned) -> None:
    write("a.json", json.dumps([assistant(part)], indent=1))
    result = scanned()
    assert (result.tool_calls, result.executions, result.other_failures) == (1, 0, 0)


@pytest.mark.parametrize("state", ["input-streaming", "input-available", "approval-requested"])
def test_a_call_that_waits_has_not_failed(state: str, write: Write, scanned: Scanned) -> None:
    write("a.json", json.dumps([assistant(ran(state=state, input=CODE))], indent=1))
    result = scanned()
    assert (result.executions, len(result.failures)) == (1, 0)


def test_the_system_offers_skills(write: Write, scanned: Scanned) -> None:
    listed = "<available_skills>\n<skill><name>prices</name></skill>\n</available_skills>"
    write(
        "a.json", json.dumps([{"role": "system", "content": listed}, assistant(ran(state="input-available"))], indent=1)
    )
    assert [session.offered for session in scanned().sessions] == [("prices",)]


def test_chats_saved_again_and_again_count_once(write: Write, scanned: Scanned) -> None:
    first = assistant(ran(state="output-error", input=CODE, errorText=ERROR))
    later = assistant({**ran(state="output-available", input=CODE, output="1"), "toolCallId": "d"})
    write("a.jsonl", [{"id": "chat", "messages": [first]}, {"id": "chat", "messages": [first, later]}])
    result = scanned()
    assert [session.id for session in result.sessions] == ["chat"]
    assert (result.executions, len(result.failures)) == (2, 1)


def test_messages_on_lines_name_their_chat(write: Write, scanned: Scanned) -> None:
    told = ran(state="output-error", input=CODE, errorText=ERROR)
    write("a.jsonl", [assistant(told, chatId="x"), assistant(told, chatId="y", createdAt="2026-09-21T14:13:20.000Z")])
    result = scanned()
    assert [(failure.session, failure.timestamp is None) for failure in result.failures] == [("x", True), ("y", False)]
