"""Traces that were made to break a reader: the scan goes on, and tells what it left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skills_lint.traces import engine
from skills_lint.traces.result import ScanResult, Skipped
from skills_lint.traces.source import Source

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


def test_a_file_that_no_reader_can_take_apart_is_named(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_deep(records: Any) -> Any:
        raise RecursionError

    monkeypatch.setattr(engine, "recognise", too_deep)
    source = Source("a.jsonl", str(write("a.jsonl", [CALLED, ANSWERED])), asked_for=True)
    answer = engine.digest_part(engine.Part(source, 0), frozenset())
    assert (answer.digest, answer.skipped) == (None, [Skipped("a.jsonl", None, "nested too deeply")])
