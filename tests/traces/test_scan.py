"""The scan result as JSON, and that nothing leaves it unredacted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from skills_lint.redaction import Redactor
from skills_lint.shipped import load_schema
from skills_lint.traces.result import ScanResult
from skills_lint.traces.scan import scan, to_json

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]
SAMPLES = Path(__file__).parent / "samples"


def problems(value: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(
        load_schema("scan"), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(load_schema("scan"))


def test_a_result_satisfies_the_schema(redactor: Redactor) -> None:
    value = to_json(scan([SAMPLES, SAMPLES.parent / "events"], redactor=redactor))
    assert value["failures"]
    assert problems(json.loads(json.dumps(value))) == []


def test_an_empty_result_satisfies_the_schema(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", "")
    assert problems(to_json(scanned())) == []


def test_a_failure_without_an_exception_has_none_and_its_exit_status(write: Write, scanned: Scanned) -> None:
    run = {"run_id": "r", "tool": "bash"}
    write("a.jsonl", [
        {"event": "tool_start", "args": {"command": "timeout 1 python x.py"}, **run},
        {"event": "tool_end", "result": {"exit_code": 124, "output": ""}, **run},
    ])  # fmt: skip
    value = to_json(scanned())
    assert problems(value) == []
    assert (value["failures"][0]["exception"], value["failures"][0]["exit_code"]) == (None, 124)


SECRET = "ghp_" + "Zk3vQ9xT7mB2cR8dW5nJ" + "4hL6pS1fYgAe"
HOME = "/home/wilhelmina/prices"


def test_no_text_leaves_unredacted(write: Write, scanned: Scanned) -> None:
    code = f'token = "{SECRET}"\nopen("{HOME}/a.csv")'
    run = {"run_id": f"{HOME}/run", "tool": "execute_python"}
    rows = [{"event": "message", "message_type": "HumanMessage", "run_id": run["run_id"], "content": f"use {SECRET}"}]
    for _ in range(2):
        rows += [
            {"event": "tool_start", "args": {"code": code}, **run},
            {"event": "tool_end", "result": {"success": False, "error": f"OSError: {HOME} {SECRET}"}, **run},
        ]
    write("a.jsonl", rows)
    printed = json.dumps(to_json(scanned()))
    assert "OSError" in printed
    assert SECRET not in printed
    assert "wilhelmina" not in printed


@pytest.mark.parametrize("text", ["\ud800", "\x00", "\u202e", "\x1b[31m"])
def test_characters_that_are_no_text_do_no_harm(text: str, write: Write, scanned: Scanned) -> None:
    run = {"run_id": "r", "tool": "execute_python"}
    write("a.jsonl", [
        {"event": "tool_start", "args": {"code": f"x{text}"}, **run},
        {"event": "tool_end", "result": {"success": False, "error": f"KeyError: {text}"}, **run},
    ])  # fmt: skip
    assert json.dumps(to_json(scanned()), ensure_ascii=False).encode()
