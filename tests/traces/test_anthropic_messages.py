"""Anthropic messages: what is particular to their blocks, and in what they are kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skills_lint.traces.result import ScanResult

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]
Row = dict[str, Any]
TRACEBACK = "Traceback (most recent call last):\n  File \"x.py\", line 1, in <module>\n    go()\nKeyError: 'close'\n"


def user(*blocks: Row | str) -> Row:
    return {"role": "user", "content": [{"type": "text", "text": b} if isinstance(b, str) else b for b in blocks]}


def assistant(*blocks: Row, **fields: Any) -> Row:
    return {"role": "assistant", "content": list(blocks), **fields}


def use(call_id: str, code: str = "go()", name: str = "execute_python") -> Row:
    return {"type": "tool_use", "id": call_id, "name": name, "input": {"code": code}}


def answer(call_id: str, content: Any = TRACEBACK, **fields: Any) -> Row:
    return {"type": "tool_result", "tool_use_id": call_id, "content": content, **fields}


CHAT = [{"role": "user", "content": "Go."}, assistant(use("t1")), user(answer("t1"))]
KEPT: dict[str, tuple[Any, int | None, str | None]] = {
    "a message a line": (CHAT, 3, None),
    "a list": (json.dumps(CHAT), None, "/2/content/0"),
    "a document": (json.dumps({"model": "m", "messages": CHAT}), None, "/messages/2/content/0"),
    "a chat a line": ([{"messages": CHAT}, {"messages": [CHAT[0]]}], 1, "/messages/2/content/0"),
    "a request and its response": (
        [{"request": {"messages": CHAT}, "response": assistant()}, {"request": {"messages": [CHAT[0]]}}],
        1,
        "/request/messages/2/content/0",
    ),
}


@pytest.mark.parametrize(("content", "line", "pointer"), KEPT.values(), ids=KEPT)
def test_messages_are_found_wherever_they_are_kept(
    content: Any, line: int | None, pointer: str | None, write: Write, scanned: Scanned
) -> None:
    write("a.json", content)
    (failure,) = scanned().failures
    assert (failure.format, failure.line, failure.pointer) == ("anthropic-messages", line, pointer)
    assert (failure.user_request, failure.fault.type, failure.fault.code) == ("Go.", "KeyError", "go()")


def test_a_log_of_requests_that_tells_a_chat_again_and_again_is_one_session(write: Write, scanned: Scanned) -> None:
    chat = [*CHAT, assistant(use("t2")), user(answer("t2"))]
    rows = [
        {"request": {"model": "m", "messages": chat[:1]}, "response": {"body": chat[1]}},
        {"request": {"model": "m", "messages": [{"role": "user", "content": "Hello"}]}, "response": assistant()},
        {"request": {"model": "m", "messages": chat[:3]}, "response": {"body": chat[3]}},
        {"request": {"model": "m", "messages": chat}, "response": {"body": assistant()}},
    ]
    write("a.jsonl", rows)
    result = scanned()
    assert [session.executions for session in result.sessions if session.executions] == [2]
    assert [failure.line for failure in result.failures] == [3, 4]


def test_results_of_parallel_calls_are_told_apart_by_their_pointers(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [assistant(use("t1"), use("t2"), use("t3")), user(answer("t1"), answer("t2", "1"), answer("t3"))])
    assert [(failure.line, failure.pointer) for failure in scanned().failures] == [(2, "/content/0"), (2, "/content/2")]


def test_a_status_that_was_left_at_its_default_says_nothing(write: Write, scanned: Scanned) -> None:
    rows = [
        assistant(use("t1"), use("t2")),
        user(answer("t1", is_error=False), answer("t2", "out of memory", is_error=True)),
    ]
    write("a.jsonl", rows)
    assert [failure.fault.type for failure in scanned().failures] == ["KeyError", None]


def server(kind: str, call_id: str, argument: str, **content: Any) -> tuple[Row, Row]:
    call = {"type": "server_tool_use", "id": call_id, "name": kind, "input": {argument: "python x.py"}}
    return call, {"type": f"{kind}_tool_result", "tool_use_id": call_id, "content": content}


def test_what_ran_at_anthropic_has_status_and_streams_apart(write: Write, scanned: Scanned) -> None:
    blocks = [
        *server("bash_code_execution", "s1", "command", stdout="1", stderr=TRACEBACK, return_code=1, content=[]),
        *server("bash_code_execution", "s2", "command", stdout=TRACEBACK, stderr="", return_code=0, content=[]),
        *server("code_execution", "s3", "code", stdout="", stderr=TRACEBACK, return_code=1, content=[]),
        *server("code_execution", "s4", "code", error_code="execution_time_exceeded"),
        *server("code_execution", "s5", "code", error_code="unavailable"),
        *server("text_editor_code_execution", "s6", "command", is_file_update=False),
    ]
    write("a.jsonl", [user("Go."), assistant(*blocks), user("Thanks.")])
    result = scanned()
    assert (result.tool_calls, result.executions) == (6, 5)
    failed = [(failure.pointer, failure.fault.exit_code, failure.fault.type) for failure in result.failures]
    assert failed == [("/content/1", 1, "KeyError"), ("/content/5", 1, "KeyError"), ("/content/7", None, None)]


def test_a_tool_of_a_remote_server_is_a_tool(write: Write, scanned: Scanned) -> None:
    call = {**use("m1", name="run_python"), "type": "mcp_tool_use", "server_name": "lab"}
    told = {**answer("m1", [{"type": "text", "text": TRACEBACK}], is_error=True), "type": "mcp_tool_result"}
    write("a.jsonl", [user("Go."), assistant(call, told)])
    (failure,) = scanned().failures
    assert (failure.tool, failure.fault.type) == ("run_python", "KeyError")


def test_bedrock_writes_the_same_in_other_words(write: Write, scanned: Scanned) -> None:
    call = {"toolUse": {"toolUseId": "t1", "name": "execute_python", "input": {"code": "go()"}}}
    told = {"toolResult": {"toolUseId": "t1", "content": [{"text": TRACEBACK}], "status": "error"}}
    write("a.jsonl", [{"role": "user", "content": [{"text": "Go."}]}, assistant(call), user(told)])
    (failure,) = scanned().failures
    assert (failure.line, failure.user_request, failure.fault.type) == (3, "Go.", "KeyError")


def test_the_request_is_text_of_the_user_and_no_result_and_no_reminder(write: Write, scanned: Scanned) -> None:
    rows = [
        user("<system-reminder>Be careful.</system-reminder>", "Go."),
        assistant(use("t1")),
        user(answer("t1")),
        assistant(use("t2")),
        user(answer("t2"), "Now try again."),
        assistant(use("t3")),
        user(answer("t3")),
    ]
    write("a.jsonl", rows)
    assert [failure.user_request for failure in scanned().failures] == ["Go.", "Go.", "Now try again."]


def test_skills_are_offered_in_the_prompt_or_by_the_tool_that_loads_them(write: Write, scanned: Scanned) -> None:
    listed = "<available_skills>{}</available_skills> `<name>x</name>`"
    skills = [listed.format(f"<skill>\n<name>\n{name}\n</name>\n</skill>") for name in ("prices", "pdf")]
    skill = {"type": "tool_use", "id": "t0", "name": "Skill", "input": {"skill": "prices"}}
    request = {
        "system": [{"type": "text", "text": skills[0]}],
        "tools": [{"name": "Skill", "description": skills[1]}],
        "messages": [*CHAT[:1], assistant(skill), user(answer("t0", "Read.")), *CHAT[1:]],
    }
    write("a.jsonl", [{"request": request, "response": assistant()}])
    (session,) = scanned().sessions
    assert session.offered == ("pdf", "prices")
    assert [skill.name for skill in session.loaded] == ["prices"]
