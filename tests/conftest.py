"""What tests of several rooms build on: a small repo, and the command line as a real process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("untimed", parent=settings(), deadline=None)  # no test depends on the clock
settings.load_profile("untimed")

BUCKETS = """\
buckets:
  - id: missing-column
    title: Missing column
    match:
      - exception: KeyError
    cause: The frame lacks the column.
    fix: Check the columns before selecting.
    hint: Print `df.columns` first.
    skills: [robust-frames]
  - id: text-dates
    title: Dates as text
    match:
      - exception: TypeError
        message: "not supported between instances of 'str' and 'int'"
    cause: Dates are stored as text and compared with numbers.
    fix: Turn the dates into one type before comparing.
    hint: Convert both sides to int.
"""

SKILL = """\
---
name: robust-frames
description: Check frames and their columns before using them in an analysis.
---

# Robust frames

Look before you select.

## Common pitfalls (from traces)

- `missing-column`: check `df.columns` before you select.
- `text-dates`: convert both sides to int before comparing.
"""


@dataclass(frozen=True)
class Repo:
    """A repo in a temporary folder."""

    root: Path

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def run(
        self, *arguments: str, status: int | None = 0, stdin: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run `skills-lint` here; fail the test if its exit status is not `status`."""
        done = subprocess.run(
            [sys.executable, "-m", "skills_lint", *arguments],
            cwd=self.root,
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1"},
        )
        assert "Traceback (most recent call last)" not in done.stderr, done.stderr
        if status is not None:
            assert done.returncode == status, f"{done.stdout}\n{done.stderr}"
        return done

    def evidence(self, *sessions: dict[str, Any]) -> None:
        """Write an evidence file; each session gives what differs from an ordinary one."""
        ordinary = {
            "date": "2026-11-02", "format": "events", "model": None, "executions": 4, "failures": {},
            "offered": [], "loaded": [], "hint": None, "pipeline": 1,
        }  # fmt: skip
        lines = [json.dumps({"session": f"{n:016x}", **ordinary, **session}) for n, session in enumerate(sessions)]
        self.write("routines/trace_failure_triage/evidence.jsonl", "".join(f"{line}\n" for line in lines))


@pytest.fixture
def empty_repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A repo with a bucket file, one skill that covers both buckets, and evidence of six sessions."""
    made = Repo(tmp_path)
    made.write("skills-lint.toml", 'schema = "skill"\n')
    made.write("routines/trace_failure_triage/buckets.yaml", BUCKETS)
    made.write("skills/robust-frames/SKILL.md", SKILL)
    made.evidence(
        {"failures": {"missing-column": 2}},
        {"failures": {"missing-column": 1, "text-dates": 1}, "date": "2026-11-05"},
        {"failures": {"text-dates": 1}, "date": "2026-11-06"},
        {"date": "2026-11-07"},
        {"date": "2026-11-08"},
        {"failures": {"missing-column": 1}, "date": "2026-01-01"},
    )
    return made
