"""OpenInference spans: the shapes in which they are exported, whose request they serve, and what is told twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skills_lint.traces.result import ScanResult

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
CODE = '{"code": "go()"}'
THROWN = {"name": "exception", "attributes": {"exception.type": "KeyError", "exception.message": "x"}}


def span(number: int, kind: str, attributes: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "name": f"span {number}", "context": {"trace_id": TRACE, "span_id": f"s{number}"}, "parent_id": "s1",
        "start_time": f"2026-09-21T14:13:{number:02}+00:00", "status_code": "OK",
        "attributes": {"openinference.span.kind": kind, **attributes}, **fields,
    }  # fmt: skip


ROOT = span(1, "AGENT", {"input.value": '{"question": "read the prices"}', "session.id": "chat-1"}, parent_id=None)
FAILED = span(2, "TOOL", {"tool.name": "python", "input.value": CODE}, status_code="ERROR", events=[THROWN])
PHOENIX_ROWS = [
    {"name": "agent", "span_kind": "AGENT", "parent_id": None, "start_time": 1790000001000,
     "context.trace_id": TRACE, "context.span_id": "s1", "attributes.input.value": "read the prices",
     "attributes.session.id": "chat-1"},
    {"name": "python", "span_kind": "TOOL", "parent_id": "s1", "start_time": 1790000002000, "status_code": "ERROR",
     "context.trace_id": TRACE, "context.span_id": "s2", "attributes.input.value": CODE, "events": [THROWN]},
]  # fmt: skip
NESTED = [
    {**ROOT, "span_kind": "AGENT",
     "attributes": {"input": {"value": "read the prices"}, "session": {"id": "chat-1"}}},
    {**FAILED, "span_kind": "TOOL",
     "attributes": {"tool": {"name": "python"}, "input": {"value": {"code": "go()"}}}},
]  # fmt: skip
PYTHON_SDK = [
    {**row, "status": {"status_code": row["status_code"]}, "kind": "SpanKind.INTERNAL", "status_code": None}
    for row in (ROOT, FAILED)
]
CAMEL = [
    {"name": "python", "spanKind": row["attributes"]["openinference.span.kind"].lower(), "statusCode": "ERROR",
     "context": {"traceId": TRACE, "spanId": row["context"]["span_id"]}, "parentId": row["parent_id"],
     "startTime": row["start_time"], "attributes": json.dumps(row["attributes"]), "events": row.get("events", [])}
    for row in (ROOT, FAILED)
]  # fmt: skip
SHAPES: dict[str, Any] = {
    "lines": "\n".join(map(json.dumps, [ROOT, FAILED])),
    "a list": json.dumps([ROOT, FAILED]),
    "a page of the interface": json.dumps({"data": [FAILED, ROOT], "next_cursor": None}),
    "a document of spans": json.dumps({"traceId": TRACE, "spans": [ROOT, FAILED]}),
    "rows with columns": "\n".join(map(json.dumps, PHOENIX_ROWS)),
    "attributes in objects": json.dumps(NESTED),
    "spans of OpenTelemetry's SDK": "\n".join(map(json.dumps, PYTHON_SDK)),
    "attributes as JSON": json.dumps({"data": CAMEL}),
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES.keys())
def test_spans_are_read_as(text: str, write: Write, scanned: Scanned) -> None:
    write("a.json", text)
    result = scanned()
    (failure,) = result.failures
    assert (failure.format, failure.session, failure.fault.type, failure.fault.code) == (
        "openinference", "chat-1", "KeyError", "go()",
    )  # fmt: skip
    assert failure.user_request == "read the prices"
    assert (result.tool_calls, result.executions) == (1, 1)


def test_the_request_is_known_though_the_root_is_exported_last(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [FAILED, ROOT])
    assert [(failure.line, failure.user_request) for failure in scanned().failures] == [(1, "read the prices")]


def test_without_a_root_the_request_is_what_the_model_was_last_asked(write: Write, scanned: Scanned) -> None:
    messages = [{"message": {"role": role, "content": f"said by {role}"}} for role in ("system", "user", "assistant")]
    model = span(1, "LLM", {"llm.input_messages": messages, "llm.model_name": "model-1"}, parent_id="s0")
    write("a.jsonl", [model, FAILED])
    result = scanned()
    assert [failure.user_request for failure in result.failures] == ["said by user"]
    assert result.sessions[0].model == "model-1"


def test_a_call_that_two_layers_trace_is_counted_once(write: Write, scanned: Scanned) -> None:
    inner = span(3, "TOOL", {"tool.name": "python", "input.value": {"code": "go()"}}, parent_id="s2", events=[THROWN])
    write("a.jsonl", [ROOT, inner, FAILED])
    result = scanned()
    assert (result.tool_calls, [failure.line for failure in result.failures]) == (1, [3])


def test_what_an_agent_runs_within_a_call_is_asked_for_by_that_call(write: Write, scanned: Scanned) -> None:
    task = span(2, "TOOL", {"tool.name": "task", "input.value": '{"prompt": "look at the opening prices"}'})
    agent = span(3, "AGENT", {"input.value": "look at the opening prices"}, parent_id="s2")
    failed = {**FAILED, "context": {"trace_id": TRACE, "span_id": "s4"}, "parent_id": "s3"}
    good = span(5, "TOOL", {"tool.name": "python", "input.value": CODE, "output.value": "1"}, parent_id="s1")
    write("a.jsonl", [ROOT, task, agent, {**failed, "start_time": "2026-09-21T14:13:04+00:00"}, good])
    (failure,) = scanned().failures
    assert (failure.user_request, failure.next) == ("look at the opening prices", ())


def test_a_good_status_does_not_hide_a_traceback(write: Write, scanned: Scanned) -> None:
    text = "Traceback (most recent call last):\n  File \"x.py\", line 1, in <module>\nKeyError: 'close'\n"
    write("a.jsonl", [span(2, "TOOL", {"tool.name": "python", "input.value": CODE, "output.value": text})])
    assert [failure.fault.type for failure in scanned().failures] == ["KeyError"]


@pytest.mark.parametrize("status", ["success", "error"])
def test_what_a_tool_returned_is_taken_out_of_langchains_message(status: str, write: Write, scanned: Scanned) -> None:
    text = "Traceback (most recent call last):\n  File \"x.py\", line 1, in <module>\nKeyError: 'x'"
    message = {"content": text, "name": "python", "tool_call_id": "call_1", "status": status}
    outputs = [
        json.dumps({"type": "tool", **message}),
        json.dumps({"type": "tool", "data": message}),
        f"content={text!r} name='python' tool_call_id='call_1' status='{status}'",
    ]
    write("a.jsonl", [
        span(number, "TOOL", {"tool.name": "python", "input.value": CODE, "output.value": output})
        for number, output in enumerate(outputs, 2)
    ])  # fmt: skip
    assert [(f.fault.type, f.fault.message, f.fault.traceback) for f in scanned().failures] == [
        ("KeyError", "'x'", text)
    ] * 3


def test_content_blocks_may_be_json_in_a_text(write: Write, scanned: Scanned) -> None:
    text = "Traceback (most recent call last):\n  File \"x.py\", line 1, in <module>\nKeyError: 'x'"
    blocks = json.dumps([{"type": "text", "text": text}])
    write("a.jsonl", [span(2, "TOOL", {"tool.name": "python", "input.value": CODE, "output.value": blocks})])
    assert [failure.fault.traceback for failure in scanned().failures] == [text]


def test_what_only_looks_like_a_message_is_left_as_it_is(write: Write, scanned: Scanned) -> None:
    text = "content='\\x' name='python'\nKeyError: 'x'"
    write("a.jsonl", [span(2, "TOOL", {"tool.name": "python", "output.value": text}, status_code="ERROR")])
    assert [failure.fault.traceback for failure in scanned().failures] == [text]


def test_older_spans_hold_the_arguments_as_parameters(write: Write, scanned: Scanned) -> None:
    older = span(2, "TOOL", {"tool.name": "python", "tool.parameters": CODE}, status_code="ERROR")
    schema = '{"type": "object", "properties": {"code": {"type": "string"}}}'
    newer = span(3, "TOOL", {"tool.name": "python", "tool.parameters": schema}, status_code="ERROR")
    write("a.jsonl", [older, newer])
    assert [failure.fault.code for failure in scanned().failures] == ["go()", None]


def test_a_skill_that_a_tool_loaded_is_named(write: Write, scanned: Scanned) -> None:
    by_name = span(2, "TOOL", {"tool.name": "load_skill", "input.value": '{"name": "prices"}'})
    by_file = span(3, "TOOL", {"tool.name": "read_file", "input.value": '{"path": "/skills/dates/SKILL.md"}'})
    write("a.jsonl", [ROOT, by_name, by_file])
    assert [skill.name for session in scanned().sessions for skill in session.loaded] == ["prices", "dates"]


def test_spans_of_other_programs_are_not_taken_for_these(write: Write, scanned: Scanned) -> None:
    write(
        "a.jsonl",
        [{"span_kind": "SERVER", "context": {"trace_id": TRACE, "span_id": "s1"}, "code": "x = 1", "output": "1"}],
    )
    assert [session.format for session in scanned().sessions] == ["heuristic"]
