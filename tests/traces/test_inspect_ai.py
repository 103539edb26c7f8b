"""Inspect AI logs: logs and samples, events and messages, attachments, calls that never ran, and agents in calls."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skills_lint.traces.result import ScanResult

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]

TRACEBACK = "Traceback (most recent call last):\n  File \"x.py\", line 1, in <module>\nKeyError: 'x'"


def event(number: int, result: Any = "", **fields: Any) -> dict[str, Any]:
    return {
        "event": "tool", "id": f"c{number}", "function": "python", "arguments": {"code": f"go({number})"},
        "result": result, "error": None, "timestamp": f"2026-09-21T14:13:{number:02}+00:00", **fields,
    }  # fmt: skip


def messages(number: int, content: Any, **fields: Any) -> list[dict[str, Any]]:
    call = {"id": f"c{number}", "function": "python", "arguments": {"code": f"go({number})"}, "type": "function"}
    return [
        {"role": "assistant", "content": "", "tool_calls": [call]},
        {"role": "tool", "content": content, "tool_call_id": f"c{number}", "function": "python", **fields},
    ]


def sample(**fields: Any) -> dict[str, Any]:
    return {"id": 1, "epoch": 1, "uuid": "s1", "input": "read the prices", "target": "", "messages": [], **fields}


def log(*samples: dict[str, Any]) -> str:
    header = {"run_id": "r1", "model": "model-1", "created": "2026-09-21T14:13:00+00:00"}
    return json.dumps({"version": 2, "eval": header, "plan": {}, "samples": list(samples)}, indent=1)


def test_a_log_is_read_by_samples(write: Write, scanned: Scanned) -> None:
    write(
        "a.json", log(sample(events=[event(1, TRACEBACK)]), sample(uuid=None, epoch=2, messages=messages(1, TRACEBACK)))
    )
    result = scanned()
    assert [(f.session, f.pointer, f.user_request, f.fault.code) for f in result.failures] == [
        ("s1", "/samples/0/events/0", "read the prices", "go(1)"),
        ("r1/1/2", "/samples/1/messages/1", "read the prices", "go(1)"),
    ]
    assert {(session.format, session.model) for session in result.sessions} == {("inspect-ai", "model-1")}


def test_a_sample_may_stand_alone(write: Write, scanned: Scanned) -> None:
    write("1_epoch_1.json", json.dumps(sample(events=[event(1, TRACEBACK)], output={"model": "model-2"}), indent=1))
    write("header.json", log())
    summary = {"id": 1, "epoch": 1, "uuid": "s1", "input": "read the prices", "target": "", "scores": {}}
    write("summaries.json", json.dumps([summary]))
    result = scanned()
    assert [(session.id, session.model, session.failures) for session in result.sessions] == [("s1", "model-2", 1)]
    assert result.skipped == ()


def test_what_events_and_messages_both_tell_counts_once(write: Write, scanned: Scanned) -> None:
    told = [*messages(1, TRACEBACK), *messages(2, TRACEBACK)]
    write("a.json", log(sample(events=[event(1, TRACEBACK)], messages=told)))
    result = scanned()
    assert [f.pointer for f in result.failures] == ["/samples/0/events/0", "/samples/0/messages/3"]
    assert result.tool_calls == 2


def test_long_texts_are_read_from_the_attachments(write: Write, scanned: Scanned) -> None:
    attached = {"a1": TRACEBACK, "a2": "go(everything)", "a3": "read the prices"}
    ran = event(1, [{"type": "text", "text": "attachment://a1"}], arguments={"code": "attachment://a2"})
    write("a.json", log(sample(input="tc://a3", events=[ran], attachments=attached)))
    (failure,) = scanned().failures
    assert (failure.fault.type, failure.fault.code, failure.user_request) == (
        "KeyError", "go(everything)", "read the prices",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "executions", "failures"),
    [("parsing", 0, 0), ("approval", 0, 0), ("timeout", 1, 1), ("unicode_decode", 1, 1)],
)
def test_an_error_of_the_type(kind: str, executions: int, failures: int, write: Write, scanned: Scanned) -> None:
    error = {"type": kind, "message": "Command timed out before completing." if kind == "timeout" else "no"}
    write("a.json", log(sample(events=[event(1, error=error)])))
    result = scanned()
    assert (result.tool_calls, result.executions, len(result.failures)) == (1, executions, failures)


def test_a_call_that_is_pending_has_no_result(write: Write, scanned: Scanned) -> None:
    write("a.json", log(sample(events=[event(1, pending=True)])))
    assert (scanned().executions, scanned().failures) == (1, ())


HANDED_OVER = event(1, "done", function="researcher", arguments={"input": "look at the opening prices"})
SUBAGENTS = {
    "in a span": [
        {"event": "span_begin", "id": "sp1", "parent_id": None}, {**HANDED_OVER, "agent_span_id": "sp1"},
        {"event": "span_begin", "id": "sp2", "parent_id": "sp1"}, event(2, TRACEBACK, span_id="sp2"), event(3, "1"),
    ],
    "in the event of the call": [
        {**HANDED_OVER, "events": [{"event": "subtask", "events": [event(2, TRACEBACK)]}]}, event(3, "1"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("events", SUBAGENTS.values(), ids=SUBAGENTS.keys())
def test_an_agent_that_a_call_started_is_a_thread(events: list[Any], write: Write, scanned: Scanned) -> None:
    write("a.json", log(sample(events=events)))
    (failure,) = scanned().failures
    assert (failure.user_request, failure.next) == ("look at the opening prices", ())


def test_the_input_may_be_messages(write: Write, scanned: Scanned) -> None:
    asked = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "read the prices"}]
    write("a.json", log(sample(input=asked, events=[event(1, TRACEBACK)])))
    assert [failure.user_request for failure in scanned().failures] == ["read the prices"]
