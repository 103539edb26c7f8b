"""Codex CLI: what is particular to its rollouts and to what `codex exec --json` prints."""

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


def row(kind: str, **payload: Any) -> Row:
    return {"timestamp": "2026-11-02T10:00:00.000Z", "type": kind, "payload": payload}


def meta(session: str = "s", **fields: Any) -> Row:
    return row("session_meta", id=session, cwd="/work", cli_version="0.98.0", **fields)


def said(role: str, *texts: str) -> Row:
    return row("response_item", type="message", role=role, content=[{"type": "input_text", "text": t} for t in texts])


def call(call_id: str, name: str = "exec_command", **arguments: Any) -> Row:
    arguments = arguments or {"cmd": "python x.py"}
    return row("response_item", type="function_call", name=name, arguments=json.dumps(arguments), call_id=call_id)


def answer(call_id: str, output: Any) -> Row:
    return row("response_item", type="function_call_output", call_id=call_id, output=output)


OUTPUTS = {
    "unified exec": "Chunk ID: ab\nWall time: 0.1 seconds\nProcess exited with code 1\nOriginal token count: 9\n"
    f"Output:\n{TRACEBACK}",
    "free form": f"Exit code: 1\nWall time: 0.1 seconds\nTotal output lines: 4\nOutput:\n\n{TRACEBACK}",
    "JSON": json.dumps({"output": TRACEBACK, "metadata": {"exit_code": 1, "duration_seconds": 0.1}}),
    "blocks": [{"type": "input_text", "text": f"Exit code: 1\nWall time: 0.1 seconds\nOutput:\n{TRACEBACK}"}],
}


@pytest.mark.parametrize("output", OUTPUTS.values(), ids=OUTPUTS)
def test_the_status_is_read_and_is_no_part_of_the_output(output: Any, write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [meta(), call("c1"), answer("c1", output)])
    (failure,) = scanned().failures
    assert failure.fault.exit_code == 1
    assert failure.fault.type == "KeyError"
    assert failure.fault.traceback == TRACEBACK
    assert failure.fault.code == "python x.py"


def test_a_traceback_that_a_good_run_printed_is_no_failure(write: Write, scanned: Scanned) -> None:
    output = f"Chunk ID: ab\nWall time: 0.1 seconds\nProcess exited with code 0\nOutput:\n{TRACEBACK}"
    write("a.jsonl", [meta(), call("c1"), answer("c1", output)])
    result = scanned()
    assert (result.executions, result.failures) == (1, ())


def test_a_command_that_runs_on_fails_where_its_end_is_seen(write: Write, scanned: Scanned) -> None:
    running = "Chunk ID: {}\nWall time: 1.0 seconds\nProcess running with session ID 7\nOutput:\n{}"
    ended = f"Chunk ID: c\nWall time: 1.0 seconds\nProcess exited with code 1\nOutput:\n{TRACEBACK[30:]}"
    rows = [
        meta(), call("c1"), answer("c1", running.format("a", "")),
        call("c2", "write_stdin", session_id=7, chars=""), answer("c2", running.format("b", TRACEBACK[:30])),
        call("c3", "write_stdin", session_id=7, chars=""), answer("c3", ended),
    ]  # fmt: skip
    write("a.jsonl", rows)
    result = scanned()
    assert (result.tool_calls, result.executions, result.other_failures) == (3, 1, 0)
    (failure,) = result.failures
    assert (failure.line, failure.tool, failure.fault.type) == (7, "exec_command", "KeyError")


def test_a_command_that_is_never_seen_to_end_is_no_failure(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [meta(), call("c1"), answer("c1", "Wall time: 1.0 seconds\nProcess running with session ID 7\n")])
    result = scanned()
    assert (result.executions, result.failures) == (1, ())


def script(call_id: str, text: str) -> Row:
    return row("response_item", type="custom_tool_call", name="exec", input=text, call_id=call_id)


def printed(call_id: str, *texts: str, head: str = "Script completed") -> Row:
    texts = (f"{head}\nWall time 0.2 seconds\nOutput:\n", *texts)
    output = [{"type": "input_text", "text": text} for text in texts]
    return row("response_item", type="custom_tool_call_output", call_id=call_id, output=output)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('const r = await tools.exec_command({"cmd": "python \\"x.py\\""}); text(r.output)', 'python "x.py"'),
        (
            "const cmd = `python - <<'EOF'\ngo()\nEOF`;\ntext(await tools.exec_command({cmd}));",
            "python - <<'EOF'\ngo()\nEOF",
        ),
        ("for (const c of ['ls', 'python x.py']) text(await tools.shell({command: c}))", "ls\npython x.py"),
    ],
    ids=["object", "template", "put together"],
)
def test_a_script_runs_the_commands_that_stand_in_it(text: str, code: str, write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [meta(), script("c1", text), printed("c1", TRACEBACK)])
    (failure,) = scanned().failures
    assert (failure.tool, failure.fault.code, failure.fault.type) == ("exec", code, "KeyError")
    assert failure.fault.traceback == TRACEBACK


def test_a_script_that_prints_how_a_command_ended_tells_its_status(write: Write, scanned: Scanned) -> None:
    text = 'text(JSON.stringify(await tools.exec_command({cmd: "python x.py"})))'
    ends = [json.dumps({"exit_code": code, "output": TRACEBACK}) for code in (0, 1)]
    rows = [meta(), script("c1", text), printed("c1", ends[0]), script("c2", text), printed("c2", ends[1])]
    write("a.jsonl", rows)
    result = scanned()
    assert result.executions == 2
    assert [(failure.line, failure.fault.exit_code) for failure in result.failures] == [(5, 1)]


def test_a_script_that_runs_on_fails_where_its_end_is_seen(write: Write, scanned: Scanned) -> None:
    rows = [
        meta(),
        script("c1", 'text(await tools.exec_command({cmd: "python x.py"}))'),
        printed("c1", head="Script running with cell ID 28"),
        call("c2", "wait", cell_id="28"),
        printed("c2", TRACEBACK),
    ]
    write("a.jsonl", rows)
    result = scanned()
    assert (result.tool_calls, result.executions) == (2, 1)
    assert [(failure.line, failure.fault.type) for failure in result.failures] == [(5, "KeyError")]


def test_a_script_that_only_reads_is_no_execution(write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [meta(), script("c1", 'text(await tools.read_file("python x.py"))'), printed("c1", TRACEBACK)])
    result = scanned()
    assert (result.tool_calls, result.executions, result.failures) == (1, 0, ())


@pytest.mark.parametrize("output", ["exec command rejected by user", "aborted by user after 2.1s"])
def test_a_call_that_the_user_stopped_is_no_execution(output: str, write: Write, scanned: Scanned) -> None:
    write("a.jsonl", [meta(), call("c1"), answer("c1", output)])
    result = scanned()
    assert (result.executions, result.failures) == (0, ())


def test_events_that_repeat_a_result_count_once_and_the_item_names_the_place(write: Write, scanned: Scanned) -> None:
    event = row("event_msg", type="exec_command_end", call_id="c1", stdout="", stderr=TRACEBACK, exit_code=1)
    write("a.jsonl", [meta(), call("c1"), event, answer("c1", OUTPUTS["JSON"])])
    (failure,) = scanned().failures
    assert failure.line == 4


def test_the_request_is_the_users_and_not_what_codex_adds(write: Write, scanned: Scanned) -> None:
    rows = [
        meta(),
        said("user", "# AGENTS.md instructions for /work\n\n<INSTRUCTIONS>\nBe brief.\n</INSTRUCTIONS>", "Fix it."),
        said("user", "<environment_context>\n  <cwd>/work</cwd>\n</environment_context>"),
        said("user", "<turn_aborted>\nThe user interrupted.\n</turn_aborted>"),
        call("c1"), answer("c1", OUTPUTS["JSON"]),
        row("event_msg", type="user_message", message="# Context\n\n## My request for Codex:\nNow test it."),
        call("c2"), answer("c2", OUTPUTS["free form"]),
    ]  # fmt: skip
    write("a.jsonl", rows)
    assert [failure.user_request for failure in scanned().failures] == ["Fix it.", "Now test it."]


def test_skills_are_offered_in_a_list_and_loaded_by_a_mention_or_by_a_call(write: Write, scanned: Scanned) -> None:
    listed = (
        "<skills_instructions>\n## Skills\n### Available skills\n"
        "- pdf:pdf: Read PDFs. (file: r1/pdf/SKILL.md)\n- prices: Daily prices: all. (file: /s/prices/SKILL.md)\n"
        "### How to use skills\n- Discovery: see above.\n</skills_instructions>"
    )
    rows = [
        meta(), said("developer", listed), said("user", "Use $prices."),
        said("user", "<skill>\n<name>prices</name>\n<path>/s/prices/SKILL.md</path>\n---\n</skill>"),
        call("c1", cmd="cat /s/pdf/SKILL.md"), answer("c1", OUTPUTS["JSON"]),
    ]  # fmt: skip
    write("a.jsonl", rows)
    (session,) = scanned().sessions
    assert session.offered == ("pdf:pdf", "prices")
    assert [(skill.name, skill.line) for skill in session.loaded] == [("prices", 4), ("pdf", 5)]


@pytest.mark.parametrize(
    "header",
    [
        {"source": {"subagent": {"thread_spawn": {"parent_thread_id": "s", "depth": 1, "agent_nickname": "Ada"}}}},
        {"session_id": "s", "parent_thread_id": "between"},
    ],
    ids=["by its source", "by the session's id"],
)
def test_a_subagent_belongs_to_the_session_that_started_it(header: Row, write: Write, scanned: Scanned) -> None:
    write("main.jsonl", [meta(), said("user", "Fix it."), call("c1"), answer("c1", OUTPUTS["JSON"])])
    rows = [meta("t", **header), said("user", "Look."), call("c2", cmd="ls"), answer("c2", "Exit code: 0\n")]
    write("sub.jsonl", [*rows, call("c3"), answer("c3", OUTPUTS["JSON"])])
    result = scanned()
    assert [session.id for session in result.sessions] == ["s"]
    assert sorted(str(failure.user_request) for failure in result.failures) == ["Fix it.", "Look."]


def test_a_fork_counts_what_it_repeats_once(write: Write, scanned: Scanned) -> None:
    call_id = "call_Zk3Vn8QwLx0TbR5yHs2MdPq7"
    told = [said("user", "Fix it."), call(call_id), answer(call_id, OUTPUTS["JSON"])]
    write("a.jsonl", [meta("s"), *told])
    write("b.jsonl", [meta("fork", forked_from_id="s"), meta("s"), *told, said("user", "Go on.")])
    result = scanned()
    assert (result.executions, len(result.failures)) == (1, 1)


def test_older_rollouts_hold_their_items_bare(write: Write, scanned: Scanned) -> None:
    items = [said("user", "Fix it."), call("c1", "shell", command=["bash", "-lc", "python x.py"])]
    header = {"id": "s", "timestamp": "2025-08-02T10:00:00.000Z", "instructions": None}
    rows = [header, {"record_type": "state"}, *(item["payload"] for item in (*items, answer("c1", OUTPUTS["JSON"])))]
    write("a.jsonl", rows)
    (failure,) = scanned().failures
    assert (failure.format, failure.session, failure.line) == ("codex", "s", 5)
    assert (failure.user_request, failure.fault.code) == ("Fix it.", "python x.py")


def test_the_stream_of_codex_exec_tells_commands_when_they_start_and_end(write: Write, scanned: Scanned) -> None:
    begun = {"id": "item_1", "type": "command_execution", "command": "bash -lc 'python x.py'", "aggregated_output": ""}
    ended = {**begun, "aggregated_output": TRACEBACK, "exit_code": 1, "status": "failed"}
    rows = [
        {"type": "thread.started", "thread_id": "s"},
        {"type": "turn.started"},
        {"type": "item.started", "item": {**begun, "exit_code": None, "status": "in_progress"}},
        {"type": "item.completed", "item": ended},
        {"type": "item.completed", "item": {**begun, "id": "item_2", "status": "declined"}},
    ]
    write("a.txt", rows)
    result = scanned()
    assert (result.executions, [session.id for session in result.sessions]) == (1, ["s"])
    (failure,) = result.failures
    assert (failure.line, failure.fault.type, failure.fault.exit_code) == (4, "KeyError", 1)
