"""ATIF trajectories: how calls find their results, what says that one failed, subagents, and what is told twice."""

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
ASKED = {"step_id": 1, "source": "user", "message": "read the prices"}


def call(call_id: str | None, code: str = "go()") -> dict[str, Any]:
    return {"tool_call_id": call_id, "function_name": "execute_python", "arguments": {"code": code}}


def step(calls: list[dict[str, Any]], *results: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"source": "agent", "message": "", "tool_calls": calls, "observation": {"results": list(results)}, **fields}


def trajectory(*steps: dict[str, Any], **fields: Any) -> dict[str, Any]:
    numbered = [
        {**each, "step_id": number, "timestamp": f"2026-09-21T14:13:{number:02}Z"}
        for number, each in enumerate(steps, 1)
    ]
    return {"schema_version": "ATIF-v1.6", "session_id": "s1", "agent": {"name": "a"}, "steps": numbered, **fields}


def test_a_trajectory_may_be_a_document_or_a_line(write: Write, scanned: Scanned) -> None:
    value = trajectory(ASKED, step([call("c1")], {"source_call_id": "c1", "content": TRACEBACK}))
    write("a.json", json.dumps(value, indent=1))
    write("b.jsonl", [{**value, "session_id": None}, {**value, "session_id": None, "notes": "again"}])
    result = scanned()
    assert [(f.file, f.line, f.pointer, f.user_request) for f in result.failures] == [
        ("a.json", None, "/steps/1/observation/results/0", "read the prices"),
        ("b.jsonl", 1, "/steps/1/observation/results/0", "read the prices"),
        ("b.jsonl", 2, "/steps/1/observation/results/0", "read the prices"),
    ]
    assert [session.id for session in result.sessions] == ["s1", "b.jsonl#1", "b.jsonl#2"]
    assert {session.format for session in result.sessions} == {"atif"}


@pytest.mark.parametrize(
    ("results", "failed"),
    [
        ([{"source_call_id": "c2", "content": TRACEBACK}, {"source_call_id": "c1", "content": "1"}], "second()"),
        ([{"content": TRACEBACK}, {"content": "1"}], "first()"),
        ([{"content": f"1\n{TRACEBACK}"}], "second()"),
    ],
    ids=["by id", "in turn", "one for all"],
)
def test_results_find_their_calls(results: list[dict[str, Any]], failed: str, write: Write, scanned: Scanned) -> None:
    write("a.json", json.dumps(trajectory(step([call("c1", "first()"), call("c2", "second()")], *results)), indent=1))
    result = scanned()
    assert (result.tool_calls, [failure.fault.code for failure in result.failures]) == (2, [failed])


@pytest.mark.parametrize(
    ("content", "extra"),
    [
        ("KeyError: 'x'", {"is_error": True}),
        ("KeyError: 'x'", {"tool_result_is_error": True}),
        ("KeyError: 'x'", {"exit_code": 1}),
        ("KeyError: 'x'\n\n[error] tool reported failure", {}),
    ],
    ids=["is_error", "tool_result_is_error", "exit_code", "in the text"],
)
def test_a_failure_is_told_by(content: str, extra: dict[str, Any], write: Write, scanned: Scanned) -> None:
    in_result = step([call("c1")], {"source_call_id": "c1", "content": content, "extra": extra})
    in_step = step([call("c2")], {"source_call_id": "c2", "content": content}, extra=extra)
    write("a.json", json.dumps(trajectory(in_result, in_step), indent=1))
    assert [failure.fault.type for failure in scanned().failures] == ["KeyError", "KeyError"]


def test_an_output_that_is_told_again_by_stream_is_read_once(write: Write, scanned: Scanned) -> None:
    text = f'{TRACEBACK}\n\n[stdout]\n{TRACEBACK}\n[metadata] {{"interrupted": false}}'
    bash = {"tool_call_id": "c1", "function_name": "Bash", "arguments": {"command": "python x.py | tail"}}
    write("a.json", json.dumps(trajectory(step([bash], {"source_call_id": "c1", "content": text})), indent=1))
    assert [failure.fault.traceback for failure in scanned().failures] == [TRACEBACK]


def test_a_stream_that_stands_alone_is_read(write: Write, scanned: Scanned) -> None:
    text = f"no output\n\n[stderr]\n{TRACEBACK}"
    write("a.json", json.dumps(trajectory(step([call("c1")], {"source_call_id": "c1", "content": text})), indent=1))
    assert [failure.fault.type for failure in scanned().failures] == ["KeyError"]


def test_a_subagent_is_a_thread_of_the_session(write: Write, scanned: Scanned) -> None:
    asked = {**ASKED, "message": "look at the opening prices"}
    inner = trajectory(asked, step([call("c1")], {"source_call_id": "c1", "content": TRACEBACK}), trajectory_id="t2")
    good = step([call("c1", "good()")], {"source_call_id": "c1", "content": "1"})
    write("a.json", json.dumps(trajectory(ASKED, good, subagent_trajectories=[inner]), indent=1))
    result = scanned()
    (failure,) = result.failures
    assert (failure.session, failure.user_request, failure.next) == ("s1", "look at the opening prices", ())
    assert (result.tool_calls, len(result.sessions)) == (2, 1)


def test_what_is_copied_from_an_earlier_trajectory_is_not_run_again(write: Write, scanned: Scanned) -> None:
    ran = step([call("c1")], {"source_call_id": "c1", "content": TRACEBACK})
    write("a.json", json.dumps(trajectory(ASKED, ran), indent=1))
    copied = [{**each, "is_copied_context": True} for each in (ASKED, ran)]
    more = trajectory(*copied, step([call("c9")], {"source_call_id": "c9", "content": TRACEBACK}), session_id="s1-cont")
    write("b.json", json.dumps(more, indent=1))
    assert [(f.file, f.pointer, f.user_request) for f in scanned().failures] == [
        ("a.json", "/steps/1/observation/results/0", "read the prices"),
        ("b.json", "/steps/2/observation/results/0", "read the prices"),
    ]


PROMPT = "root@ab12:/app# "
TYPED = ["python x.py\n", "ls\n", "cat > y.py << 'EOF'\ngo()\nEOF\n", "python y.py\n"]
SCREEN = (
    f"New Terminal Output:\n\n{PROMPT}python x.py\n{TRACEBACK}\n{PROMPT}ls\nx.py\n"
    f"{PROMPT}cat > y.py << 'EOF'\n> go()\n> EOF\n"
    f"{PROMPT}python y.py\n{TRACEBACK.replace('KeyError', 'TypeError')}\n{PROMPT}"
)


def test_what_each_typed_command_printed_is_found_on_the_screen(write: Write, scanned: Scanned) -> None:
    calls = [
        {
            "tool_call_id": f"c{number}",
            "function_name": "bash_command",
            "arguments": {"keystrokes": keys, "duration": 1.0},
        }
        for number, keys in enumerate(TYPED)
    ]
    write("a.json", json.dumps(trajectory(ASKED, step(calls, {"content": SCREEN})), indent=1))
    result = scanned()
    assert [(f.pointer, f.fault.type, f.fault.code) for f in result.failures] == [
        ("/steps/1/tool_calls/0", "KeyError", "python x.py\n"),
        ("/steps/1/tool_calls/3", "TypeError", "python y.py\n"),
    ]
    assert (result.tool_calls, result.executions) == (4, 2)


def test_what_an_earlier_command_left_on_the_screen_is_not_told_again(write: Write, scanned: Scanned) -> None:
    screen = f"{PROMPT}python x.py\n{TRACEBACK}\n{PROMPT}python x.py\n1\n{PROMPT}"
    typed = {"tool_call_id": "c1", "function_name": "bash_command", "arguments": {"keystrokes": "python x.py\n"}}
    write("a.json", json.dumps(trajectory(ASKED, step([typed], {"content": screen})), indent=1))
    assert (scanned().executions, scanned().failures) == (1, ())


def test_the_model_is_that_of_a_step_or_of_the_agent(write: Write, scanned: Scanned) -> None:
    value = trajectory(ASKED, step([call("c1")], {"source_call_id": "c1", "content": "1"}))
    write("a.json", json.dumps({**value, "agent": {"name": "a", "model_name": "model-1"}}, indent=1))
    assert [session.model for session in scanned().sessions] == ["model-1"]
