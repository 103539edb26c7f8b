"""JSON of shapes that no format module knows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skills_lint.traces.result import ScanResult

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]
TRACEBACK = "Traceback (most recent call last):\n  File \"x.py\", line 1, in <module>\n    go()\nKeyError: 'close'"


def attributes(**values: str) -> list[dict[str, Any]]:
    return [{"key": key.replace("__", "."), "value": {"stringValue": value}} for key, value in values.items()]


SPAN = {
    "traceId": "t", "name": "execute_tool", "startTimeUnixNano": "1790000000000000000",
    "attributes": attributes(gen_ai__tool__name="execute_python", gen_ai__tool__call__arguments='{"code": "go()"}'),
    "events": [
        {"name": "exception", "attributes": attributes(exception__type="KeyError", exception__stacktrace=TRACEBACK)},
    ],
    "status": {"code": 2},
}  # fmt: skip
SHAPES: dict[str, tuple[Any, str]] = {  # a document and the place of its failure
    "code and result in one object": ({"runs": [{"code": "go()", "error": TRACEBACK}]}, "/runs/0"),
    "a result inside the object with the code": (
        {"runs": [{"code": "go()", "outcome": {"error": TRACEBACK}}]},
        "/runs/0",
    ),
    "code inside arguments": (
        {"log": {"steps": [
            {"tool": "execute_python", "args": {"code": "go()"}, "result": {"success": False, "error": "KeyError: 1"}},
        ]}},
        "/log/steps/0",
    ),
    "a shared id": (
        {"calls": [{"id": "c1", "name": "execute_python", "arguments": {"code": "go()"}}],
         "answers": [{"call_id": "c1", "output": TRACEBACK}]},
        "/answers/0",
    ),
    "a cause": (
        [{"id": 1, "action": "run", "parameters": {"command": "python x.py"}},
         {"id": 2, "cause": 1, "observation": "run", "content": TRACEBACK, "metadata": {"exit_code": 1}}],
        "/1",
    ),
    "an action and what was observed": (
        {"path": [{"action": "python x.py", "observation": TRACEBACK}]},
        "/path/0",
    ),
    "a cell": (
        {"sheet": [{"cell_type": "markdown", "source": ["# A"]},
                   {"cell_type": "code", "source": ["go", "()"], "outputs": [
                       {"output_type": "error", "ename": "KeyError", "evalue": "'close'", "traceback": [TRACEBACK]}]}]},
        "/sheet/1",
    ),
    "a span": ({"exported": [{"spans": [SPAN]}]}, "/exported/0/spans/0"),
    "an executor in a conversation": (
        {"history": [{"role": "user", "content": "go on"},
                     {"role": "assistant", "content": "So:\n```python\ngo()\n```"},
                     {"role": "user", "name": "executor", "content": f"exit code: 1\n{TRACEBACK}"}]},
        "/history/2",
    ),
    "a verdict in a word": (
        {"runs": [{"code": "go()", "result": "", "verdict": "CRASH", "note": TRACEBACK}]},
        "/runs/0",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("document", "pointer"), SHAPES.values(), ids=SHAPES.keys())
def test_a_failure_is_found_in(document: Any, pointer: str, write: Write, scanned: Scanned) -> None:
    write("a.json", json.dumps(document, indent=1))
    (failure,) = scanned().failures
    assert (failure.format, failure.pointer, failure.fault.type) == ("heuristic", pointer, "KeyError")
    assert failure.fault.code is not None
    assert failure.fault.code.strip() in ("go()", "python x.py")


@pytest.mark.parametrize(("document", "pointer"), SHAPES.values(), ids=SHAPES.keys())
def test_a_failure_is_found_in_a_line_that_is(document: Any, pointer: str, write: Write, scanned: Scanned) -> None:
    items = document if isinstance(document, list) else [document]
    write("a.jsonl", items)
    (failure,) = scanned().failures
    assert (failure.line, failure.pointer) == (len(items), None)


NO_FAILURES = {
    "a grader's verdict": {"runs": [{"code": "go()", "result": "3", "verdict": "WRONG_OUTPUT", "note": TRACEBACK}]},
    "an opened file": {"steps": [{"tool": "read_file", "arguments": {"path": "a.log"}, "output": TRACEBACK}]},
    "a question": {"runs": [{"question": TRACEBACK, "code": "go()", "output": "3"}]},
    "an answer of the model": {"steps": [{"kind": "llm", "output": f"It says\n{TRACEBACK}"}]},
    "a success": {"runs": [{"code": "go()", "output": "3", "success": True}]},
}


@pytest.mark.parametrize("document", NO_FAILURES.values(), ids=NO_FAILURES.keys())
def test_no_failure_is_seen_in(document: Any, write: Write, scanned: Scanned) -> None:
    write("a.json", json.dumps(document, indent=1))
    assert scanned().failures == ()


def test_the_request_and_the_session_around_a_run_are_its_own(write: Write, scanned: Scanned) -> None:
    write(
        "a.jsonl",
        [{"session_id": "s", "question": "What did it close at?", "step": {"code": "go()", "error": TRACEBACK}}],
    )
    (failure,) = scanned().failures
    assert (failure.session, failure.user_request) == ("s", "What did it close at?")


def test_settings_and_other_json_are_no_traces(write: Write, scanned: Scanned) -> None:
    write(
        "package.json", json.dumps({"name": "x", "scripts": {"test": "pytest"}, "dependencies": {"a": "1"}}, indent=1)
    )
    write("rows.jsonl", [{"date": "2026-01-01", "close": 3.5}] * 3)
    result = scanned()
    assert (result.files, len(result.skipped)) == (0, 2)


def test_a_shell_block_in_a_conversation_is_no_python(write: Write, scanned: Scanned) -> None:
    said = [{"role": "assistant", "content": "```sh\napt-get install x\n```"}]
    write("a.json", json.dumps({"history": [*said, {"name": "executor", "content": "exit code: 100"}]}))
    result = scanned()
    assert (result.other_failures, result.failures) == (1, ())
