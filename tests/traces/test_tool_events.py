"""Tool events: how starts and ends find each other, and where an end may say that its tool failed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skills_lint.traces.result import ScanResult

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]
ERROR = "KeyError: 'close'"


def event(kind: str, **fields: Any) -> dict[str, Any]:
    return {"ts": 1788249600, "run_id": "r", "event": kind, **fields}


START = event("tool_start", tool="execute_python", args={"code": "x"})
ENDS = {
    "in its result": event("tool_end", tool="execute_python", result={"success": False, "error": ERROR}),
    "in JSON in its result": event(
        "tool_end", tool="execute_python", result='{"success": false, "error": "KeyError: 1"}'
    ),
    "beside its result": event("tool_end", tool="execute_python", result=None, error=ERROR),
    "by a status beside a text": event("tool_end", tool="execute_python", success=False, output=ERROR),
    "by an exit status beside a text": event("tool_end", tool="execute_python", exit_code=1, output=ERROR),
    "by its kind": event("tool_error", tool="execute_python", error=ERROR),
    "under a good status beside it": event("tool_end", tool="execute_python", success=True, result={"error": ERROR}),
    "with the tool under another name": event("tool_end", tool_name="execute_python", error=ERROR),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS.keys())
def test_an_end_tells_a_failure(end: dict[str, Any], write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [START, end])
    (failure,) = scanned().failures
    assert (failure.line, failure.tool, failure.fault.type) == (2, "execute_python", "KeyError")


def test_ends_out_of_order_find_their_starts_by_id(write: Write, scanned: Scanned) -> None:
    rows = [
        event("tool_start", tool="shell", args={"command": "python x.py"}, id="1"),
        event("tool_start", tool="shell", args={"command": "ls"}, id="2"),
        event("tool_end", tool="shell", result={"success": True, "output": "a"}, id="2"),
        event("tool_end", tool="shell", result={"success": False, "error": ERROR}, id="1"),
    ]
    write("a.jsonl", rows)
    (failure,) = scanned().failures
    assert (failure.line, failure.fault.code) == (4, "python x.py")
