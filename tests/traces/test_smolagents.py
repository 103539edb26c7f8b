"""smolagents' steps: where they stand, what an error belongs to, and where the task is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skills_lint.traces.result import ScanResult

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]

ERROR = {"type": "AgentExecutionError", "message": "Code execution failed at line 'go()' due to: KeyError: 'x'"}
TRACEBACK = "Traceback (most recent call last):\n  File \"x.py\", line 1, in <module>\nKeyError: 'x'"
TASK = {"task": "read the prices", "task_images": None}


def action(number: int, *calls: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "step_number": number, "timing": {"start_time": 1790000000.0 + number, "end_time": 1790000000.5 + number},
        "tool_calls": list(calls), "error": None, "observations": None, "code_action": None, **fields,
    }  # fmt: skip


def interpreted(number: int, code: str = "go()", **fields: Any) -> dict[str, Any]:
    call = {"id": f"call_{number}", "type": "function", "function": {"name": "python_interpreter", "arguments": code}}
    return action(number, call, code_action=code, **fields)


FAILED = interpreted(1, error=ERROR)
SHAPES: dict[str, tuple[str, str]] = {
    "a list": (json.dumps([TASK, FAILED], indent=1), "a.json"),
    "a step a line": ("\n".join(map(json.dumps, [TASK, FAILED])), "a.json"),
    "the result of a run": (json.dumps({"output": None, "steps": [TASK, FAILED], "state": "success"}), "a.json"),
    "a memory": (json.dumps({"memory": {"system_prompt": {"system_prompt": ""}, "steps": [TASK, FAILED]}}), "a.json"),
    "a named run a line": (json.dumps({"run_id": "r1", "question": "read the prices", "steps": [FAILED]}), "r1"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "session"), SHAPES.values(), ids=SHAPES.keys())
def test_steps_are_read_as(text: str, session: str, write: Write, scanned: Scanned) -> None:
    write("a.json", text)
    (failure,) = scanned().failures
    assert (failure.format, failure.session, failure.user_request) == ("smolagents", session, "read the prices")
    assert (failure.fault.type, failure.fault.message, failure.fault.code) == ("KeyError", "'x'", "go()")


def test_runs_that_fill_a_line_each_are_sessions_of_their_own(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [{"steps": [TASK, FAILED]}, {"steps": [{"task": "go on"}, FAILED]}])
    assert [(f.session, f.user_request) for f in scanned().failures] == [
        ("a.jsonl#1", "read the prices"),
        ("a.jsonl#2", "go on"),
    ]


def test_older_calls_are_not_wrapped_as_functions(write: Write, scanned: Scanned) -> None:
    call = {"id": "call_1", "name": "python_interpreter", "arguments": "go()"}
    write("a.jsonl", [TASK, action(1, call, error=ERROR)])
    assert [failure.fault.code for failure in scanned().failures] == ["go()"]


def test_code_without_a_call_was_run(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [TASK, {**action(1, code_action="go()", error=ERROR), "tool_calls": None}])
    assert [failure.fault.code for failure in scanned().failures] == ["go()"]


def test_a_step_that_ran_nothing_is_no_call(write: Write, scanned: Scanned) -> None:
    parsing = {"type": "AgentParsingError", "message": "Error in code parsing: SyntaxError"}
    write("a.jsonl", [TASK, FAILED, action(2, error=parsing, code_action=None)])
    assert scanned().tool_calls == 1


def test_an_error_is_that_of_the_call_that_it_names(write: Write, scanned: Scanned) -> None:
    calls = [
        {"id": name, "function": {"name": name, "arguments": {"code": f"{name}()"}}}
        for name in ("run_python", "run_cell")
    ]
    error = {"type": "AgentToolExecutionError", "message": "Error executing tool 'run_python' with {}: KeyError: 'x'"}
    write("a.jsonl", [TASK, action(1, *calls, error=error)])
    result = scanned()
    assert (result.tool_calls, [failure.fault.code for failure in result.failures]) == (2, ["run_python()"])


def test_a_traceback_that_the_code_printed_and_survived_is_no_failure(write: Write, scanned: Scanned) -> None:
    write(
        "a.jsonl",
        [TASK, interpreted(1, observations=f"Execution logs:\n{TRACEBACK}\nLast output from code snippet:\n1")],
    )
    assert (scanned().executions, scanned().failures) == (1, ())


def test_a_traceback_that_another_tool_returned_is_a_failure(write: Write, scanned: Scanned) -> None:
    call = {"id": "c", "function": {"name": "run_python", "arguments": {"code": "go()"}}}
    write("a.jsonl", [TASK, action(1, call, observations=TRACEBACK)])
    assert [failure.fault.type for failure in scanned().failures] == ["KeyError"]


def test_the_task_may_be_known_only_from_what_the_model_was_told(write: Write, scanned: Scanned) -> None:
    messages = [
        {"role": role, "content": [{"type": "text", "text": text}]}
        for role, text in (("system", "Write code."), ("user", "New task:\nread the prices"))
    ]
    write("a.jsonl", [{**FAILED, "model_input_messages": messages}])
    assert [failure.user_request for failure in scanned().failures] == ["read the prices"]
