"""`--mine`: the user's own sessions, and the offer to read them where there are no traces."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

CALL = {"type": "tool_use", "id": "t1", "name": "Bash", "input": {"command": "python x.py"}}
ERROR = {"type": "tool_result", "tool_use_id": "t1", "is_error": True, "content": "Exit code 1\nKeyError: 'close'"}
ROWS = [
    {"type": "assistant", "sessionId": "s1", "message": {"role": "assistant", "content": [CALL]}},
    {"type": "user", "sessionId": "s1", "message": {"role": "user", "content": [ERROR]}},
]


def run(cwd: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    home = {"HOME": str(cwd / "home"), "CLAUDE_CONFIG_DIR": "", "CODEX_HOME": "", "GEMINI_CLI_HOME": ""}
    environment = {**os.environ, **home, **variables}
    command = [sys.executable, "-m", "skills_lint", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=60, check=False)


def write(folder: Path) -> None:
    session = folder / "projects" / "-home-me-shop" / "s1.jsonl"
    session.parent.mkdir(parents=True)
    session.write_text("".join(f"{json.dumps(row)}\n" for row in ROWS), encoding="utf-8")


def test_the_sessions_of_a_tool_are_read_where_it_keeps_them(tmp_path: Path) -> None:
    write(tmp_path / "home" / ".claude")
    done = run(tmp_path, "scan", "--mine", "claude-code")
    assert done.returncode == 0, done.stderr
    assert "1 file, 1 session: 1 tool call, 1 Python, 1 failed" in done.stdout


def test_a_folder_that_the_tool_was_told_to_use_is_respected(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere")
    done = run(tmp_path, "triage", "--mine", "claude-code", CLAUDE_CONFIG_DIR=str(tmp_path / "elsewhere"))
    assert done.returncode == 0, done.stderr
    assert "KeyError" in done.stdout


def test_where_there_are_no_traces_own_sessions_are_offered(tmp_path: Path) -> None:
    write(tmp_path / "home" / ".claude")
    done = run(tmp_path, "triage")
    assert done.returncode == 2
    assert "skills-lint triage --mine claude-code" in done.stderr
    assert "codex" not in done.stderr


def test_a_tool_without_sessions_or_a_place_is_an_error_with_a_way_out(tmp_path: Path) -> None:
    for name, said in (("codex", "no folder"), ("claude", "known are claude-code, codex, gemini-cli")):
        done = run(tmp_path, "scan", "--mine", name)
        assert (done.returncode, said in done.stderr, "Traceback" in done.stderr) == (2, True, False), done.stderr
