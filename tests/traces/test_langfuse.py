"""Langfuse observations: the shapes in which they are exported, and which spans are calls."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skills_lint.traces.result import ScanResult

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]


def observation(number: int, kind: str, given: Any, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"o{number}", "traceId": "t1", "type": kind, "name": "python", "level": "DEFAULT",
        "startTime": f"2026-09-21T14:13:{number:02}.000Z", "parentObservationId": None if number == 1 else "o1",
        "input": given, **fields,
    }  # fmt: skip


def snake(fields: dict[str, Any]) -> dict[str, Any]:
    return {re.sub("[A-Z]", lambda found: f"_{found[0].lower()}", key): value for key, value in fields.items()}


TRACE = {"id": "t1", "timestamp": "2026-09-21T14:13:00.000Z", "sessionId": "chat-1", "input": "read the prices"}
ROOT = observation(1, "AGENT", {"messages": [{"role": "user", "content": "read the prices"}]}, sessionId="chat-1")
FAILED = observation(2, "TOOL", '{"code": "go()"}', level="ERROR", statusMessage="KeyError: 'x'")
SHAPES: dict[str, Any] = {
    "a trace and observations": json.dumps({"trace": TRACE, "observations": [FAILED]}, indent=1),
    "a trace with observations": json.dumps({**TRACE, "observations": [FAILED]}, indent=1),
    "a trace with observations, a line": json.dumps({"trace": {**TRACE, "observations": [FAILED]}}),
    "a page of the interface": json.dumps({"data": [FAILED, ROOT], "meta": {}}, indent=1),
    "a list": json.dumps([ROOT, FAILED]),
    "enriched lines in snake case": "\n".join(json.dumps(snake(row)) for row in (ROOT, FAILED)),
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES.keys())
def test_observations_are_read_as(text: str, write: Write, scanned: Scanned) -> None:
    write("a.json", text)
    result = scanned()
    (failure,) = result.failures
    assert (failure.format, failure.session, failure.user_request) == ("langfuse", "chat-1", "read the prices")
    assert (failure.fault.type, failure.fault.message, failure.fault.code) == ("KeyError", "'x'", "go()")
    assert (result.tool_calls, result.executions) == (1, 1)


def test_a_span_that_runs_code_is_a_call(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [ROOT, observation(2, "SPAN", {"code": "import prices\nprices.go()"}, name="step", output="1")])
    assert (scanned().tool_calls, scanned().executions) == (1, 1)


def test_a_span_that_holds_others_is_none(write: Write, scanned: Scanned) -> None:
    holder = observation(2, "SPAN", {}, name="python agent", level="ERROR", statusMessage="KeyError: 'x'")
    write("a.jsonl", [ROOT, holder, {**FAILED, "id": "o3", "parentObservationId": "o2"}])
    result = scanned()
    assert (result.tool_calls, [failure.line for failure in result.failures]) == (1, [3])


def test_a_span_without_code_that_did_not_fail_is_none(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [ROOT, observation(2, "SPAN", {"documents": 4}, name="rank"), FAILED])
    assert scanned().tool_calls == 1


def test_the_output_may_tell_the_failure_as_json(write: Write, scanned: Scanned) -> None:
    told = '{"success": false, "error": "KeyError: \'x\'"}'
    write("a.jsonl", [observation(2, "TOOL", {"code": "go()"}, output=told)])
    assert [failure.fault.type for failure in scanned().failures] == ["KeyError"]


def test_without_a_root_the_request_is_what_the_model_was_last_asked(write: Write, scanned: Scanned) -> None:
    model = observation(3, "GENERATION", [{"role": "user", "content": "go on"}], model="model-1")
    write("a.jsonl", [{**model, "startTime": "2026-09-21T14:13:01.000Z"}, FAILED])
    result = scanned()
    assert [failure.user_request for failure in result.failures] == ["go on"]
    assert [(session.id, session.model) for session in result.sessions] == [("t1", "model-1")]


CALL = {"id": "call_1", "type": "function", "function": {"name": "execute_python", "arguments": '{"code": "go()"}'}}
USE = {"type": "tool_use", "id": "call_1", "name": "execute_python", "input": {"code": "go()"}}
GIVEN: dict[str, list[dict[str, Any]]] = {
    "as OpenAI's chat": [
        {"role": "assistant", "tool_calls": [CALL]},
        {"role": "tool", "tool_call_id": "call_1", "content": "KeyError: 'x'"},
    ],
    "as OpenAI's items": [
        {"type": "function_call", "call_id": "call_1", "name": "execute_python", "arguments": '{"code": "go()"}'},
        {"type": "function_call_output", "call_id": "call_1", "output": "KeyError: 'x'"},
    ],
    "as Anthropic's blocks": [
        {"role": "assistant", "content": [USE]},
        {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "call_1", "content": "KeyError: 'x'"}]},
    ],
}


@pytest.mark.parametrize("given", GIVEN.values(), ids=GIVEN.keys())
def test_where_only_models_are_traced_calls_are_read_from_their_messages(
    given: list[dict[str, Any]], write: Write, scanned: Scanned
) -> None:
    asked = {"role": "user", "content": "read the prices"}
    first = observation(2, "GENERATION", [asked])
    second = observation(3, "GENERATION", json.dumps({"messages": [asked, *given]}))
    third = observation(4, "GENERATION", [asked, *given, {"role": "assistant", "content": "It has none."}])
    write("a.jsonl", [first, second, third])
    result = scanned()
    (failure,) = result.failures
    assert (failure.line, failure.fault.type, failure.fault.code, failure.user_request) == (
        2, "KeyError", "go()", "read the prices",
    )  # fmt: skip
    assert result.tool_calls == 1
    write("a.jsonl", [first, second, third, FAILED])
    assert [failure.line for failure in scanned().failures] == [4]
