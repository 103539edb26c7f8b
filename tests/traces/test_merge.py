"""Sessions, requests, what came next, and what is told twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from skills_lint.traces.result import Attempt, ScanResult

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]
BAD = {"success": False, "error": "KeyError: 'close'"}
GOOD = {"success": True, "output": "1"}


def said(text: str, run: str = "r") -> dict[str, Any]:
    return {"event": "message", "message_type": "HumanMessage", "run_id": run, "content": text}


def ran(
    result: dict[str, Any], at: int, run: str = "r", code: str = "x", tool: str = "execute_python"
) -> list[dict[str, Any]]:
    common = {"run_id": run, "tool": tool}
    return [
        {"event": "tool_start", "ts": 1790000000 + at, "args": {"code": code}, **common},
        {"event": "tool_end", "ts": 1790000001 + at, "result": result, **common},
    ]


def test_the_nearest_request_before_a_failure_is_its_own(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [said("first"), *ran(BAD, 0), said("second"), said("other", "s"), *ran(BAD, 5), said("third")])
    assert [failure.user_request for failure in scanned().failures] == ["first", "second"]


def test_what_came_next_ends_with_the_first_success(write: Write, scanned: Scanned) -> None:
    write(
        "a.jsonl",
        [*ran(BAD, 0), *ran(BAD, 5, code="y"), *ran(BAD, 6, run="s"), *ran(GOOD, 9, code="z"), *ran(GOOD, 12)],
    )
    first, second, other = scanned().failures
    assert first.next == (
        Attempt(4, None, True, "y", "2026-09-21T14:13:26.000Z"),
        Attempt(8, None, False, "z", "2026-09-21T14:13:30.000Z"),
    )
    assert [attempt.line for attempt in second.next] == [8]
    assert other.next == ()


def test_at_most_ten_attempts_are_kept(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [row for at in range(15) for row in ran(BAD, at)])
    assert len(scanned().failures[0].next) == 10


def test_calls_of_other_tools_are_no_attempts(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [*ran(BAD, 0), *ran(GOOD, 3, tool="read_file", code="a.txt")])
    assert scanned().failures[0].next == ()


def test_a_session_may_lie_in_several_files(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [said("go on"), *ran(GOOD, 0)])
    write("b.jsonl", ran(BAD, 100))
    result = scanned()
    (session,) = result.sessions
    assert (session.id, session.files, session.executions, session.failures) == ("r", ("a.jsonl", "b.jsonl"), 2, 1)
    assert (session.start, session.end) == ("2026-09-21T14:13:20.000Z", "2026-09-21T14:15:01.000Z")
    assert result.failures[0].user_request == "go on"


def test_a_call_and_its_result_in_different_files_find_each_other(write: Write, scanned: Scanned) -> None:
    call = {"role": "assistant", "session_id": "s", "tool_calls": [
        {"id": "call_1", "function": {"name": "execute_python", "arguments": '{"code": "x"}'}}]}  # fmt: skip
    write("a.jsonl", [{"role": "user", "session_id": "s", "content": "go on"}, call])
    write(
        "b.jsonl",
        [{"role": "tool", "session_id": "s", "tool_call_id": "call_1", "content": '{"error": "KeyError: 1"}'}],
    )
    result = scanned()
    assert (result.tool_calls, result.executions) == (1, 1)
    (failure,) = result.failures
    assert (failure.file, failure.line, failure.fault.code, failure.user_request) == ("b.jsonl", 1, "x", "go on")


def test_a_copy_of_a_file_counts_once(write: Write, scanned: Scanned) -> None:
    rows = [said("go on"), *ran(BAD, 0), *ran(GOOD, 5)]
    write("a.jsonl", rows)
    write("b.jsonl", rows)
    result = scanned()
    assert (result.files, result.tool_calls, len(result.failures)) == (2, 2, 1)


def test_a_file_that_was_rotated_in_the_middle_of_a_session_loses_nothing(write: Write, scanned: Scanned) -> None:
    rows = [row for at in range(0, 40, 2) for row in ran(BAD, at)]
    write("a.jsonl", rows[:20])
    write("b.jsonl", rows[20:])
    assert len(scanned().failures) == 20


def test_messages_that_tell_tool_events_again_count_once(write: Write, scanned: Scanned) -> None:
    event = {"event": "message", "run_id": "r"}
    calls = [{"name": "execute_python", "args": {"code": "x"}, "id": "call_1"}]
    start, end = ran(BAD, 0)
    write("a.jsonl", [
        said("go on"),
        {**event, "message_type": "AIMessage", "tool_calls": calls},
        start,
        end,
        {**event, "message_type": "ToolMessage", "tool_call_id": "call_1", "content": '{"error": "KeyError: 1"}'},
    ])  # fmt: skip
    result = scanned()
    assert (result.tool_calls, result.executions) == (1, 1)
    assert [failure.line for failure in result.failures] == [4]


def test_a_call_that_waits_for_its_result_is_an_execution(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", ran(BAD, 0)[:1])
    result = scanned()
    assert (result.tool_calls, result.executions, result.failures) == (1, 1, ())


def test_calls_of_one_tool_that_overlap_are_answered_in_order(write: Write, scanned: Scanned) -> None:
    first, second = ran(GOOD, 0, code="first"), ran(BAD, 1, code="second")
    write("a.jsonl", [first[0], second[0], first[1], second[1]])
    assert [failure.fault.code for failure in scanned().failures] == ["second"]


def test_an_id_that_is_used_again_for_another_call_is_another_call(write: Write, scanned: Scanned) -> None:
    def turn(code: str, content: str) -> list[dict[str, Any]]:
        function = {"name": "execute_python", "arguments": f'{{"code": "{code}"}}'}
        return [
            {"role": "assistant", "tool_calls": [{"id": "call_0", "function": function}]},
            {"role": "tool", "tool_call_id": "call_0", "content": content},
        ]

    write("a.jsonl", [*turn("x", '{"error": "KeyError: 1"}'), *turn("y", "1"), *turn("z", '{"error": "KeyError: 2"}')])
    result = scanned()
    assert (result.tool_calls, [failure.fault.code for failure in result.failures]) == (3, ["x", "z"])


def test_what_a_resumed_session_repeats_counts_once(write: Write, scanned: Scanned) -> None:
    def turn(session: str, call: str) -> list[dict[str, Any]]:
        use = {"type": "tool_use", "id": call, "name": "Bash", "input": {"command": "python x.py"}}
        result = {"type": "tool_result", "tool_use_id": call, "content": "Exit code 1", "is_error": True}
        return [
            {"type": "assistant", "sessionId": session, "message": {"role": "assistant", "content": [use]}},
            {"type": "user", "sessionId": session, "message": {"role": "user", "content": [result]}},
        ]

    write("a.jsonl", turn("first", "toolu_01QC9NKQD1wjr7oD3Y31N1gT"))
    write(
        "b.jsonl",
        [*turn("resumed", "toolu_01QC9NKQD1wjr7oD3Y31N1gT"), *turn("resumed", "toolu_01RCdLM3sX52rGvR68WePy31")],
    )
    assert [(failure.file, failure.line) for failure in scanned().failures] == [("a.jsonl", 2), ("b.jsonl", 4)]


def test_simple_ids_are_those_of_their_session(write: Write, scanned: Scanned) -> None:
    for session in ("first", "second"):
        call = {"id": "execute_python_call_0001", "function": {"name": "execute_python", "arguments": '{"code": "x"}'}}
        write(f"{session}.jsonl", [
            {"role": "assistant", "session_id": session, "tool_calls": [call]},
            {"role": "tool", "session_id": session, "tool_call_id": call["id"], "content": "KeyError: 1"},
        ])  # fmt: skip
    assert len(scanned().failures) == 2


def test_records_out_of_order_are_put_in_order_by_their_times(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [*ran(GOOD, 9, code="z"), *ran(BAD, 0), *ran(BAD, 5, code="y")])
    first, second = scanned().failures
    assert [attempt.code for attempt in first.next] == ["y", "z"]
    assert [attempt.code for attempt in second.next] == ["z"]


def test_failures_of_other_tools_are_counted(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [*ran(BAD, 0), *ran({"success": False, "error": "no such text"}, 5, tool="edit_file")])
    result = scanned()
    assert (result.other_failures, len(result.failures)) == (1, 1)


def test_the_same_traces_give_the_same_result(write: Write, scanned: Scanned) -> None:
    for name in "cab":
        write(f"{name}.jsonl", [said("go on", name), *ran(BAD, 0, run=name), *ran(GOOD, 5, run=name)])
    assert scanned() == scanned("c.jsonl", "b.jsonl", "a.jsonl")
    assert [failure.file for failure in scanned().failures] == ["a.jsonl", "b.jsonl", "c.jsonl"]


def test_the_same_id_and_code_in_files_of_two_formats_without_sessions_are_two_calls(
    write: Write, scanned: Scanned
) -> None:
    code = {"code": "rows['close']"}
    failed = "Traceback (most recent call last):\n  File \"<string>\", line 1, in <module>\nKeyError: 'close'"
    call = {"id": "call_2", "function": {"name": "execute_python", "arguments": code}}
    blocks = [{"type": "tool_use", "id": "call_2", "name": "execute_python", "input": code}]
    answer = [{"type": "tool_result", "tool_use_id": "call_2", "content": failed}]
    write(
        "chat.jsonl",
        [{"role": "assistant", "tool_calls": [call]}, {"role": "tool", "tool_call_id": "call_2", "content": failed}],
    )
    write("blocks.jsonl", [{"role": "assistant", "content": blocks}, {"role": "user", "content": answer}])
    write("copy.jsonl", Path("chat.jsonl").read_text())
    result = scanned()
    assert [(failure.file, failure.format) for failure in result.failures] == [
        ("blocks.jsonl", "anthropic-messages"),
        ("chat.jsonl", "openai-chat"),
    ]
