"""mini-swe-agent trajectories of all versions: who ran what, and how it ended."""

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
ASKED = [{"role": "system", "content": "You work in a shell."}, {"role": "user", "content": "Fix it."}]


def said(command: str, fence: str = "bash") -> dict[str, Any]:
    return {"role": "assistant", "content": f"I run it.\n\n```{fence}\n{command}\n```"}


def user(content: str, **extra: Any) -> dict[str, Any]:
    return {"role": "user", "content": content, **({"extra": extra} if extra else {})}


OBSERVATIONS = {
    "in tags": user(f"<returncode>1</returncode>\n<output>\n{ERROR}</output>"),
    "in tags on lines of their own": user(
        f"<returncode>\n1\n</returncode>\n<stderr>\n{ERROR}\n</stderr>\n<stdout>\n\n</stdout>"
    ),
    "printed as Python prints it": user(f"Observation: { ({'stdout': '', 'stderr': ERROR, 'returncode': 1})!r}"),
    "in fields": user("", raw_output=ERROR, returncode=1, timestamp=1790000000.5),
}


@pytest.mark.parametrize("observation", OBSERVATIONS.values(), ids=OBSERVATIONS.keys())
def test_the_message_after_a_block_is_its_result(observation: dict[str, Any], write: Write, scanned: Scanned) -> None:
    write("a.traj.json", json.dumps([*ASKED, said("python x.py"), observation]))
    (failure,) = scanned().failures
    assert (failure.format, failure.pointer, failure.user_request) == ("mini-swe-agent", "/3", "Fix it.")
    assert (failure.fault.type, failure.fault.message, failure.fault.exit_code) == ("KeyError", "1", 1)
    assert failure.fault.code == "python x.py"


def document(*messages: dict[str, Any]) -> str:
    return json.dumps({"info": {"mini_version": "1.17.0"}, "messages": [*ASKED, *messages]}, indent=1)


def test_a_command_that_timed_out_failed(write: Write, scanned: Scanned) -> None:
    told = "The last command <command>python x.py</command> timed out and has been killed.\nThe output was:\n"
    write("a.traj.json", document(said("python x.py", "mswea_bash_command"), user(f"{told}<output>\n1\n</output>")))
    assert len(scanned().failures) == 1


def test_of_many_blocks_none_runs_and_the_reproach_is_no_request(write: Write, scanned: Scanned) -> None:
    two = {"role": "assistant", "content": said("python x.py")["content"] + said("python y.py")["content"]}
    write(
        "a.traj.json",
        document(two, user("Give EXACTLY ONE action."), said("python x.py"), OBSERVATIONS["in tags"]),
    )
    result = scanned()
    assert result.executions == 1
    assert [failure.user_request for failure in result.failures] == ["Fix it."]


def test_a_command_that_the_user_rejected_did_not_run(write: Write, scanned: Scanned) -> None:
    write("a.traj.json", document(said("python x.py"), user("Not so.", interrupt_type="UserRejection")))
    result = scanned()
    assert (result.tool_calls, result.executions) == (1, 0)


def test_items_of_the_responses_interface_find_each_other(write: Write, scanned: Scanned) -> None:
    called: dict[str, Any] = {"object": "response", "output": [{"type": "function_call", "call_id": "c"}]}
    called["extra"] = {"actions": [{"command": "python x.py", "tool_call_id": "c"}]}
    answer = {
        "type": "function_call_output",
        "call_id": "c",
        "output": "",
        "extra": {"raw_output": ERROR, "returncode": 1},
    }
    write("a.traj.json", document(called, answer))
    assert [failure.pointer for failure in scanned().failures] == ["/messages/3"]


def test_commands_of_one_message_are_answered_in_turn(write: Write, scanned: Scanned) -> None:
    both = {"role": "assistant", "content": "", "extra": {"actions": [{"command": "ls"}, {"command": "python x.py"}]}}
    write(
        "a.traj.json", document(both, user("", raw_output="a", returncode=0), user("", raw_output=ERROR, returncode=1))
    )
    (failure,) = scanned().failures
    assert (failure.pointer, failure.fault.code) == ("/messages/4", "python x.py")
