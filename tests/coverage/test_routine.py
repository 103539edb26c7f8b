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
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repo without its traces, since evidence is enough, as a git repo with one commit."""
    folder = tmp_path_factory.mktemp("origin")
    for part in PARTS:
        source, target = ROOT / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "Everything, with the last report")
    return folder


@pytest.fixture
def clone(origin: Path, empty_repo: Any) -> Any:
    """A clone of it on a branch of its own."""
    git(empty_repo.root, "clone", "--quiet", origin.as_uri(), ".")
    git(empty_repo.root, "switch", "--quiet", "--create", "change")
    return empty_repo


def take_out(skill: Path, bucket: str) -> None:
    text = skill.read_bytes().decode()
    shorter = re.sub(PITFALL.format(bucket), "", text, flags=re.MULTILINE)
    assert shorter != text
    skill.write_bytes(shorter.encode())


def json_of(repo: Any, *arguments: str, status: int = 0) -> Any:
    return json.loads(repo.run(*arguments, "--output-format", "json", status=status).stdout)


def test_a_lost_pitfall_fails_the_gate_until_upgrade_puts_it_in_and_the_report_tells(clone: Any) -> None:
    against_main = ("coverage", "--base", "origin/main")
    gate = json_of(clone, *against_main)
    bucket = next(bucket for bucket in gate["buckets"] if bucket["top"] and bucket["remedy"] == "skill")
    name = bucket["skills"][0]
    skill = clone.root / "skills" / name / "SKILL.md"
    take_out(skill, bucket["id"])
    git(clone.root, "commit", "--quiet", "--all", "-m", "Shorten a skill")

    for command in (("coverage",), against_main):
        assert f"not covered: {name} lacks it" in clone.run(*command, status=1).stdout
    blamed = {found["id"]: found["blame"] for found in json_of(clone, *against_main, status=1)["buckets"]}
    assert {id_ for id_, blame in blamed.items() if blame} == {bucket["id"]}
    todo = clone.run("prompt").stdout.split("## What is still open")[1].split("\n## ")[0]
    assert f"- `{bucket['id']}` not covered: {name} lacks it; run: skills-lint upgrade {bucket['id']} --write" in todo

    before = skill.read_text("utf-8")
    assert clone.run("upgrade").stdout.startswith(f"--- a/skills/{name}/SKILL.md\n")
    assert skill.read_text("utf-8") == before
    assert clone.run("upgrade", "--write").stdout == f"skills/{name}/SKILL.md: pitfall added\n"
    assert not clone.run("upgrade", "--write").stdout
    assert clone.run("check").returncode == 0
    for command in (("coverage",), against_main):
        assert "coverage  passed" in clone.run(*command).stdout
    git(clone.root, "commit", "--quiet", "--all", "-m", "Warn again")
    (clone.root / "tool.py").write_text("COLUMNS = ('code',)\n")
    git(clone.root, "add", "tool.py")
    git(clone.root, "commit", "--quiet", "-m", f"Name the columns\n\nBucket: {bucket['id']}")

    file = clone.run("report").stdout.split()[-1]
    report = (clone.root / file).read_text("utf-8")
    assert f"- `{name}`: pitfall `{bucket['id']}` changed\n" in section(report, "Skills upgraded")
    assert f"- `tool.py`: Name the columns (for `{bucket['id']}`)\n" in section(report, "Code changes")
    told = json_of(clone, "report")["changes"]
    assert [(change["skill"], change["buckets"]) for change in told["skills"]] == [(name, [bucket["id"]])]


def section(report: str, title: str) -> str:
    return report.split(f"## {title}\n")[1].split("\n## ")[0] + "\n"
