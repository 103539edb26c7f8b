"""AutoGen of all versions and other group chats: who ran which blocks, and calls with their results."""

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
FAILED = f"exitcode: 1 (execution failed)\nCode output: {ERROR}"
WENT_WELL = "exitcode: 0 (execution succeeded)\nCode output: \n1\n"


def said(content: Any, name: str = "Expert", role: str = "assistant", **fields: Any) -> dict[str, Any]:
    return {"role": role, "name": name, "content": content, **fields}


def block(code: str, language: str = "python") -> str:
    return f"I run this.\n\n```{language}\n{code}\n```\n"


def chat(*messages: dict[str, Any], **fields: Any) -> str:
    return json.dumps({"history": [said("Price?", "manager", "user"), *messages], **fields}, indent=1)


def agent(kind: str, source: str = "coder", **fields: Any) -> dict[str, Any]:
    return {"type": kind, "source": source, "models_usage": None, "metadata": {}, **fields}


BLOCKS = {
    "of Python": (block("{}[1]"), "{}[1]"),
    "of no language": (block("{}[1]", ""), "{}[1]"),
    "of no language, with a command": (block("python x.py", ""), "python x.py"),
    "of the shell": (block("python x.py", "sh"), "python x.py"),
    "of many": (block("pip install prices", "sh") + block("a = {}") + block("a[1]"), "a = {}\na[1]"),
    "beside an example of output": (block("{}[1]") + block("1", ""), "{}[1]"),
}


@pytest.mark.parametrize(("content", "code"), BLOCKS.values(), ids=BLOCKS.keys())
def test_the_executor_runs_blocks(content: str, code: str, write: Write, scanned: Scanned) -> None:
    write("a.json", chat(said(content), said(FAILED, "terminal", "user")))
    (failure,) = scanned().failures
    assert (failure.format, failure.pointer, failure.user_request) == ("autogen", "/history/2", "Price?")
    assert (failure.fault.type, failure.fault.code, failure.fault.exit_code) == ("KeyError", code, 1)


def test_blocks_run_once_and_the_question_goes_before_the_first_message(write: Write, scanned: Scanned) -> None:
    again = [said(FAILED, "terminal", "user"), said("I think."), said(WENT_WELL, "terminal", "user")]
    write("a.json", chat(said(block("{}[1]")), *again, question="What did it close at?"))
    result = scanned()
    assert result.executions == 2
    (failure,) = result.failures
    assert failure.user_request == "What did it close at?"
    assert [(attempt.failed, attempt.code) for attempt in failure.next] == [(False, None)]


def test_a_status_that_is_quoted_is_no_run(write: Write, scanned: Scanned) -> None:
    write("a.json", chat(said(block("{}[1]")), said(f"The terminal said:\n{FAILED}"), said(WENT_WELL, "terminal")))
    assert [len(scanned().failures), scanned().executions] == [0, 1]


def test_a_language_that_nobody_runs_is_no_execution(write: Write, scanned: Scanned) -> None:
    told = "exitcode: 1 (execution failed)\nCode output: unknown language json"
    write("a.json", chat(said(block("{}", "json")), said(told, "terminal", "user")))
    assert (scanned().executions, len(scanned().failures)) == (0, 0)


def test_calls_and_responses_of_a_chat_are_paired(write: Write, scanned: Scanned) -> None:
    call = {"id": "c", "type": "function", "function": {"name": "python", "arguments": '{"code": "{}[1]"}'}}
    answer = {"tool_call_id": "c", "role": "tool", "content": ERROR}
    write("a.json", chat(said(None, tool_calls=[call]), said(ERROR, role="tool", tool_responses=[answer])))
    assert [failure.pointer for failure in scanned().failures] == ["/history/2/tool_responses/0"]


POSIX = "The script ran, then exited with an error (POSIX exit code: 1)\nIts output was:\n"
RESULT = {"call_id": "c", "name": "python", "content": ERROR, "is_error": True}
CALL = agent("ToolCallRequestEvent", content=[{"id": "c", "name": "python", "arguments": '{"code": "{}[1]"}'}])
TOLD = {
    "an event with a result": [
        agent("CodeGenerationEvent", content=block("{}[1]")),
        agent("CodeExecutionEvent", retry_attempt=0, result={"exit_code": 1, "output": ERROR}),
    ],
    "an executor": [
        agent("TextMessage", content=block("{}[1]")),
        agent("TextMessage", "executor", content=POSIX + ERROR),
    ],
    "the result of a call": [CALL, agent("ToolCallExecutionEvent", content=[RESULT])],
    "a result without ids": [
        agent("ToolCallRequestEvent", content=[{"name": "python", "arguments": '{"code": "{}[1]"}'}]),
        agent("ToolCallExecutionEvent", content=[{"name": "python", "content": ERROR}]),
    ],
}


@pytest.mark.parametrize("messages", TOLD.values(), ids=TOLD.keys())
@pytest.mark.parametrize("alone", [True, False], ids=["a message a line", "a list"])
def test_a_failure_is_told_by(messages: list[dict[str, Any]], alone: bool, write: Write, scanned: Scanned) -> None:
    rows = [agent("TextMessage", "user", content="Price?", created_at="2026-09-21T14:13:20.123Z"), *messages]
    write("a.jsonl", rows if alone else [{"messages": rows, "stop_reason": None}])
    (failure,) = scanned().failures
    assert (failure.fault.type, failure.fault.code, failure.user_request) == ("KeyError", "{}[1]", "Price?")


def test_roles_name_the_agents_of_some_teams(write: Write, scanned: Scanned) -> None:
    asked = [
        {"role": "human", "content": "Price?"},
        {"role": "Orchestrator (thought)", "content": "Ask the Assistant."},
    ]
    ran = [{"role": "ComputerTerminal", "content": text} for text in ("1", POSIX.replace("POSIX", "Unix") + ERROR)]
    code = {"role": "Assistant", "content": block("{}[1]")}
    write("a.json", json.dumps({"question_ID": "q", "history": [*asked, code, ran[0], code, ran[1]]}, indent=1))
    result = scanned()
    assert (result.executions, [failure.pointer for failure in result.failures]) == (2, ["/history/5"])
    assert result.failures[0].user_request == "Price?"


def test_what_an_executor_says_without_a_status_went_well(write: Write, scanned: Scanned) -> None:
    code = agent("TextMessage", content=block("{}[1]"))
    rows = [
        code,
        *(agent("TextMessage", "executor", content=text) for text in (POSIX + ERROR, "No code blocks found.")),
    ]
    write("a.jsonl", [*rows, code, agent("TextMessage", "executor", content="1")])
    result = scanned()
    assert result.executions == 2
    assert [len(failure.next) for failure in result.failures] == [1]
