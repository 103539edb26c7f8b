"""Pydantic AI messages: how a part says that a tool failed, or never ran, and which run it belongs to."""

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


def part(kind: str, **fields: Any) -> dict[str, Any]:
    return {"part_kind": kind, **fields}


def call(args: Any = '{"code": "{}[1]"}', call_id: str | None = "c", kind: str = "tool-call") -> dict[str, Any]:
    return part(kind, tool_name="execute_python", args=args, tool_call_id=call_id)


def answer(content: Any, call_id: str | None = "c", kind: str = "tool-return", **fields: Any) -> dict[str, Any]:
    return part(kind, tool_name="execute_python", content=content, tool_call_id=call_id, **fields)


def request(*parts: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"kind": "request", "parts": list(parts), **fields}


def response(*parts: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"kind": "response", "parts": list(parts), **fields}


ARGUMENTS = {
    "JSON": '{"code": "{}[1]"}',
    "an object": {"code": "{}[1]"},
    "JSON, as early versions have it": {"args_json": '{"code": "{}[1]"}'},
    "an object, as early versions have it": {"args_dict": {"code": "{}[1]"}},
}


@pytest.mark.parametrize("args", ARGUMENTS.values(), ids=ARGUMENTS.keys())
def test_the_code_is_read_from_arguments(args: Any, write: Write, scanned: Scanned) -> None:
    write("a.json", json.dumps([response(call(args)), request(answer(ERROR, kind="retry-prompt"))], indent=1))
    (failure,) = scanned().failures
    assert (failure.pointer, failure.fault.type, failure.fault.code) == ("/1/parts/0", "KeyError", "{}[1]")


FAILED = {
    "that a tool raised `ModelRetry`": answer("KeyError: 1", kind="retry-prompt"),
    "its outcome": answer("KeyError: 1", outcome="failed"),
    "what a good return shows": answer(ERROR, outcome="success"),
    "what Google's sandbox says": answer({"outcome": "OUTCOME_FAILED", "output": ERROR}, kind="builtin-tool-return"),
    "what Anthropic's sandbox says": answer({"return_code": 1, "stdout": "", "stderr": ERROR}),
}


@pytest.mark.parametrize("told", FAILED.values(), ids=FAILED.keys())
def test_a_failure_is_known_by(told: dict[str, Any], write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [response(call()), request(told)])
    assert [failure.fault.type for failure in scanned().failures] == ["KeyError"]


NEVER_RAN = {
    "arguments were wrong": answer(
        [{"type": "missing", "loc": ["code"], "msg": "Field required"}], kind="retry-prompt"
    ),
    "the tool is unknown": answer("Unknown tool name: 'execute_python'.", kind="retry-prompt"),
    "the user denied it": answer("The tool call was denied.", outcome="denied"),
}


@pytest.mark.parametrize("told", NEVER_RAN.values(), ids=NEVER_RAN.keys())
def test_a_call_never_ran_if(told: dict[str, Any], write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [response(call()), request(told)])
    result = scanned()
    assert (result.tool_calls, result.executions, result.other_failures) == (1, 0, 0)


def test_what_the_provider_ran_is_answered_in_the_same_message(write: Write, scanned: Scanned) -> None:
    ran = [call(kind="builtin-tool-call"), answer({"return_code": 1, "stderr": ERROR}, kind="builtin-tool-return")]
    write("a.json", json.dumps([response(*ran)]))
    assert [failure.pointer for failure in scanned().failures] == ["/0/parts/1"]


def test_calls_without_ids_are_answered_in_their_order(write: Write, scanned: Scanned) -> None:
    calls = response(call({"code": "1"}, None), call({"code": "2"}, None))
    write("a.jsonl", [calls, request(answer("1", None), answer(ERROR, None))])
    assert [failure.fault.code for failure in scanned().failures] == ["2"]


def test_a_history_that_repeats_an_earlier_run_tells_it_once(write: Write, scanned: Scanned) -> None:
    first = [request(part("user-prompt", content="One"), run_id="r1"), response(call(), run_id="r1")]
    first.append(request(answer(ERROR), run_id="r1"))
    second = [request(part("user-prompt", content=["Two"]), run_id="r2"), response(call(), run_id="r2")]
    write("a.json", json.dumps(first))
    write("b.json", json.dumps([*first, *second, request(answer(ERROR), run_id="r2")]))
    result = scanned()
    assert [(failure.session, failure.user_request) for failure in result.failures] == [("r1", "One"), ("r2", "Two")]


def test_instructions_offer_skills(write: Write, scanned: Scanned) -> None:
    listed = "<available_skills>\n<skill><name>{}</name></skill>\n</available_skills>"
    prompt = part("system-prompt", content=listed.format("prices"))
    write("a.jsonl", [request(prompt, instructions=listed.format("dates")), response(call()), request(answer("1"))])
    assert [session.offered for session in scanned().sessions] == [("dates", "prices")]


def test_a_list_on_a_line_is_a_session(write: Write, scanned: Scanned) -> None:
    messages = [response(call(), model_name="model-1"), request(answer(ERROR))]
    write("a.jsonl", [{"session_id": "s", "messages": messages}, {"messages": messages}, [*messages, *messages[:1]]])
    result = scanned()
    assert [session.id for session in result.sessions] == ["s", "a.jsonl#2", "a.jsonl#3"]
    assert [failure.pointer for failure in result.failures] == [
        "/messages/1/parts/0",
        "/messages/1/parts/0",
        "/1/parts/0",
    ]
    assert {session.model for session in result.sessions} == {"model-1"}
