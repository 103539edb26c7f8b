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
    "inputs and outputs side by side": (
        {"inputs": [{"code": "go()"}, {"code": "1"}], "outputs": [{"text": TRACEBACK}, {"text": "1"}]}, "/outputs/0",
    ),
    "calls and returns under the same keys": (
        {"calls": {"c1": {"name": "bash", "args": {"cmd": "python x.py"}},
                   "c2": {"name": "bash", "args": {"cmd": "ls"}}},
         "returns": {"c1": {"out": TRACEBACK}, "c2": {"out": "x.py"}}},
        "/returns/c1",
    ),
    "a tool that runs Python and a payload": (
        {"steps": [{"act": {"tool": "python", "payload": "go()"}, "obs": {"text": TRACEBACK}}]}, "/steps/0",
    ),
    "parts that say what they are": (
        {"parts": [{"kind": "code", "text": "go()"}, {"kind": "execution_output", "text": TRACEBACK}]}, "",
    ),
    "pairs of a call and its answer": ({"history": [[{"code": "go()"}, TRACEBACK]]}, "/history/0"),
    "rows below the names of columns": (
        {"columns": ["step", "command", "output"], "data": [[1, "python x.py", TRACEBACK]]}, "/data/0",
    ),
    "an exception in fields of its own": (
        {"runs": [{"program": "go()", "execution": {"status": "error", "exc_type": "KeyError", "exc_msg": "'close'"}}]},
        "/runs/0",
    ),
    "source and traceback under any name": (
        {"attempts": [{"solution": "go()", "feedback": TRACEBACK}, {"solution": "1", "feedback": ""}]}, "/attempts/0",
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
    "a note beside a success": {"runs": [{"code": "go()", "output": "3", "notes": TRACEBACK}]},
    "an issue beside a command": {
        "issue": {"title": "It fails", "body": TRACEBACK},
        "command": "python x.py",
        "output": "",
    },
    "rows of texts": {"dataset": [{"text": TRACEBACK, "label": 1}]},
    "a line of a log": {"entries": [{"level": "INFO", "text": TRACEBACK}]},
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


IN_TWO_RECORDS = {
    "a reference": (
        [{"ev": "start", "ref": "r1", "tool": "shell", "input": {"command": "python x.py"}},
         {"ev": "start", "ref": "r2", "tool": "shell", "input": {"command": "python y.py"}},
         {"ev": "end", "ref": "r2", "output": "fine", "exit_code": 0},
         {"ev": "end", "ref": "r1", "output": TRACEBACK, "exit_code": 1}],
        (2, 4),
    ),
    "the id of a request": (
        [{"jsonrpc": "2.0", "id": 1, "params": {"name": "run_python", "arguments": {"code": "go()"}}},
         {"jsonrpc": "2.0", "id": 1, "result": {"content": [{"type": "text", "text": TRACEBACK}], "isError": True}}],
        (1, 2),
    ),
    "a correlation": (
        [{"from": "agent", "correlationId": "a", "invoke": {"function": "python_exec", "params": {"code": "go()"}}},
         {"from": "sandbox", "correlationId": "a", "body": TRACEBACK}],
        (1, 2),
    ),
    "the id of a parent": (
        [{"uid": "1", "op": "py", "body": {"code": "go()"}},
         {"uid": "2", "parent": "1", "body": {"stderr": TRACEBACK}}],
        (1, 2),
    ),
    "nothing but their order": (
        [{"type": "code", "content": "go()"}, {"type": "console", "content": TRACEBACK},
         {"type": "code", "content": "print(1)"}, {"type": "console", "content": "1"}],
        (2, 2),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "counts"), IN_TWO_RECORDS.values(), ids=IN_TWO_RECORDS.keys())
def test_a_call_and_its_result_in_two_records_are_tied_by(
    lines: list[Any], counts: tuple[int, int], write: Write, scanned: Scanned
) -> None:
    write("a.jsonl", lines)
    result = scanned()
    (failure,) = result.failures
    assert (result.executions, failure.line) == counts
    assert (failure.fault.type, failure.fault.code) in (("KeyError", "go()"), ("KeyError", "python x.py"))


def test_a_program_in_settings_is_no_call(write: Write, scanned: Scanned) -> None:
    write("mcp.json", json.dumps({"mcpServers": {"x": {"command": "python", "args": ["server.py"]}}}, indent=1))
    assert scanned().files == 0


def test_an_id_that_many_calls_share_ties_no_result_to_one_of_them(write: Write, scanned: Scanned) -> None:
    calls = [{"job_key": "k", "cmd": f"python {name}.py"} for name in "ab"]
    write("a.jsonl", [*calls, {"other": 1}, {"other": 1}, {"job_key": "k", "output": TRACEBACK}])
    assert scanned().files == 0
