"""SWE-agent trajectories: runs with attempts, demonstrations, and steps in which nothing ran."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from skills_lint.traces.result import ScanResult

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]
ERROR = 'Traceback (most recent call last):\n  File "x.py", line 2, in <module>\nKeyError: 1\n'


def step(action: str, observation: Any = "", **fields: Any) -> dict[str, Any]:
    return {"action": action, "observation": observation, "response": "", "state": "{}\n", "thought": "", **fields}


def run(*steps: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"environment": "swe_main", "trajectory": list(steps), "history": [], "info": {}, **fields}


def test_the_history_tells_nothing_a_second_time(write: Write, scanned: Scanned) -> None:
    history = [{"role": "user", "content": "Fix it."}, {"role": "assistant", "action": "python x.py", "content": ""}]
    write("a.traj", json.dumps(run(step("python x.py", ERROR), history=[*history, {"role": "user", "content": ERROR}])))
    result = scanned()
    assert [(failure.pointer, failure.user_request) for failure in result.failures] == [("/trajectory/0", "Fix it.")]
    assert result.executions == 1


def test_attempts_are_read_and_their_best_is_not_read_again(write: Write, scanned: Scanned) -> None:
    first, second = run(step("python x.py", ERROR)), run(step("python x.py", ERROR), step("python x.py", "1"))
    write("a.traj", json.dumps({"attempts": [first, second], **second}, indent=2))
    result = scanned()
    assert [failure.pointer for failure in result.failures] == ["/attempts/0/trajectory/0", "/attempts/1/trajectory/0"]
    assert [len(failure.next) for failure in result.failures] == [0, 1]
    assert result.executions == 3


def test_a_step_without_an_action_is_no_call(write: Write, scanned: Scanned) -> None:
    write("a.traj", json.dumps(run(step(""), step("\n"), step("submit", None))))
    assert scanned().tool_calls == 1


def test_many_runs_on_lines_are_many_sessions(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [run(step("python x.py", ERROR)), run(step("python y.py", ERROR))])
    result = scanned()
    assert [(failure.line, failure.pointer) for failure in result.failures] == [
        (1, "/trajectory/0"),
        (2, "/trajectory/0"),
    ]
    assert len(result.sessions) == 2


def test_the_model_is_read_from_the_configuration(write: Write, scanned: Scanned) -> None:
    config = json.dumps({"agent": {"model": {"name": "model-1"}}})
    write("a.traj", json.dumps(run(step("ls"), replay_config=config)))
    assert [session.model for session in scanned().sessions] == ["model-1"]
