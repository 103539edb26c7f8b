"""The repo passes its own gate, and the loop from red to green works on it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PARTS = ("skills", "traces", "routines", "pyproject.toml", "docs/reports", "tests/data/state")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "skills_lint", *arguments],
        cwd=folder,
        env={**os.environ, "XDG_STATE_HOME": str(folder / "tests" / "data" / "state")},  # the lot of the hints
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The repo's own skills, traces, routine and configuration in a folder of their own."""
    for part in PARTS:
        source, target = ROOT / part, tmp_path / part
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    return tmp_path


def test_the_bare_command_passes_and_fits_on_a_screen(copy: Path) -> None:
    done = run(copy)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) <= 24
    assert lines[0] == "skills    8 skills, 0 findings"
    assert "tool calls" in lines[1]
    assert "failures of other tools not analysed" in lines[2]
    assert lines[-1].startswith("coverage  passed: 4 of 5 top buckets covered, 1 exempt")


def test_a_deleted_pitfall_fails_the_gate_and_the_named_command_mends_it(copy: Path) -> None:
    top = [
        bucket
        for bucket in json.loads(run(copy, "coverage", "--output-format", "json").stdout)["buckets"]
        if bucket["top"]
    ]
    assert len(top) == 5
    bucket = top[0]
    skill = copy / "skills" / bucket["skills"][0] / "SKILL.md"
    text = skill.read_text(encoding="utf-8")
    start = text.index(f"- `{bucket['id']}`")
    end = min(i for i in (text.find("\n- ", start + 1), text.find("\n\n", start), len(text)) if i >= 0)
    skill.write_text(text[:start] + text[end:].lstrip("\n"), encoding="utf-8")
    red = run(copy)
    assert red.returncode == 1
    assert bucket["id"] in red.stdout
    assert skill.parent.name in red.stdout
    command = red.stdout.split("run: skills-lint ")[1].split("\n")[0]
    assert run(copy, *command.split()).returncode == 0
    green = run(copy)
    assert green.returncode == 0, green.stdout + green.stderr


def test_the_recorded_evidence_is_that_of_the_traces(copy: Path) -> None:
    evidence = copy / "routines/trace_failure_triage/evidence.jsonl"
    recorded = evidence.read_bytes()
    evidence.unlink()
    assert run(copy, "triage", "--record").returncode == 0
    assert evidence.read_bytes() == recorded


def test_a_call_that_the_store_does_not_have_is_told_with_what_it_has(copy: Path) -> None:
    buckets = json.loads(run(copy, "triage", "--output-format", "json").stdout)["buckets"]
    details = next(bucket["details"] for bucket in buckets if bucket["id"] == "store-api-misuse")
    assert len(details) == 5
    assert "unsupported keyword `offset` for `Store.daily(code, start, end)`" in details


def test_without_the_traces_the_evidence_gives_the_same_verdict(copy: Path) -> None:
    with_traces = json.loads(run(copy, "coverage", "--output-format", "json").stdout)
    for folder in (copy / "traces").iterdir():
        if folder.is_dir() and folder.name != "recorder":  # which is source
            shutil.rmtree(folder)
    done = run(copy, "coverage", "--output-format", "json")
    assert done.returncode == 0
    without = json.loads(done.stdout)
    for bucket in (*with_traces["buckets"], *without["buckets"]):
        bucket.pop("title")  # what no bucket names is known by its exception only where the traces are
    assert without == with_traces
    assert run(copy).returncode == 0
