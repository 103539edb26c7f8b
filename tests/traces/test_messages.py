"""LangChain and OpenAI messages: the shapes in which they are stored."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skills_lint.traces.result import ScanResult

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]

CALL = {"name": "execute_python", "args": {"code": "x"}, "id": "call_1"}
LANGCHAIN = {
    "log records": [
        {"run_id": "r", "message_type": "HumanMessage", "content": "go on"},
        {"run_id": "r", "message_type": "AIMessage", "content": "", "tool_calls": [CALL]},
        {"run_id": "r", "message_type": "ToolMessage", "tool_call_id": "call_1", "content": '{"error": "KeyError: 1"}'},
    ],
    "message_to_dict": [
        {"type": "human", "data": {"content": "go on"}},
        {"type": "ai", "data": {"content": "", "tool_calls": [CALL]}},
        {"type": "tool", "data": {"content": "KeyError: 1", "tool_call_id": "call_1", "status": "error"}},
    ],
    "serialised objects": [
        {"lc": 1, "type": "constructor", "id": ["langchain", "schema", "messages", kind], "kwargs": fields}
        for kind, fields in (
            ("HumanMessage", {"content": "go on"}),
            ("AIMessage", {"content": "", "tool_calls": [CALL]}),
            ("ToolMessage", {"content": "KeyError: 1", "tool_call_id": "call_1", "status": "error"}),
        )
    ],
}


@pytest.mark.parametrize("rows", LANGCHAIN.values(), ids=LANGCHAIN.keys())
def test_langchain_messages_are_read_as(rows: list[dict[str, Any]], write: Write, scanned: Scanned) -> None:
    write("a.jsonl", rows)
    result = scanned()
    assert [session.format for session in result.sessions] == ["langchain-messages"]
    (failure,) = result.failures
    assert (failure.line, failure.fault.type, failure.fault.code, failure.user_request) == (3, "KeyError", "x", "go on")


FUNCTION = {"name": "execute_python", "arguments": '{"code": "x"}'}
CHAT: list[dict[str, Any]] = [
    {"role": "system", "content": "You write Python."},
    {"role": "user", "content": [{"type": "text", "text": "go on"}]},
    {"role": "assistant", "content": None, "tool_calls": [{"id": "call_1", "type": "function", "function": FUNCTION}]},
    {"role": "tool", "tool_call_id": "call_1", "content": '{"success": false, "error": "KeyError: 1"}'},
]
OPENAI = {
    "a message a line": ("a.jsonl", "\n".join(map(json.dumps, CHAT)), 4, None),
    "a chat a line": (
        "a.jsonl", f"{json.dumps({'messages': CHAT})}\n{json.dumps({'messages': CHAT[:2]})}\n", 1, "/messages/3",
    ),
    "a document": ("a.json", json.dumps({"messages": CHAT}, indent=1), None, "/messages/3"),
    "a list": ("a.json", json.dumps(CHAT, indent=1), None, "/3"),
    "a list in one line": ("a.json", json.dumps(CHAT), None, "/3"),
    "a document in one line": ("a.json", json.dumps({"messages": CHAT}), None, "/messages/3"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "text", "line", "pointer"), OPENAI.values(), ids=OPENAI.keys())
def test_an_openai_chat_is_read_as(
    name: str, text: str, line: int | None, pointer: str | None, write: Write, scanned: Scanned
) -> None:
    write(name, text)
    (failure,) = scanned().failures
    assert (failure.format, failure.line, failure.pointer) == ("openai-chat", line, pointer)
    assert (failure.fault.type, failure.fault.code, failure.user_request) == ("KeyError", "x", "go on")


def test_the_older_function_calls_are_read(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [
        {"role": "user", "content": "go on"},
        {"role": "assistant", "content": None, "function_call": FUNCTION},
        {"role": "function", "name": "execute_python", "content": "KeyError: 1"},
    ])  # fmt: skip
    assert [(failure.line, failure.fault.type) for failure in scanned().failures] == [(3, "KeyError")]


def test_chats_that_fill_a_line_each_are_sessions_of_their_own(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [{"messages": CHAT}, {"messages": CHAT}, {"id": "named", "messages": CHAT}])
    write("b.jsonl", [{"messages": [*CHAT, {"role": "user", "content": "thanks"}]}])
    sessions = scanned().sessions
    assert [(session.id, session.failures) for session in sessions] == [
        ("a.jsonl#1", 1),
        ("a.jsonl#2", 1),
        ("named", 1),
        ("b.jsonl#1", 1),
    ]


def test_a_chat_without_tools_is_a_session_without_executions(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [{"role": "user", "content": "go on"}, {"role": "assistant", "content": "KeyError: 'close'"}])
    result = scanned()
    assert (result.files, len(result.sessions), result.tool_calls) == (1, 1, 0)


def test_results_that_come_before_their_calls_are_paired(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [CHAT[1], CHAT[3], CHAT[2]])
    (failure,) = scanned().failures
    assert failure.fault.code == "x"


def test_a_second_result_for_one_call_is_not_counted(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [*CHAT, CHAT[3]])
    result = scanned()
    assert (result.tool_calls, len(result.failures)) == (1, 1)


def test_a_traceback_in_a_prompt_is_not_a_failure(write: Write, scanned: Scanned) -> None:
    text = 'It ended so:\nTraceback (most recent call last):\n  File "x.py", line 1, in <module>\n    go()\nKeyError: 1'
    write("a.jsonl", [{"role": "user", "content": text}, {"role": "assistant", "content": text}, *CHAT[2:]])
    assert [failure.line for failure in scanned().failures] == [4]
