"""Claude Code sessions: what is particular to them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skills_lint.traces.result import LoadedSkill, ScanResult

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]
Row = dict[str, Any]
TRACEBACK = "Traceback (most recent call last):\n  File \"x.py\", line 1, in <module>\n    go()\nKeyError: 'close'"


def row(kind: str, content: Any, **fields: Any) -> Row:
    message = {"role": kind, "content": content}
    return {"type": kind, "sessionId": "s", "timestamp": "2026-11-02T10:00:00.000Z", "message": message, **fields}


def use(call: str, command: str, **fields: Any) -> Row:
    block = {"type": "tool_use", "id": call, "name": "Bash", "input": {"command": command}}
    return row("assistant", [block], **fields)


def answer(call: str, text: str, is_error: bool | None = None, **fields: Any) -> Row:
    block = {"type": "tool_result", "tool_use_id": call, "content": text}
    return row("user", [block if is_error is None else {**block, "is_error": is_error}], **fields)


def test_a_failure_has_its_exit_status_and_not_the_line_that_tells_it(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [use("t1", "python x.py"), answer("t1", f"Exit code 3\n{TRACEBACK}", True)])
    (failure,) = scanned().failures
    assert failure.fault.exit_code == 3
    assert failure.fault.traceback == TRACEBACK


def test_the_indentation_below_an_exit_status_is_kept(write: Write, scanned: Scanned) -> None:
    group = (
        "  + Exception Group Traceback (most recent call last):\n"
        '  |   File "x.py", line 1, in <module>\n  | ExceptionGroup: many (1 sub-exception)\n'
        "  +-+---------------- 1 ----------------\n    | ValueError: a\n    +------------------------------------"
    )
    write("a.jsonl", [use("t1", "python x.py"), answer("t1", f"Exit code 1\n{group}", True)])
    (failure,) = scanned().failures
    assert failure.fault.type == "ExceptionGroup"


def test_a_result_without_is_error_is_fine_where_the_streams_are_told(write: Write, scanned: Scanned) -> None:
    streams = {"stdout": TRACEBACK, "stderr": "", "interrupted": False}
    write("a.jsonl", [use("t1", "python x.py"), answer("t1", TRACEBACK, toolUseResult=streams)])
    result = scanned()
    assert (result.executions, result.failures) == (1, ())


def test_output_that_looks_like_a_payload_is_output(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [use("t1", "python x.py"), answer("t1", '{"success": false, "error": "KeyError: 1"}', False)])
    assert scanned().failures == ()


def test_several_results_in_one_record_are_told_apart_by_their_pointers(write: Write, scanned: Scanned) -> None:
    calls = [
        {"type": "tool_use", "id": i, "name": "Bash", "input": {"command": f"python {i}.py"}} for i in ("t1", "t2")
    ]
    results = [
        {"type": "tool_result", "tool_use_id": i, "content": f"Exit code 1\n{TRACEBACK}", "is_error": True}
        for i in ("t1", "t2")
    ]
    write("a.jsonl", [row("assistant", calls), row("user", results)])
    places = [(failure.line, failure.pointer) for failure in scanned().failures]
    assert places == [(2, "/message/content/0"), (2, "/message/content/1")]


def test_what_a_subagent_did_counts_once_and_at_its_own_record(write: Write, scanned: Scanned) -> None:
    call, result = use("t1", "python x.py"), answer("t1", f"Exit code 1\n{TRACEBACK}", True)
    progress = [
        {"type": "progress", "sessionId": "s", "data": {"type": "agent_progress", "agentId": "a7", "message": inner}}
        for inner in (call, result)
    ]
    write("a.jsonl", [row("user", "look into it"), *progress])
    write("subagents/a7.jsonl", [
        {**row("user", "read the prices"), "agentId": "a7", "isSidechain": True},
        {**call, "agentId": "a7", "isSidechain": True},
        {**result, "agentId": "a7", "isSidechain": True},
    ])  # fmt: skip
    result_ = scanned()
    assert result_.tool_calls == 1
    (failure,) = result_.failures
    assert (failure.file, failure.line, failure.user_request) == ("subagents/a7.jsonl", 3, "read the prices")
    assert [session.files for session in result_.sessions] == [("a.jsonl", "subagents/a7.jsonl")]


def test_progress_counts_where_the_subagents_file_is_missing(write: Write, scanned: Scanned) -> None:
    messages = [use("t1", "python x.py"), answer("t1", f"Exit code 1\n{TRACEBACK}", True)]
    write(
        "a.jsonl",
        [row("user", "go"), *({"type": "progress", "sessionId": "s", "data": {"message": m}} for m in messages)],
    )
    assert [failure.line for failure in scanned().failures] == [3]


def test_an_agent_is_not_given_the_attempts_of_another(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [
        use("t1", "python x.py"),
        answer("t1", f"Exit code 1\n{TRACEBACK}", True),
        use("t2", "python y.py", agentId="a7", isSidechain=True),
        answer("t2", "3", False, agentId="a7", isSidechain=True),
    ])  # fmt: skip
    assert scanned().failures[0].next == ()


@pytest.mark.parametrize(
    "extra",
    [
        row("user", "<command-name>/clear</command-name>"),
        row("user", "a note", isMeta=True),
        row("user", "This session is being continued", isCompactSummary=True),
        row("user", [{"type": "text", "text": "[Request interrupted by user]"}]),
        answer("t0", "a result"),
    ],
)
def test_a_request_is_what_the_user_wrote(extra: Row, write: Write, scanned: Scanned) -> None:
    said = row("user", [{"type": "text", "text": "What did it close at?"}])
    write("a.jsonl", [said, extra, use("t1", "python x.py"), answer("t1", f"Exit code 1\n{TRACEBACK}", True)])
    assert scanned().failures[0].user_request == "What did it close at?"


def test_the_records_of_stream_json_are_read(write: Write, scanned: Scanned) -> None:
    def streamed(record: Row) -> Row:
        return {"type": record["type"], "message": record["message"], "session_id": "s", "parent_tool_use_id": None}

    init = {
        "type": "system",
        "subtype": "init",
        "session_id": "s",
        "model": "claude-x",
        "skills": ["etf-data", "dates"],
    }
    write("run.txt", [
        init,
        streamed(use("t1", "python x.py")),
        streamed(answer("t1", f"Exit code 1\n{TRACEBACK}", True)),
        {"type": "result", "subtype": "success", "session_id": "s"},
    ])  # fmt: skip
    result = scanned()
    (session,) = result.sessions
    assert (session.format, session.model, session.offered) == ("claude-code", "claude-x", ("dates", "etf-data"))
    assert [failure.timestamp for failure in result.failures] == [None]


def test_the_skills_that_were_read_are_named_with_their_places(write: Write, scanned: Scanned) -> None:
    skill = {"type": "tool_use", "id": "t1", "name": "Skill", "input": {"skill": "etf-data"}}
    read = {"type": "tool_use", "id": "t2", "name": "Read", "input": {"file_path": "/repo/skills/dates/SKILL.md"}}
    write("a.jsonl", [
        row("assistant", [skill]),
        row("assistant", [read]),
        use("t3", "cat .claude/skills/joins/SKILL.md"),
        use("t4", "echo x > skills/new/SKILL.md"),
        row("assistant", [{**skill, "id": "t5"}]),
    ])  # fmt: skip
    (session,) = scanned().sessions
    assert session.loaded == (
        LoadedSkill("etf-data", 1, None),
        LoadedSkill("dates", 2, None),
        LoadedSkill("joins", 3, None),
    )
