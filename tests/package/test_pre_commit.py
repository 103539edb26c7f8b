"""The published hooks, run by real pre-commit in a repo that names this one in its configuration."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NEEDED = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "src", "schemas", "routines")


def git(folder: Path, *arguments: str) -> str:
    name = ("-c", "user.name=A", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *name, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def hook_repo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """What a clone of this project needs to be installed from, as a git repo with one commit, and that commit."""
    folder = tmp_path_factory.mktemp("skills-lint")
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "All")
    return folder, git(folder, "rev-parse", "HEAD")


def test_the_hooks_pass_and_fail_in_real_pre_commit(
    repo: Any, hook_repo: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Installs the hooks' environment from the package index; once, since that is the slow part."""
    home = tmp_path_factory.mktemp("pre-commit")

    def commit() -> subprocess.CompletedProcess[str]:
        git(repo.root, "add", "--all")
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", "--color", "never"],
            cwd=repo.root,
            env={**os.environ, "PRE_COMMIT_HOME": str(home), "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            check=False,
        )

    folder, revision = hook_repo
    repo.write(
        ".pre-commit-config.yaml",
        f"repos:\n  - repo: {folder.as_uri()}\n    rev: {revision}\n"
        "    hooks:\n      - id: skills-lint\n      - id: skills-coverage\n",
    )
    git(repo.root, "init", "--quiet")
    done = commit()
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("Passed") == 2

    skill = repo.root / "skills/robust-frames/SKILL.md"
    text = skill.read_text(encoding="utf-8")
    skill.write_text(text.replace("- `text-dates`: ", "- `text-date`: "), encoding="utf-8")
    done = commit()
    assert done.returncode == 1
    assert "did you mean `text-dates`?" in done.stdout
    assert "skills-lint upgrade text-dates --write" in done.stdout

    skill.write_text(text, encoding="utf-8")
    buckets = repo.root / "routines/trace_failure_triage/buckets.yaml"
    declared = buckets.read_text(encoding="utf-8")
    git(repo.root, "add", "--all")
    git(repo.root, "commit", "--quiet", "--message", "All")
    buckets.write_text(declared.replace("id: text-dates", "id: text-days"), encoding="utf-8")  # the only file
    done = commit()
    assert done.returncode == 1
    assert "SK203" in done.stdout
    buckets.write_text(declared, encoding="utf-8")

    repo.write("skills/robust-frames/references/columns.md", "# Columns\n")  # a side file counts as its skill
    done = commit()
    assert done.returncode == 0, done.stdout + done.stderr
