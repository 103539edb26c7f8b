"""OpenAI Responses: what is particular to their items, and in what they are kept."""

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
TRACEBACK = "Traceback (most recent call last):\n  File \"x.py\", line 1, in <module>\n    go()\nKeyError: 'close'\n"


def asked(text: str) -> Row:
    return {"type": "message", "role": "user", "content": [{"type": "input_text", "text": text}]}


def call(call_id: str, code: str = "go()", name: str = "execute_python") -> Row:
    return {"type": "function_call", "name": name, "arguments": json.dumps({"code": code}), "call_id": call_id}


def answer(call_id: str, output: Any = TRACEBACK) -> Row:
    return {"type": "function_call_output", "call_id": call_id, "output": output}


def response(response_id: str, output: list[Row], **fields: Any) -> Row:
    return {"id": response_id, "object": "response", "created_at": 1790000000, "output": output, **fields}


LISTED = [asked("Go."), call("c1"), answer("c1")]
KEPT: dict[str, tuple[Any, int | None, str | None]] = {
    "an item a line": (LISTED, 3, None),
    "a list": (json.dumps(LISTED), None, "/2"),
    "a page of items": (json.dumps({"object": "list", "data": LISTED}), None, "/data/2"),
    "a request and its response": (
        [{"request": {"input": LISTED}, "response": response("r1", [])}],
        None,
        "/request/input/2",
    ),
    "a batch": ([{"custom_id": "a", "response": {"body": response("r1", LISTED)}}], None, "/response/body/output/2"),
    "a stream": (
        [
            {"type": "response.created", "response": response("r1", [])},
            *({"type": "response.output_item.added", "item": {**item, "arguments": ""}} for item in LISTED),
            *({"type": "response.output_item.done", "item": item} for item in LISTED),
            {"type": "response.completed", "response": response("r1", LISTED)},
        ],
        7,
        "/item",
    ),
}


@pytest.mark.parametrize(("content", "line", "pointer"), KEPT.values(), ids=KEPT)
def test_items_are_found_wherever_they_are_kept(
    content: Any, line: int | None, pointer: str | None, write: Write, scanned: Scanned
) -> None:
    write("a.json", content)
    result = scanned()
    assert (result.tool_calls, result.executions) == (1, 1)
    (failure,) = result.failures
    assert (failure.format, failure.line, failure.pointer) == ("openai-responses", line, pointer)
    assert (failure.user_request, failure.fault.type, failure.fault.code) == ("Go.", "KeyError", "go()")


def test_each_command_of_a_shell_call_has_its_own_outcome(write: Write, scanned: Scanned) -> None:
    commands = ["ls", "python x.py", "python y.py", "python z.py"]
    outcomes: list[Row] = [
        {"stdout": "x.py", "stderr": "", "outcome": {"type": "exit", "exit_code": 0}},
        {"stdout": "", "stderr": TRACEBACK, "outcome": {"type": "exit", "exit_code": 1}},
        {"stdout": "", "stderr": "", "outcome": {"type": "timeout"}},
        {"stdout": TRACEBACK, "stderr": "", "outcome": {"type": "exit", "exit_code": 0}},
    ]
    rows = [
        {"type": "shell_call", "id": "sh_1", "call_id": "c1", "action": {"commands": commands}},
        {"type": "shell_call_output", "call_id": "c1", "output": outcomes},
    ]
    write("a.jsonl", rows)
    result = scanned()
    assert (result.tool_calls, result.executions) == (4, 3)
    failed = [(failure.pointer, failure.fault.type, failure.fault.code) for failure in result.failures]
    assert failed == [("/output/1", "KeyError", "python x.py"), ("/output/2", None, "python y.py")]


def test_what_a_local_shell_ran_is_read(write: Write, scanned: Scanned) -> None:
    action = {"type": "exec", "command": ["bash", "-lc", "python x.py"]}
    told = json.dumps({"output": TRACEBACK, "metadata": {"exit_code": 1}})
    rows = [
        {"type": "local_shell_call", "id": "l1", "call_id": "c1", "status": "completed", "action": action},
        {"type": "local_shell_call_output", "call_id": "c1", "output": told},
    ]
    write("a.jsonl", rows)
    (failure,) = scanned().failures
    assert (failure.fault.code, failure.fault.exit_code) == ("python x.py", 1)


def test_code_that_ran_at_the_provider_is_one_item(write: Write, scanned: Scanned) -> None:
    item = {"type": "code_interpreter_call", "id": "ci_1", "code": "go()", "status": "completed"}
    rows = [
        {**item, "outputs": [{"type": "logs", "logs": TRACEBACK}, {"type": "image", "url": "u"}]},
        {**item, "id": "ci_2", "outputs": []},
        {**item, "id": "ci_3", "outputs": None, "status": "in_progress"},
        {**item, "id": "ci_4", "outputs": None, "status": "failed"},
        {**item, "id": "ci_5", "outputs": [None], "status": {"odd": []}},
    ]
    write("a.jsonl", rows)
    result = scanned()
    assert result.executions == 5
    assert [(failure.line, failure.fault.type) for failure in result.failures] == [(1, "KeyError"), (4, None)]


def test_a_remote_tool_that_fails_is_told_by_its_error(write: Write, scanned: Scanned) -> None:
    item = {
        "type": "mcp_call",
        "id": "m1",
        "name": "run_python",
        "server_label": "lab",
        "arguments": '{"code": "go()"}',
    }
    write("a.jsonl", [{**item, "output": None, "error": TRACEBACK}, {**item, "id": "m2", "output": "1", "error": None}])
    result = scanned()
    assert (result.executions, [failure.line for failure in result.failures]) == (2, [1])


def test_calls_with_empty_ids_are_answered_in_their_order(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [call("", "first()"), call("", "second()"), answer("", "1"), answer("")])
    (failure,) = scanned().failures
    assert failure.fault.code == "second()"


def test_responses_that_follow_each_other_are_one_session(write: Write, scanned: Scanned) -> None:
    rows = [
        response("r1", [call("c1")], input="Go.", model="model-1"),
        response("r9", [call("c9")], input="Something else."),
        response("r2", [call("c2")], input=[answer("c1")], previous_response_id="r1"),
        response("r3", [], input=[asked("Again."), answer("c2")], previous_response_id="r2"),
        response("r10", [], input=[asked("Something else."), call("c9"), answer("c9", "1")]),
    ]
    write("a.jsonl", rows)
    result = scanned()
    assert [(session.id, session.executions, session.model) for session in result.sessions] == [
        ("r1", 2, "model-1"),
        ("r9", 1, None),
    ]
    assert [(failure.line, failure.user_request) for failure in result.failures] == [(3, "Go."), (4, "Go.")]
