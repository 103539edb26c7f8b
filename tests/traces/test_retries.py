"""What is told twice counts once; what was run twice counts twice, also where calls have no ids."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skills_lint.traces.result import ScanResult

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]
Turn = Callable[..., list[dict[str, Any]]]
ERROR = 'Traceback (most recent call last):\n  File "<stdin>", line 1, in <module>\nKeyError: 1'


def function_call(code: str, answer: str) -> list[dict[str, Any]]:
    function = {"name": "python", "arguments": json.dumps({"code": code})}
    return [
        {"role": "assistant", "content": None, "function_call": function},
        {"role": "function", "name": "python", "content": answer},
    ]


def tool_call(code: str, answer: str, call_id: str | None = None) -> list[dict[str, Any]]:
    function = {"name": "python", "arguments": json.dumps({"code": code})}
    return [
        {"role": "assistant", "content": None, "tool_calls": [{"id": call_id, "function": function}]},
        {"role": "tool", "tool_call_id": call_id, "content": answer},
    ]


def langchain(code: str, answer: str) -> list[dict[str, Any]]:
    return [
        {"message_type": "AIMessage", "content": "", "tool_calls": [{"name": "python", "args": {"code": code}}]},
        {"message_type": "ToolMessage", "content": answer},
    ]


without_ids = pytest.mark.parametrize("turn", [function_call, tool_call, langchain])


@without_ids
def test_an_identical_retry_without_an_id_is_an_execution(turn: Turn, write: Write, scanned: Scanned) -> None:
    write("a.jsonl", turn("go()", ERROR) * 3)
    result = scanned()
    assert (result.tool_calls, result.executions, len(result.failures)) == (3, 3, 3)


@without_ids
def test_a_retry_that_succeeds_after_a_fix_is_the_recovery(turn: Turn, write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [*turn("go()", ERROR), *turn("fix()", "done"), *turn("go()", "done")])
    result = scanned()
    assert (result.executions, len(result.failures)) == (3, 1)
    assert [(attempt.code, attempt.failed) for attempt in result.failures[0].next] == [("fix()", False)]


@without_ids
def test_a_call_without_an_answer_takes_none_of_a_later_one(turn: Turn, write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [turn("lost()", "")[0], *turn("go()", ERROR)])
    result = scanned()
    assert (result.executions, [failure.fault.code for failure in result.failures]) == (2, ["go()"])


@without_ids
def test_a_chat_that_each_line_tells_from_its_beginning_counts_once(turn: Turn, write: Write, scanned: Scanned) -> None:
    said = {"message_type": "HumanMessage"} if turn is langchain else {"role": "user"}
    told = [{**said, "content": "go on"}, *turn("go()", ERROR), *turn("go()", ERROR), *turn("go()", "done")]
    write("a.jsonl", [{"session_id": "s", "messages": told[:end]} for end in (1, 3, 5, 7)])
    result = scanned()
    assert (result.executions, len(result.failures)) == (3, 2)


def test_calls_of_one_message_without_ids_are_answered_in_order(write: Write, scanned: Scanned) -> None:
    first, second = tool_call("first()", "done"), tool_call("second()", ERROR)
    write("a.jsonl", [
        {"role": "assistant", "tool_calls": first[0]["tool_calls"] + second[0]["tool_calls"]}, first[1], second[1],
    ])  # fmt: skip
    assert [failure.fault.code for failure in scanned().failures] == ["second()"]


@pytest.mark.parametrize(
    ("turns", "executions"),
    [
        ([("a", ERROR), ("b", "done"), ("a", "done")], 3),
        ([("a", ERROR), ("b", "done"), ("a", ERROR)], 3),
        ([("a", ERROR), ("a", "done")], 2),
        ([("a", ERROR), ("a", ERROR)], 1),
    ],
    ids=["a retry after another call", "the same end after another call", "another end", "the same told again"],
)
def test_a_call_under_an_id_that_was_used_before_is_a_retry_unless_all_of_it_is_the_same(
    turns: list[tuple[str, str]], executions: int, write: Write, scanned: Scanned
) -> None:
    write("a.jsonl", [row for code, answer in turns for row in tool_call(code, answer, "call_0")])
    result = scanned()
    assert result.executions == executions
    assert len(result.failures) == sum(answer == ERROR for _, answer in turns[:executions])


def test_a_copy_of_a_file_with_retries_counts_once(write: Write, scanned: Scanned) -> None:
    rows = [{"session_id": "s", **row} for row in [*function_call("go()", ERROR) * 2, *tool_call("go()", ERROR, "c")]]
    write("a.jsonl", rows)
    write("b.jsonl", rows)
    assert len(scanned().failures) == 3
