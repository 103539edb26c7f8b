"""OpenHands events of the application and of its SDK, as lists, lines, histories and pairs."""

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
ASKED = {"id": 1, "source": "user", "action": "message", "args": {"content": "Fix it."}}


def run(command: str, id_: int = 2, source: str = "agent", **args: Any) -> dict[str, Any]:
    return {"id": id_, "source": source, "action": "run", "args": {"command": command, "thought": "", **args}}


def ran(content: str, code: int = 0, cause: int = 2, suffix: str = "", **fields: Any) -> dict[str, Any]:
    metadata = {"exit_code": code, "suffix": suffix}
    extras = {"command": "", "metadata": metadata}
    return {
        "id": cause + 1,
        "source": "agent",
        "cause": cause,
        "observation": "run",
        "content": content,
        "extras": extras,
        **fields,
    }


def of_sdk(kind: str, source: str = "agent", **fields: Any) -> dict[str, Any]:
    return {"id": f"{kind}-1", "source": source, "timestamp": "2026-02-05T11:24:45.305360", "kind": kind, **fields}


ACTION = of_sdk(
    "ActionEvent", tool_name="terminal", tool_call_id="c", action={"command": "python x.py", "kind": "TerminalAction"}
)


def observation(**told: Any) -> dict[str, Any]:
    content = [{"type": "text", "text": ERROR}]
    told = {"content": content, "kind": "TerminalObservation", **told}
    return of_sdk("ObservationEvent", "environment", tool_name="terminal", tool_call_id="c", observation=told)


SHAPES = {
    "a list of events": ([ASKED, run("python x.py"), ran(ERROR, 1)], "/2"),
    "an answer of the server": (
        {"items": [ASKED, run("python x.py"), ran(ERROR, 1)], "next_page_id": None},
        "/items/2",
    ),
    "the history of a run": ({"instance_id": "i", "history": [ASKED, run("python x.py"), ran(ERROR, 1)]}, "/history/2"),
    "pairs": (
        {
            "instance_id": "i",
            "instruction": "Fix it.",
            "history": [[run("python x.py"), {"observation": "run", "content": ERROR, "extras": {"exit_code": 1}}]],
        },
        "/history/0/1",
    ),
    "events of the SDK": (
        [
            of_sdk(
                "MessageEvent", "user", llm_message={"role": "user", "content": [{"type": "text", "text": "Fix it."}]}
            ),
            ACTION,
            observation(exit_code=1, is_error=False, metadata={"exit_code": 1}),
        ],
        "/2",
    ),
}


@pytest.mark.parametrize(("value", "pointer"), SHAPES.values(), ids=SHAPES.keys())
def test_a_failure_is_found_in(value: Any, pointer: str, write: Write, scanned: Scanned) -> None:
    write("a.json", json.dumps(value, indent=1))
    (failure,) = scanned().failures
    assert (failure.format, failure.pointer, failure.user_request) == ("openhands", pointer, "Fix it.")
    assert (failure.fault.type, failure.fault.code, failure.fault.exit_code) == ("KeyError", "python x.py", 1)


def test_runs_on_lines_are_sessions_of_their_own(write: Write, scanned: Scanned) -> None:
    line = {
        "instance_id": "i",
        "metadata": {"llm_config": {"model": "model-1"}},
        "history": [run("python x.py"), ran(ERROR, 1)],
    }
    write("output.jsonl", [line, {**line, "metadata": {"llm_config": {"model": "model-2"}}}])
    result = scanned()
    assert [session.model for session in result.sessions] == ["model-1", "model-2"]
    assert [failure.line for failure in result.failures] == [1, 2]


STILL = "\n[The command has no new output after 10 seconds. You may wait longer to see.]"
RUNNING = {
    "goes on in silence": (ran("1", -1, suffix=STILL), 0),
    "timed out": (ran("1", -1, suffix="\n[The command timed out after 30.0 seconds. You may wait.]"), 1),
    "shows an error": (ran(ERROR, -1, suffix=STILL), 1),
}


@pytest.mark.parametrize(("told", "failures"), RUNNING.values(), ids=RUNNING.keys())
def test_a_command_that_runs_on(told: dict[str, Any], failures: int, write: Write, scanned: Scanned) -> None:
    write("a.json", json.dumps([ASKED, run("python x.py"), told], indent=1))
    assert len(scanned().failures) == failures


NOT_EXECUTED = {
    "another one runs": ran("", -1, suffix='\n[Your command "python y.py" is NOT executed.]'),
    "they are many": ran("ERROR: Cannot execute multiple commands at once.", 1),
}


@pytest.mark.parametrize("told", NOT_EXECUTED.values(), ids=NOT_EXECUTED.keys())
def test_a_command_is_not_executed_where(told: dict[str, Any], write: Write, scanned: Scanned) -> None:
    write("a.json", json.dumps([ASKED, run("python y.py"), told], indent=1))
    result = scanned()
    assert (result.tool_calls, result.executions, result.other_failures) == (1, 0, 0)


def test_the_end_of_a_command_is_found_where_its_output_is_fetched(write: Write, scanned: Scanned) -> None:
    rows = [ASKED, run("python x.py"), ran("1", -1, suffix=STILL), run("", 4), ran(ERROR, 1, 4)]
    write("a.json", json.dumps(rows, indent=1))
    assert [failure.pointer for failure in scanned().failures] == ["/4"]


def test_keystrokes_are_no_command(write: Write, scanned: Scanned) -> None:
    keys = [run("python", 4, is_input=True), ran("$", 130, 4)]
    write("a.json", json.dumps([ASKED, *keys], indent=1))
    assert scanned().executions == 0


USELESS = {
    "an error of the agent": of_sdk(
        "AgentErrorEvent", tool_name="terminal", tool_call_id="c", error="Error validating args"
    ),
    "the user's refusal": of_sdk("UserRejectObservation", tool_call_id="c", rejection_reason="No."),
}


@pytest.mark.parametrize("answer", USELESS.values(), ids=USELESS.keys())
def test_a_call_did_not_run_if_answered_by(answer: dict[str, Any], write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [ACTION, answer])
    result = scanned()
    assert (result.tool_calls, result.executions, result.other_failures) == (1, 0, 0)


def test_skills_are_read_that_came_with_a_message_or_were_invoked(write: Write, scanned: Scanned) -> None:
    told = of_sdk("MessageEvent", "user", llm_message={"content": "Hi"}, activated_skills=["prices"])
    known = [{"name": "github", "trigger": "git", "content": "…"}]
    recall = {
        "id": 3,
        "source": "environment",
        "observation": "recall",
        "content": "",
        "extras": {"microagent_knowledge": known},
    }
    invoked = of_sdk("ActionEvent", tool_name="invoke_skill", tool_call_id="d", action={"name": "dates"})
    listed = {"type": "text", "text": "<available_skills><skill><name>dates</name></skill></available_skills>"}
    system = of_sdk("SystemPromptEvent", system_prompt={"type": "text", "text": "Hi"}, dynamic_context=listed)
    write("a.jsonl", [system, told, recall, invoked, ACTION, observation(exit_code=0)])
    (session,) = scanned().sessions
    assert (session.offered, [skill.name for skill in session.loaded]) == (("dates",), ["prices", "github", "dates"])
