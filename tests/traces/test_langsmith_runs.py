"""LangSmith runs: the shapes in which they are exported, what an error looks like, and what names a conversation."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skills_lint.traces.result import ScanResult

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]

IDS = [f"7c9e6679-7425-40de-944b-e07fc1f9000{number}" for number in range(10)]
PROJECT = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
ERROR = (
    "KeyError('x')Traceback (most recent call last):\n\n\n"
    '  File "tools.py", line 1, in run\n    rows["x"]\n\n\nKeyError: \'x\''
)


def run(number: int, kind: str, inputs: Any, **fields: Any) -> dict[str, Any]:
    return {
        "id": IDS[number], "name": "python", "run_type": kind, "start_time": f"2026-09-21T14:13:2{number}.000000",
        "inputs": inputs, "outputs": None, "error": None, "status": "success", "trace_id": IDS[1],
        "parent_run_id": None if number == 1 else IDS[1], "session_id": PROJECT, **fields,
    }  # fmt: skip


ROOT = run(1, "chain", {"messages": [["human", "read the prices"]]}, extra={"metadata": {"session_id": "chat-1"}})
FAILED = run(2, "tool", {"code": "go()"}, error=ERROR, status="error")
TREE = {key: value for key, value in ROOT.items() if key != "trace_id"} | {
    "child_runs": [
        {key: value for key, value in FAILED.items() if key not in ("trace_id", "parent_run_id", "session_id")}
    ]
}
BULK = [
    {**row, **{name: json.dumps(row.get(name)) for name in ("inputs", "outputs", "extra")}} for row in (ROOT, FAILED)
]
SHAPES: dict[str, Any] = {
    "lines": "\n".join(map(json.dumps, [ROOT, FAILED])),
    "a list, newest first": json.dumps([FAILED, ROOT]),
    "a page of the interface": json.dumps({"runs": [FAILED, ROOT], "cursors": {}}),
    "a tree": json.dumps(TREE, indent=1),
    "lines with payloads as JSON": "\n".join(map(json.dumps, BULK)),
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES.keys())
def test_runs_are_read_as(text: str, write: Write, scanned: Scanned) -> None:
    write("a.json", text)
    result = scanned()
    (failure,) = result.failures
    assert (failure.format, failure.session, failure.user_request) == ("langsmith-runs", "chat-1", "read the prices")
    assert (failure.fault.type, failure.fault.message, failure.fault.code) == ("KeyError", "'x'", "go()")
    assert (result.tool_calls, result.executions) == (1, 1)


def test_a_project_is_no_session(write: Write, scanned: Scanned) -> None:
    other = {**FAILED, "id": IDS[4], "trace_id": IDS[3], "parent_run_id": IDS[3]}
    write("a.jsonl", [FAILED, other])
    assert {session.id for session in scanned().sessions} == {IDS[1], IDS[3]}


def test_arguments_may_be_the_repr_of_an_object(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [run(2, "tool", {"input": "{'code': 'go(\"a\")'}"}, error=ERROR)])
    assert [failure.fault.code for failure in scanned().failures] == ['go("a")']


@pytest.mark.parametrize(
    "output",
    [
        {"type": "tool", "content": "KeyError: 'x'", "tool_call_id": "call_1", "status": "error"},
        {
            "lc": 1, "type": "constructor", "id": ["langchain", "schema", "messages", "ToolMessage"],
            "kwargs": {"content": "KeyError: 'x'", "tool_call_id": "call_1", "status": "error"},
        },
    ],
    ids=["plain", "serialised"],
)  # fmt: skip
def test_a_tool_message_tells_that_the_tool_failed(output: Any, write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [run(2, "tool", {"code": "go()"}, outputs={"output": output})])
    assert [failure.fault.type for failure in scanned().failures] == ["KeyError"]


def test_a_good_status_does_not_hide_a_traceback(write: Write, scanned: Scanned) -> None:
    text = "Traceback (most recent call last):\n  File \"x.py\", line 1, in <module>\nKeyError: 'x'\n"
    message = {"type": "tool", "content": text, "tool_call_id": "call_1", "status": "success"}
    write("a.jsonl", [run(2, "tool", {"code": "go()"}, outputs={"output": message})])
    assert len(scanned().failures) == 1


def test_a_run_that_is_told_in_its_parent_and_alone_counts_once(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [TREE, FAILED])
    assert (scanned().tool_calls, len(scanned().failures)) == (1, 1)


def test_the_model_is_the_one_of_an_llm_run(write: Write, scanned: Scanned) -> None:
    model = run(3, "llm", {"messages": []}, extra={"metadata": {"ls_model_name": "model-1"}})
    write("a.jsonl", [ROOT, FAILED, model])
    assert [session.model for session in scanned().sessions] == ["model-1"]


BEGUN = [
    {key: value for key, value in row.items() if key not in ("outputs", "error", "status")} for row in (ROOT, FAILED)
]
ENDED = [
    {"id": IDS[2], "trace_id": IDS[1], "parent_run_id": IDS[1], "end_time": "2026-09-21T14:13:23", "error": ERROR},
    {"id": IDS[1], "trace_id": IDS[1], "end_time": "2026-09-21T14:13:24", "outputs": {"output": "x"}, "inputs": None},
]


@pytest.mark.parametrize(
    ("text", "line", "pointer"),
    [
        ("\n".join(map(json.dumps, [*BEGUN, *ENDED])), 3, None),
        ("\n".join(map(json.dumps, [{"post": BEGUN}, {"patch": ENDED}])), 2, "/patch/0"),
        (json.dumps({"post": BEGUN, "patch": ENDED}, indent=1), None, "/patch/0"),
    ],
    ids=["lines", "batches", "a document"],
)
def test_a_run_is_whole_that_is_told_when_it_begins_and_when_it_ends(
    text: str, line: int | None, pointer: str | None, write: Write, scanned: Scanned
) -> None:
    write("a.json", text)
    result = scanned()
    (failure,) = result.failures
    assert (failure.format, failure.session, failure.user_request) == ("langsmith-runs", "chat-1", "read the prices")
    assert (failure.fault.type, failure.fault.code) == ("KeyError", "go()")
    assert (failure.line, failure.pointer) == (line, pointer)
    assert (result.tool_calls, result.executions, result.skipped) == (1, 1, ())


def test_a_run_that_never_ended_is_a_call_without_a_failure(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", BEGUN)
    result = scanned()
    assert (result.tool_calls, result.executions, result.failures) == (1, 1, ())
