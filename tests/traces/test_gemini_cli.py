"""Gemini CLI: what is particular to its chats, its checkpoints, its stream and the contents of the API."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skills_lint.traces.result import ScanResult

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]
Row = dict[str, Any]
TIME = "2026-11-02T10:00:00.000Z"
TRACEBACK = "Traceback (most recent call last):\n  File \"x.py\", line 1, in <module>\n    go()\nKeyError: 'close'"


def call(call_id: str, response: Row, status: str = "success", **fields: Any) -> Row:
    name = "run_shell_command"
    answer = {"functionResponse": {"id": call_id, "name": name, "response": response}}
    return {"id": call_id, "name": name, "args": {"command": "python x.py"}, "status": status, "timestamp": TIME,
            "result": [answer], **fields}  # fmt: skip


def message(kind: str, content: Any = "", **fields: Any) -> Row:
    return {"id": f"m-{kind}", "timestamp": TIME, "type": kind, "content": content, **fields}


def chat(*calls: Row) -> str:
    messages = [message("user", "Go."), message("info", "Update available"), message("gemini", toolCalls=list(calls))]
    return json.dumps({"sessionId": "s", "projectHash": "p", "startTime": TIME, "messages": messages}, indent=2)


def said(role: str, *parts: Row) -> Row:
    return {"role": role, "parts": list(parts)}


OUTPUTS = {
    "now": f"Output: {TRACEBACK}\nExit Code: 1\nProcess Group PGID: 7",
    "not trusted": f"<untrusted_context>\nOutput: {TRACEBACK}\nExit Code: 1\n</untrusted_context>",
    "of 2025": f"Command: python x.py\nDirectory: (root)\nOutput: {TRACEBACK}\nError: (none)\nExit Code: 1\n"
    "Signal: (none)\nBackground PIDs: (none)\nProcess Group PGID: 7",
}


@pytest.mark.parametrize("output", OUTPUTS.values(), ids=OUTPUTS)
def test_the_status_stands_below_the_output_whatever_the_tool_says(output: str, write: Write, scanned: Scanned) -> None:
    write("a.json", chat(call("c1", {"output": output})))
    (failure,) = scanned().failures
    assert (failure.session, failure.pointer, failure.user_request) == ("s", "/messages/2/toolCalls/0", "Go.")
    assert (failure.fault.exit_code, failure.fault.traceback) == (1, TRACEBACK)


def test_a_shell_that_names_no_exit_code_ran_well(write: Write, scanned: Scanned) -> None:
    outputs = [f"Output: {TRACEBACK}\nProcess Group PGID: 7", f"Output: {TRACEBACK}\nError: gone on"]
    write("a.json", chat(*(call(str(n), {"output": output}) for n, output in enumerate(outputs))))
    result = scanned()
    assert (result.executions, result.failures) == (2, ())


def test_what_a_program_says_of_its_error_is_output(write: Write, scanned: Scanned) -> None:
    write("a.json", chat(call("c1", {"output": "Output: usage: x.py\nError: no file\nExit Code: 2"})))
    (failure,) = scanned().failures
    assert (failure.fault.exit_code, failure.fault.traceback) == (2, "usage: x.py\nError: no file")


def test_a_run_that_was_killed_or_took_too_long_failed(write: Write, scanned: Scanned) -> None:
    late = "Command was automatically cancelled because it exceeded the timeout of 5.0 minutes without output. So far:"
    write("a.json", chat(call("c1", {"output": "Output: 1\nSignal: 9"}), call("c2", {"output": f"{late}\n1"})))
    assert [failure.fault.exit_code for failure in scanned().failures] == [None, 124]


@pytest.mark.parametrize("reason", ["User did not allow tool call", "User cancelled tool execution."])
def test_a_call_that_the_user_stopped_is_no_execution(reason: str, write: Write, scanned: Scanned) -> None:
    write("a.json", chat(call("c1", {"error": f"[Operation Cancelled] Reason: {reason}"}, "cancelled")))
    result = scanned()
    assert (result.executions, result.failures) == (0, ())


def test_a_call_that_has_not_ended_has_no_result(write: Write, scanned: Scanned) -> None:
    write("a.json", chat(call("c1", {}, "executing", result=None)))
    result = scanned()
    assert (result.executions, result.failures) == (1, ())


def test_a_chat_in_lines_tells_a_message_again_when_its_calls_have_ended(write: Write, scanned: Scanned) -> None:
    bad = call("c1", {"output": OUTPUTS["now"]})
    rows = [
        {"sessionId": "s", "projectHash": "p", "startTime": TIME, "lastUpdated": TIME},
        message("user", [{"text": "Go."}]),
        message("gemini", toolCalls=[{**bad, "status": "executing", "result": None}], model="model-1"),
        message("gemini", toolCalls=[bad], model="model-1"),
        {"$set": {"lastUpdated": TIME}},
        {"$rewindTo": "m-user"},
        {"$set": {"messages": [message("user", [{"text": "Go."}]), message("gemini", toolCalls=[bad])]}},
    ]
    write("a.jsonl", rows)
    result = scanned()
    assert (result.tool_calls, result.executions) == (1, 1)
    assert [(session.id, session.model) for session in result.sessions] == [("s", "model-1")]
    assert [(failure.line, failure.pointer, failure.user_request) for failure in result.failures] == [(4, None, "Go.")]


def test_a_result_may_come_in_a_message_of_its_own_and_be_masked_later(write: Write, scanned: Scanned) -> None:
    bad = call("c1", {"output": OUTPUTS["now"]})
    rows = [
        {"sessionId": "s", "projectHash": "p", "startTime": TIME, "lastUpdated": TIME},
        message("user", [{"text": "Go."}]),
        message("gemini", toolCalls=[{**bad, "result": None}]),
        message("user", bad["result"]),
        {"$patch": {"updates": [{"id": "m-gemini", "toolCalls": [{"id": "c1", "result": [{"text": "[masked]"}]}]}]}},
    ]
    write("a.jsonl", rows)
    result = scanned()
    assert (result.tool_calls, result.executions) == (1, 1)
    assert [(failure.line, failure.user_request) for failure in result.failures] == [(4, "Go.")]


def test_a_skill_is_read_by_the_tool_that_activates_it(write: Write, scanned: Scanned) -> None:
    skill = {**call("c1", {"output": "<activated_skill>"}), "name": "activate_skill", "args": {"name": "prices"}}
    write("a.json", chat(skill, call("c2", {"output": "Output: 1"})))
    (session,) = scanned().sessions
    assert [skill.name for skill in session.loaded] == ["prices"]


SHELL = "run_shell_command"
CONTENTS = [
    said("user", {"text": "This is the Gemini CLI. We are setting up the context for our chat."}),
    said("user", {"text": "Go."}),
    said("model", *({"functionCall": {"name": SHELL, "args": {"command": f"python {name}.py"}}} for name in "ab")),
    said("user", *({"functionResponse": {"name": SHELL, "response": {"output": output}}}
                   for output in ("Output: 1", OUTPUTS["now"]))),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "pointer"),
    [
        (CONTENTS, "/3/parts/1"),
        ({"history": CONTENTS, "authType": "oauth"}, "/history/3/parts/1"),
        ({"history": [{"type": "user", "text": "Go."}], "clientHistory": CONTENTS}, "/clientHistory/3/parts/1"),
        ({"request": {"contents": CONTENTS}, "response": {"candidates": []}}, "/request/contents/3/parts/1"),
    ],
    ids=["contents", "checkpoint", "checkpoint of a tool", "request"],
)
def test_contents_pair_by_name_and_order(content: Any, pointer: str, write: Write, scanned: Scanned) -> None:
    write("checkpoint.json", json.dumps(content))
    (failure,) = scanned().failures
    assert (failure.format, failure.pointer) == ("gemini-cli", pointer)
    assert (failure.user_request, failure.fault.code) == ("Go.", "python b.py")


def test_code_that_ran_at_google_is_answered_by_the_part_behind_it(write: Write, scanned: Scanned) -> None:
    parts: list[Row] = [
        {"executable_code": {"language": "PYTHON", "code": "good()"}},
        {"code_execution_result": {"outcome": "OUTCOME_OK", "output": "1\n"}},
        {"executable_code": {"language": "PYTHON", "code": "bad()"}},
        {"code_execution_result": {"outcome": "OUTCOME_FAILED", "output": TRACEBACK}},
    ]
    write("a.jsonl", [said("user", {"text": "Go."}), {"candidates": [{"content": said("model", *parts)}]}])
    result = scanned()
    assert result.executions == 2
    (failure,) = result.failures
    assert (failure.line, failure.pointer) == (2, "/candidates/0/content/parts/3")
    assert (failure.fault.code, failure.fault.type) == ("bad()", "KeyError")


def test_a_stream_tells_calls_and_results_as_events(write: Write, scanned: Scanned) -> None:
    rows = [
        {"type": "init", "timestamp": TIME, "session_id": "s", "model": "model-1"},
        {"type": "message", "timestamp": TIME, "role": "user", "content": "Go."},
        {"type": "tool_use", "timestamp": TIME, "tool_name": "run_shell_command", "tool_id": "t1",
         "parameters": {"command": "python x.py"}},
        {"type": "tool_result", "timestamp": TIME, "tool_id": "t1", "status": "success", "output": OUTPUTS["now"]},
        {"type": "result", "timestamp": TIME, "status": "success"},
    ]  # fmt: skip
    write("a.txt", rows)
    (failure,) = scanned().failures
    assert (failure.format, failure.session, failure.line) == ("gemini-cli", "s", 4)
    assert (failure.user_request, failure.fault.code) == ("Go.", "python x.py")
