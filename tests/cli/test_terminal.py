"""What a person sees on a terminal, where escape sequences would act."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

pty = pytest.importorskip("pty")

if TYPE_CHECKING:
    from conftest import Repo

HIDDEN = "\u202e\u180e\U000e0041"
HOSTILE_SKILL = """\
---
name: "x\\e[31m\u202e"
description: "Checks \\e]0;title\\a of frames."
---

# Hostile

## Common pitfalls (from traces)

- `hostile`: do not.
"""
HOSTILE_BUCKETS = """\
buckets:
  - id: hostile
    title: "Red \\e[31m\\u202e\\U000e0041 title"
    match:
      - exception: KeyError
    cause: "A \\e[2J cause."
    fix: "A \\e[2J fix."
    hint: "A \\e[2J hint."
"""


def on_terminal(repo: Repo, *arguments: str) -> str:
    """Return what `skills-lint` prints when stdout and stderr are a terminal, colors off."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1", "TERM": "xterm"}
    command = [sys.executable, "-m", "skills_lint", *arguments]
    process = subprocess.Popen(command, cwd=repo.root, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    printed = bytearray()
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # Linux tells the end of a terminal so
            break
        if not chunk:
            break
        printed += chunk
    os.close(ours)
    process.wait()
    return printed.decode("utf-8")


@pytest.fixture
def hostile(empty_repo: Repo) -> Repo:
    empty_repo.write("skills-lint.toml", "")
    empty_repo.write("routines/trace_failure_triage/buckets.yaml", HOSTILE_BUCKETS)
    empty_repo.write("skills/hostile/SKILL.md", HOSTILE_SKILL)
    run = {"run_id": "s", "tool": "execute_python", "ts": 1790000000}
    printed = f"Traceback (most recent call last):\n  File \"a\", line 1, in <module>\nKeyError: '\x1b[31m{HIDDEN}'\n"
    call = {**run, "event": "tool_start", "args": {"code": "frame['a']"}}
    result = {**run, "event": "tool_end", "output": {"exit_code": 1, "stderr": printed}}
    empty_repo.write("traces/\x1b[32ma.jsonl", "".join(f"{json.dumps(line)}\n" for line in (call, result)))
    empty_repo.write("traces/\x1b[33mb.jsonl", "no record\n")
    return empty_repo


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("check",),
        ("scan",),
        ("triage",),
        ("triage", "--output-format", "json"),
        ("coverage",),
        ("prompt",),
        ("explain", "hostile"),
        ("explain", "\x1b[31mSK"),
        ("upgrade", "hostile"),
        ("report",),
        ("init",),
    ],
    ids=" ".join,
)
def test_nothing_from_a_file_acts_on_the_terminal(hostile: Repo, arguments: tuple[str, ...]) -> None:
    printed = on_terminal(hostile, *arguments)
    assert printed.strip()
    assert not {"\x1b", "\x07", *HIDDEN} & set(printed)


def test_what_is_hidden_is_shown_as_what_it_is(hostile: Repo) -> None:
    assert "Red \\x1b[31m\\u202e\\U000e0041 title" in on_terminal(hostile, "triage")
    assert "\\x1b[33mb.jsonl" in on_terminal(hostile, "scan")
