"""Goose sessions: exported, streamed, and as older versions kept them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skills_lint.traces.result import ScanResult

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]

TRACEBACK = "Traceback (most recent call last):\n  File \"a.py\", line 1, in <module>\nKeyError: 'close'\n"
BLOCKS = [{"type": "text", "text": TRACEBACK}]


def message(role: str, *content: dict[str, Any]) -> dict[str, Any]:
    return {"role": role, "created": 1790000000, "content": list(content)}


def called(command: str = "python a.py") -> dict[str, Any]:
    call = {"name": "developer__shell", "arguments": {"command": command}}
    return message("assistant", {"type": "toolRequest", "id": "c1", "toolCall": {"status": "success", "value": call}})


def answered(**result: Any) -> dict[str, Any]:
    return message("user", {"type": "toolResponse", "id": "c1", "toolResult": result})


@pytest.mark.parametrize(
    ("result", "exit_code", "kind"),
    [
        pytest.param({"value": {"content": BLOCKS, "isError": False}}, None, "KeyError", id="what the text shows"),
        pytest.param({"value": BLOCKS}, None, "KeyError", id="a list of blocks"),
        pytest.param(
            {"value": {"structuredContent": {"stdout": "", "stderr": "", "exit_code": 2}}}, 2, None, id="exit code"
        ),
        pytest.param(
            {"value": {"structuredContent": {"stderr": TRACEBACK, "exit_code": 1}}}, 1, "KeyError", id="streams"
        ),
        pytest.param({"status": "error", "error": "killed"}, None, None, id="a call that could not be made"),
    ],
)
@pytest.mark.parametrize("streamed", [False, True])
def test_a_run_failed_by(
    result: dict[str, Any], exit_code: int | None, kind: str | None, streamed: bool, write: Write, scanned: Scanned
) -> None:
    rows = [message("user", {"type": "text", "text": "Close?"}), called(), answered(**{"status": "success", **result})]
    if streamed:
        write("a.jsonl", [*({"type": "message", "message": row} for row in rows), {"type": "complete"}])
    else:
        write("a.jsonl", [{"description": "old", "working_dir": "/store"}, *rows])
    found = scanned()
    (failure,) = found.failures
    assert (failure.line, failure.pointer, failure.user_request) == (3 if streamed else 4, None, "Close?")
    assert (failure.fault.exit_code, failure.fault.type) == (exit_code, kind)
    assert (failure.format, found.skipped) == ("goose", ())


def test_a_call_that_could_not_be_read_called_nothing(write: Write, scanned: Scanned) -> None:
    unread = {"type": "toolRequest", "id": "c0", "toolCall": {"status": "error", "error": "no such tool"}}
    fine = {"structuredContent": {"stdout": "1", "stderr": "", "exit_code": 0}}
    write("a.jsonl", [message("assistant", unread), called(), answered(status="success", value=fine)])
    result = scanned()
    assert (result.tool_calls, result.executions, result.failures) == (1, 1, ())
