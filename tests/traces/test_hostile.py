"""Traces that were made to break a reader: the scan goes on, and tells what it left out."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skills_lint.traces import engine
from skills_lint.traces.result import ScanResult, Skipped
from skills_lint.traces.sources.source import Source

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]
CALLED = {"role": "assistant", "tool_calls": [
    {"id": "call_1", "function": {"name": "execute_python", "arguments": '{"code": "x"}'}}]}  # fmt: skip
ANSWERED = {"role": "tool", "tool_call_id": "call_1", "content": '{"error": "KeyError: 1"}'}


def nested(text: str, levels: int) -> str:
    """Return a request as a line of JSON; json.dumps could not write all of them."""
    return '{"role": "user", "content": [' + '{"content": [' * levels + f'{{"text": "{text}"}}' + "]}" * (levels + 1)


def chat(request: str) -> str:
    return "".join(f"{line}\n" for line in (request, json.dumps(CALLED), json.dumps(ANSWERED)))


def test_a_request_in_blocks_without_an_end_does_not_end_the_scan(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", chat(nested("go on", 400)))
    assert [(failure.line, failure.user_request) for failure in scanned().failures] == [(3, None)]


def test_text_in_blocks_in_blocks_is_read(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", chat(nested("go on", 5)))
    assert [failure.user_request for failure in scanned().failures] == ["go on"]


def test_calls_under_one_id_are_told_apart_in_any_number(write: Write, scanned: Scanned) -> None:
    """Each is looked up, and not compared with all before it: a test with a quadratic reader takes minutes here."""
    calls = [
        {"role": "assistant", "tool_calls": [{"id": "c", "function": {"name": "execute_python", "arguments": str(n)}}]}
        for n in range(20_000)
    ]
    write("a.jsonl", [*calls, *calls, *[{**ANSWERED, "tool_call_id": "c"}] * 10])
    result = scanned()
    assert (result.executions, len(result.failures)) == (20_000, 10)


def test_skills_are_offered_once_in_any_number(write: Write, scanned: Scanned) -> None:
    names = [f"skill-{n:05d}" for n in range(50_000)]
    line = {"type": "system", "sessionId": "s", "skills": names}
    call = {"type": "tool_use", "id": "1", "name": "Bash", "input": {"command": "python a.py"}}
    said = {"type": "assistant", "sessionId": "s", "message": {"content": [call]}}
    write("a.jsonl", [line, line, said])
    assert scanned().sessions[0].offered == tuple(names)


def test_calls_without_ids_are_answered_in_any_number(write: Write, scanned: Scanned) -> None:
    call = {"function": {"name": "execute_python", "arguments": '{"code": "x"}'}}
    answer = {"role": "tool", "name": "another", "content": '{"error": "KeyError: 1"}'}
    write("a.jsonl", [{"role": "assistant", "tool_calls": [call] * 10_000}, *[answer] * 10_000])
    result = scanned()
    assert (result.executions, len(result.failures)) == (10_000, 10_000)


def test_a_file_that_no_reader_can_take_apart_is_named(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_deep(records: Any) -> Any:
        raise RecursionError

    monkeypatch.setattr(engine, "recognise", too_deep)
    source = Source("a.jsonl", os.fsencode(write("a.jsonl", [CALLED, ANSWERED])), asked_for=True)
    answer = engine.digest_part(engine.Part(source, 0), frozenset())
    assert (answer.digest, answer.skipped) == (None, [Skipped("a.jsonl", None, "nested too deeply")])
