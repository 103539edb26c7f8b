"""The whole routine on this repo's own skills and evidence, in a git repo of its own."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("skills", "routines", "docs/reports", "traces/recorder", "pyproject.toml")
PITFALL = r"^- `{}`:.*\n(?:  .*\n)*"


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def routine(empty_repo: Any) -> Any:
    """The repo, without its traces: evidence is enough."""
    for part in PARTS:
        source, target = ROOT / part, empty_repo.root / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    return empty_repo


def take_out(skill: Path, bucket: str) -> None:
    text = skill.read_bytes().decode()
    shorter = re.sub(PITFALL.format(bucket), "", text, flags=re.MULTILINE)
    assert shorter != text
    skill.write_bytes(shorter.encode())


def test_a_lost_pitfall_fails_the_gate_until_upgrade_puts_it_in_and_the_report_tells(routine: Any) -> None:
    gate = json.loads(routine.run("coverage", "--output-format", "json").stdout)
    bucket = next(bucket for bucket in gate["buckets"] if bucket["top"] and bucket["remedy"] == "skill")
    name = bucket["skills"][0]
    skill = routine.root / "skills" / name / "SKILL.md"
    take_out(skill, bucket["id"])
    git(routine.root, "init", "--quiet")
    git(routine.root, "add", ".")
    git(routine.root, "commit", "--quiet", "-m", "Everything but one pitfall")

    red = routine.run("coverage", status=1).stdout
    assert f"not covered: {name} lacks it" in red
    before = skill.read_text("utf-8")
    assert routine.run("upgrade").stdout.startswith(f"--- a/skills/{name}/SKILL.md\n")
    assert skill.read_text("utf-8") == before
    assert routine.run("upgrade", "--write").stdout == f"skills/{name}/SKILL.md: pitfall added\n"
    assert not routine.run("upgrade", "--write").stdout
    assert routine.run("check").returncode == 0
    assert "coverage  passed" in routine.run("coverage").stdout

    file = routine.run("report").stdout.split()[-1]
    upgraded = (routine.root / file).read_text("utf-8").split("## Skills upgraded")[1].split("\n## ")[0]
    assert f"- `{name}`: pitfall `{bucket['id']}` added" in upgraded
