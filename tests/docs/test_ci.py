"""The two jobs of the guide to CI, run step by step in clones of a repo, as GitHub would."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from docpages import ROOT, blocks

SKILL = "skills/robust-frames/SKILL.md"
COLUMN = b"- `missing-column`: check `df.columns` before you select.\n"
NEW_CAUSE = [{"failures": {"file-not-found": 1}, "date": f"2026-11-{day}"} for day in range(10, 16)]


def jobs() -> dict[str, Any]:
    (page,) = (block for block in blocks(ROOT / "docs/guide/ci.md") if block.title)
    found: dict[str, Any] = yaml.safe_load(page.text)["jobs"]
    return found


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def origin(repo: Any) -> Any:
    git(repo.root, "init", "--quiet", "--initial-branch=main")
    git(repo.root, "add", ".")
    git(repo.root, "commit", "--quiet", "-m", "Start")
    git(repo.root, "switch", "--quiet", "--create", "change")
    return repo


def run_job(name: str, origin: Any, folder: Path) -> tuple[list[int], str, str]:
    """Return how the steps of skills-lint ended on the branch of `origin`, what they printed, and the summary."""
    git(origin.root, "add", ".")
    git(origin.root, "commit", "--quiet", "--allow-empty", "-m", "A change")
    checkout, *steps = jobs()[name]["steps"]
    depth = checkout["with"]["fetch-depth"]
    summary, clone = folder / "summary.md", folder / "clone"
    summary.touch()
    history = ["--depth", str(depth)] if depth else []
    git(folder, "clone", "--quiet", *history, "--branch", "change", origin.root.as_uri(), str(clone))
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    given = {"GITHUB_BASE_REF": "main", "GITHUB_STEP_SUMMARY": str(summary), "PATH": path, "NO_COLOR": "1"}
    statuses, printed = [], ""
    for step in steps:
        if step.get("run", "").startswith("skills-lint "):
            command = ["bash", "-e", "-c", step["run"]]
            done = subprocess.run(command, cwd=clone, env={**os.environ, **given}, capture_output=True, text=True)
            statuses.append(done.returncode)
            printed += done.stdout
    return statuses, printed, summary.read_text(encoding="utf-8")


def test_both_jobs_pass_where_all_is_covered_and_the_summary_is_written(origin: Any, tmp_path_factory: Any) -> None:
    assert run_job("pull-request", origin, tmp_path_factory.mktemp("a"))[0] == [0, 0]
    statuses, printed, summary = run_job("schedule", origin, tmp_path_factory.mktemp("b"))
    assert statuses == [0, 0]
    assert "coverage  passed" in printed
    assert summary.startswith("## Trace failure triage, 2026-11-08\n\n**The gate passes.**\n")


def test_a_lost_pitfall_fails_the_pull_request_at_the_line_of_its_skill(origin: Any, tmp_path: Any) -> None:
    origin.write(SKILL, (origin.root / SKILL).read_bytes().replace(COLUMN, b""))
    folder = tmp_path / "ci"
    folder.mkdir()
    statuses, printed, _ = run_job("pull-request", origin, folder)
    assert statuses == [0, 1]
    assert f"::error file={SKILL},line=10,title=missing-column is not covered::" in printed


def test_what_the_evidence_newly_shows_fails_the_schedule_only(origin: Any, tmp_path_factory: Any) -> None:
    origin.evidence(*NEW_CAUSE)
    statuses, printed, _ = run_job("pull-request", origin, tmp_path_factory.mktemp("a"))
    assert statuses == [0, 0]
    assert "::warning title=file-not-found is not covered::" in printed
    statuses, printed, summary = run_job("schedule", origin, tmp_path_factory.mktemp("b"))
    assert statuses == [0, 1]
    assert "::error title=file-not-found is not covered::" in printed
    assert "**The gate fails: `file-not-found`.**" in summary
