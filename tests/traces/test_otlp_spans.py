"""OpenTelemetry spans: which are executions, what they are told to have thrown, and whose request they serve."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from skills_lint.traces.result import ScanResult

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]
TRACEBACK = "Traceback (most recent call last):\n  File \"x.py\", line 1, in <module>\nKeyError: 'close'\n"


def attributes(given: dict[str, str]) -> list[dict[str, Any]]:
    return [{"key": key, "value": {"stringValue": value}} for key, value in given.items()]


def span(number: int, given: dict[str, str], **fields: Any) -> dict[str, Any]:
    return {
        "traceId": "4bf92f3577b34da6a3ce929d0e0e4736", "spanId": f"00f067aa0ba902b{number}", "name": "execute_tool",
        "startTimeUnixNano": f"179000000{number}000000000", "attributes": attributes(given), **fields,
    }  # fmt: skip


def export(*spans: dict[str, Any]) -> dict[str, Any]:
    return {"resourceSpans": [{"scopeSpans": [{"spans": list(spans)}]}]}


TOOL = {"gen_ai.tool.name": "execute_python", "gen_ai.tool.call.arguments": '{"code": "go()"}'}
THROWN = {"name": "exception", "attributes": attributes({"exception.type": "KeyError", "exception.message": "x"})}


def test_several_spans_of_a_line_are_told_apart_by_pointer(write: Write, scanned: Scanned) -> None:
    failed = span(2, TOOL, events=[THROWN], status={"code": 2})
    write("a.jsonl", [export(span(1, {**TOOL, "gen_ai.tool.call.result": "1"}), failed)])
    (failure,) = scanned().failures
    assert (failure.line, failure.pointer) == (1, "/resourceSpans/0/scopeSpans/0/spans/1")
    assert (failure.fault.type, failure.fault.message, failure.fault.code) == ("KeyError", "x", "go()")


def test_a_span_of_a_whole_document_is_named_by_its_pointer(write: Write, scanned: Scanned) -> None:
    write("a.json", json.dumps(export(span(1, TOOL, events=[THROWN], status={"code": 2})), indent=1))
    (failure,) = scanned().failures
    assert (failure.line, failure.pointer) == (None, "/resourceSpans/0/scopeSpans/0/spans/0")


def test_a_good_status_does_not_hide_a_traceback(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [export(span(1, {**TOOL, "gen_ai.tool.call.result": TRACEBACK}, status={"code": 1}))])
    assert [failure.fault.type for failure in scanned().failures] == ["KeyError"]


def test_what_the_user_said_may_be_an_event_of_a_span(write: Write, scanned: Scanned) -> None:
    said = {"name": "gen_ai.user.message", "attributes": attributes({"content": "read the prices"})}
    write("a.jsonl", [export(span(1, {}, events=[said])), export(span(2, TOOL, events=[THROWN], status={"code": 2}))])
    assert [failure.user_request for failure in scanned().failures] == ["read the prices"]


def test_spans_with_the_attributes_of_openinference_are_read(write: Write, scanned: Scanned) -> None:
    given = {"tool.name": "python", "input.value": '{"code": "go()"}', "output.value": TRACEBACK, "session.id": "s1"}
    write("a.jsonl", [export(span(1, given))])
    (failure,) = scanned().failures
    assert (failure.session, failure.fault.code) == ("s1", "go()")


def test_a_range_of_exports_may_lack_what_is_optional(write: Write, scanned: Scanned) -> None:
    bare = {
        "resourceSpans": [{}, {"scopeSpans": [{"spans": [{"name": "execute_tool python", "status": {"code": 2}}]}]}]
    }
    write("a.jsonl", [bare, {"resourceSpans": None}])
    result = scanned()
    assert (result.tool_calls, result.executions, len(result.failures)) == (1, 1, 1)
