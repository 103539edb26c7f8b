"""`skills-lint hint --hook claude-code`, with events as https://code.claude.com/docs/en/hooks has them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.hints.claude_code import fault_of, read_event
from skills_lint.holdout import arm_of
from skills_lint.project import open_project

if TYPE_CHECKING:
    from conftest import Repo

HEAVY = {
    "click",
    "frontmatter",
    "griffe",
    "jsonschema",
    "kingfisher_sdk",
    "msgspec",
    "pyromark",
    "re2",
    "sqlite3",
    "yaml",
}
OWN_REPO = Path(__file__).parents[2]
ERROR = """Traceback (most recent call last):
  File "/app/report.py", line 3, in <module>
    frame['close']
KeyError: 'close'"""
HINT = (
    "hint (missing-column): Print `df.columns` first. Read the skill `robust-frames` (skills/robust-frames/SKILL.md)."
)
COMMON = {
    "session_id": "6f2b1c1e-7d0a-4d0e-9d4b-3f1f0a5b7c11",
    "transcript_path": "/home/ada/.claude/projects/-app/6f2b1c1e-7d0a-4d0e-9d4b-3f1f0a5b7c11.jsonl",
    "cwd": "/app",
    "permission_mode": "default",
    "tool_use_id": "toolu_01JTq8ZyqEtQq9ffGkBcSLqD",
}
FAILED = {
    **COMMON,
    "hook_event_name": "PostToolUseFailure",
    "tool_name": "Bash",
    "tool_input": {"command": "python report.py", "description": "Write the report"},
    "error": f"Exit code 1\n{ERROR}",
    "is_interrupt": False,
    "duration_ms": 812,
}
DONE = {
    **COMMON,
    "hook_event_name": "PostToolUse",
    "tool_name": "Bash",
    "tool_input": {"command": "python report.py 2>&1 | tail -20", "description": "Write the report"},
    "tool_response": {
        "stdout": ERROR,
        "stderr": "",
        "interrupted": False,
        "isImage": False,
        "noOutputExpected": False,
    },
    "duration_ms": 812,
}
READ = {
    **COMMON,
    "hook_event_name": "PostToolUse",
    "tool_name": "Read",
    "tool_input": {"file_path": "/app/run.log"},
    "tool_response": {"type": "text", "file": {"filePath": "/app/run.log", "content": ERROR, "numLines": 4}},
}
MCP = {
    **COMMON,
    "hook_event_name": "PostToolUseFailure",
    "tool_name": "mcp__sandbox__execute_python",
    "tool_input": {"code": "frame['close']"},
    "error": ERROR,
}


@pytest.fixture(autouse=True)
def notes(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the notes; it is not there."""
    home = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("XDG_STATE_HOME", str(home))
    monkeypatch.setenv("LOCALAPPDATA", str(home))
    monkeypatch.delenv("CLAUDE_PROJECT_DIR", raising=False)
    return home / "skills-lint" / "hints.jsonl"


def answer(repo: Repo, event: Any, *arguments: str) -> Any:
    """Return what the hook answers, None for nothing; it must not complain."""
    done = repo.run("hint", "--hook", "claude-code", *arguments, stdin=json.dumps(event))
    assert done.stderr == ""
    return json.loads(done.stdout) if done.stdout else None


def context(repo: Repo, event: Any, *arguments: str) -> str | None:
    told = answer(repo, event, *arguments)
    return told["hookSpecificOutput"]["additionalContext"] if told else None


def test_a_failed_call_is_answered_with_the_hint_as_context(repo: Repo) -> None:
    assert answer(repo, FAILED) == {
        "hookSpecificOutput": {"hookEventName": "PostToolUseFailure", "additionalContext": HINT}
    }


def test_a_failure_that_a_pipe_hides_is_answered_too(repo: Repo) -> None:
    assert answer(repo, DONE) == {"hookSpecificOutput": {"hookEventName": "PostToolUse", "additionalContext": HINT}}


def test_a_tool_of_a_server_that_runs_python_is_answered_too(repo: Repo) -> None:
    assert context(repo, MCP) == HINT


def test_a_tool_that_the_configuration_names_is_answered_too(repo: Repo) -> None:
    event = {**MCP, "tool_name": "mcp__lab__compute", "error": "It failed.\nKeyError: 'close'"}
    repo.write("skills-lint.toml", 'python-tools = ["mcp__lab__compute"]\n')
    assert context(repo, event) == HINT


@pytest.mark.parametrize(
    "event",
    [
        {**DONE, "tool_response": {**DONE["tool_response"], "stdout": "10 rows"}},  # type: ignore[dict-item]
        {**DONE, "tool_input": {"command": "grep -r KeyError logs"}},
        {**DONE, "tool_input": {"command": "cat run.log"}},
        {**DONE, "tool_response": {**DONE["tool_response"], "interrupted": True}},  # type: ignore[dict-item]
        READ,
        {**FAILED, "is_interrupt": True},
        {**FAILED, "tool_input": {"command": "npm test"}, "error": "Command exited with non-zero status code 1"},
        {**FAILED, "tool_name": "Read", "error": "File does not exist."},
        {**COMMON, "hook_event_name": "Stop", "stop_hook_active": False},
        {**COMMON, "hook_event_name": "PreToolUse", "tool_name": "Bash", "tool_input": {"command": "python a.py"}},
        {**COMMON, "hook_event_name": "PostToolUseFailure"},
        {**COMMON, "hook_event_name": "PostToolUse", "tool_name": 7, "tool_input": [], "tool_response": [None]},
    ],
    ids=[
        *(
            "a run that went well",
            "a search",
            "a file",
            "a run that was stopped",
            "a tool that reads",
            "a call stopped",
        ),
        *("another program", "another tool", "the end of a turn", "before a call", "nothing", "odd types"),
    ],
)
def test_where_there_is_nothing_to_say_nothing_is_printed(repo: Repo, notes: Path, event: Any) -> None:
    assert answer(repo, event) is None
    assert not notes.exists()


@pytest.mark.parametrize("event", ["", "{", "[]", "null", "{}", '{"hook_event_name": "PostToolUse"}', "[" * 100_000])
def test_what_is_no_event_never_breaks_the_agent(repo: Repo, event: str) -> None:
    done = repo.run("hint", "--hook", "claude-code", stdin=event)
    assert done.stdout == ""
    assert done.stderr.startswith("skills-lint: no hint: standard input is not the event of a hook")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.sampled_from(sorted(DONE)), inner),
    max_leaves=8,
)


@given(
    st.sampled_from(["PostToolUse", "PostToolUseFailure"]), st.dictionaries(st.sampled_from(sorted(DONE)), JSON), JSON
)
def test_an_event_of_any_shape_can_be_read(name: str, fields: dict[str, Any], error: Any) -> None:
    event = read_event(json.dumps({**DONE, **fields, "error": error, "session_id": "s", "hook_event_name": name}))
    if event is not None:
        fault_of(event)


@pytest.mark.parametrize("file", ["skills-lint.toml", "routines/trace_failure_triage/buckets.yaml"])
def test_a_repo_that_cannot_be_read_never_breaks_the_agent(repo: Repo, file: str) -> None:
    repo.write(file, "nonsense")
    done = repo.run("hint", "--hook", "claude-code", stdin=json.dumps(FAILED))
    assert done.stdout == ""
    assert done.stderr.startswith(f"skills-lint: no hint: {file}")


def test_the_project_is_that_of_the_session_wherever_the_agent_stands(
    repo: Repo, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAUDE_PROJECT_DIR", str(repo.root))
    elsewhere = type(repo)(tmp_path_factory.mktemp("elsewhere"))
    told = context(elsewhere, FAILED)
    assert told is not None
    assert told.startswith("hint (missing-column)")


def test_of_the_failures_in_session_files_the_hook_says_what_triage_says() -> None:
    project = open_project(OWN_REPO, traces=(OWN_REPO / "traces/claude-code",))
    by_place = {(item.failure.file, item.failure.line): item.bucket for item in project.assigned}
    told = {}
    for file in sorted((OWN_REPO / "traces/claude-code").glob("*.jsonl")):
        for number, event in events_of(file):
            read = read_event(json.dumps(event))
            fault = fault_of(read) if read else None
            if fault is not None:
                match = project.matcher.first(project.read(fault))
                told[os.path.relpath(file), number] = match.bucket.id if match else None
    assert told.keys() == by_place.keys()
    known = {bucket.id for bucket in project.causes}
    assert told == {place: bucket if bucket in known else None for place, bucket in by_place.items()}


def events_of(file: Path) -> Any:
    """Yield the events that hooks got in a session, each with the line of the call's result."""
    calls = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        record = json.loads(line)
        content = record.get("message", {}).get("content")
        for block in content if isinstance(content, list) else ():
            if block["type"] == "tool_use":
                calls[block["id"]] = {"tool_name": block["name"], "tool_input": block["input"]}
            elif block["type"] == "tool_result":
                call = {"session_id": record["sessionId"], **calls[block["tool_use_id"]]}
                if block.get("is_error"):
                    yield number, {**call, "hook_event_name": "PostToolUseFailure", "error": block["content"]}
                else:
                    streams = {"stdout": block["content"], "stderr": "", "interrupted": False}
                    yield number, {**call, "hook_event_name": "PostToolUse", "tool_response": streams}


def test_the_settings_in_the_guide_work_as_they_stand(repo: Repo) -> None:
    guide = (OWN_REPO / "docs/guide/hints.md").read_text(encoding="utf-8")
    block = re.search(r'```json title="\.claude/settings\.json"\n(.*?)```', guide, re.DOTALL)
    assert block is not None
    hooks = json.loads(block[1])["hooks"]
    assert set(hooks) == {"PostToolUse", "PostToolUseFailure"}
    for event in (FAILED, DONE):
        (entry,) = hooks[event["hook_event_name"]]
        assert re.fullmatch(entry["matcher"], str(event["tool_name"]))
        (hook,) = entry["hooks"]
        assert hook["type"] == "command"
        done = subprocess.run(
            ["sh", "-c", hook["command"]],
            cwd=repo.root,
            input=json.dumps(event),
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])},
        )
        assert HINT in done.stdout


@pytest.mark.parametrize(
    ("event", "needed"),
    [
        ({**DONE, "tool_response": {"stdout": "10 rows"}}, {"click", "msgspec", "re2"}),
        (FAILED, {"click", "msgspec", "re2", "yaml", "frontmatter", "pyromark"}),  # to parse the skill
    ],
    ids=["nothing to say", "a hint"],
)
def test_a_hook_imports_only_what_it_needs(repo: Repo, event: Any, needed: set[str]) -> None:
    context(repo, FAILED)  # from now on the causes are kept
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "skills_lint", "hint", "--hook", "claude-code"],
        cwd=repo.root,
        input=json.dumps(event),
        capture_output=True,
        text=True,
        check=True,
    )
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert {"skills_lint", "click"} <= imported
    assert imported & HEAVY <= needed


def sessions_in(arm: str, share: float, count: int) -> list[str]:
    """Return session ids that are in an arm."""
    ids = (f"session-{number}" for number in range(1_000))
    return [name for name in ids if arm_of(name, share) == arm][:count]


def test_in_a_share_of_the_sessions_the_hint_is_withheld_and_that_is_noted(repo: Repo, notes: Path) -> None:
    (withheld,), (given,) = sessions_in("withheld", 0.2, 1), sessions_in("given", 0.2, 1)
    assert context(repo, {**FAILED, "session_id": withheld}, "--holdout", "0.2") is None
    assert context(repo, {**FAILED, "session_id": given}, "--holdout", "0.2") == HINT
    assert context(repo, {**DONE, "session_id": withheld}, "--holdout", "0.2") is None
    noted = [json.loads(line) for line in notes.read_text().splitlines()]
    assert [note["hint"] for note in noted] == ["withheld", "given"]
    assert all(re.fullmatch("[0-9a-f]{16}", note["session"]) for note in noted)
    assert all(set(note) == {"session", "hint"} for note in noted)


def test_a_session_stays_in_its_arm_when_the_share_changes(repo: Repo) -> None:
    (withheld,) = sessions_in("withheld", 0.2, 1)
    event = {**FAILED, "session_id": withheld}
    assert context(repo, event, "--holdout", "0.2") is None
    assert context(repo, event) is None


def test_where_nothing_can_be_noted_nothing_is_withheld(repo: Repo, notes: Path) -> None:
    notes.parent.write_text("a file where the folder would be")
    (withheld,) = sessions_in("withheld", 0.2, 1)
    assert context(repo, {**FAILED, "session_id": withheld}, "--holdout", "0.2") == HINT


def test_the_evidence_of_a_session_tells_whether_hints_were_given(repo: Repo) -> None:
    (withheld,), (given,) = sessions_in("withheld", 0.2, 1), sessions_in("given", 0.2, 1)
    expected = {}
    for name, arm in ((withheld, "withheld"), (given, "given"), ("session-without-hooks", None)):
        if arm:
            answer(repo, {**FAILED, "session_id": name}, "--holdout", "0.2")
        repo.write(f"traces/{name}.jsonl", session_file(name))
        expected[name] = arm
    (repo.root / "routines/trace_failure_triage/evidence.jsonl").unlink()
    repo.run("triage", "--record")
    lines = (repo.root / "routines/trace_failure_triage/evidence.jsonl").read_text().splitlines()
    assert sorted(str(json.loads(line)["hint"]) for line in lines) == sorted(map(str, expected.values()))
    repo.run("triage", "--record")  # a second time nothing changes
    assert (repo.root / "routines/trace_failure_triage/evidence.jsonl").read_text().splitlines() == lines


def session_file(session: str) -> str:
    """Return the file of a session with one failed call."""
    call = {"type": "tool_use", "id": "toolu_1", "name": "Bash", "input": {"command": "python report.py"}}
    result = {"type": "tool_result", "tool_use_id": "toolu_1", "is_error": True, "content": f"Exit code 1\n{ERROR}"}
    at = {"sessionId": session, "timestamp": "2026-11-02T10:12:03.000Z"}
    records = [
        {**at, "type": "assistant", "message": {"role": "assistant", "content": [call]}},
        {**at, "type": "user", "message": {"role": "user", "content": [result]}},
    ]
    return "".join(f"{json.dumps(record)}\n" for record in records)
