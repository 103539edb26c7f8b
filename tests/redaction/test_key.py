"""Where the key of the placeholders lives, and who shares it."""

from __future__ import annotations

import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from skills_lint.redaction import open_redactor
from skills_lint.redaction.key import load_key

TEXT = "File /home/jdoe42/app.py"


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    folder = tmp_path / "clone"
    folder.mkdir()
    git(folder, "init", "--quiet")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "start")
    return folder


def test_a_clone_keeps_one_random_key_outside_version_control(clone: Path) -> None:
    first = open_redactor(clone).text(TEXT)

    assert open_redactor(clone).text(TEXT) == first
    file = clone / ".git" / "skills-lint" / "redaction.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    status = subprocess.run(["git", "status", "--short", "--ignored"], cwd=clone, check=True, capture_output=True)
    assert status.stdout == b""


def test_all_folders_and_worktrees_of_a_clone_share_the_key(clone: Path) -> None:
    worktree = clone.parent / "worktree"
    git(clone, "worktree", "add", "--quiet", str(worktree))
    nested = clone / "packages" / "river"
    nested.mkdir(parents=True)

    assert load_key(clone) == load_key(worktree) == load_key(nested)


def test_two_clones_have_two_keys(clone: Path) -> None:
    other = clone.parent / "other"
    git(clone.parent, "clone", "--quiet", str(clone), str(other))

    assert load_key(clone) != load_key(other)


def test_a_submodule_has_a_key_of_its_own(clone: Path) -> None:
    git(clone, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(clone), "inner")

    key = load_key(clone / "inner")

    assert key == load_key(clone / "inner")
    assert (clone / ".git" / "modules" / "inner" / "skills-lint" / "redaction.key").is_file()


def test_runs_that_start_at_once_agree_on_the_key(clone: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(load_key, [clone] * 64))

    assert len(keys) == 1
    assert [file.name for file in (clone / ".git" / "skills-lint").iterdir()] == ["redaction.key"]


def test_outside_a_repo_the_key_lives_in_the_cache_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "folder"
    folder.mkdir()

    assert load_key(folder) == load_key(folder)
    assert (tmp_path / "cache" / "skills-lint" / "redaction.key").is_file()
    assert list(folder.iterdir()) == []


def test_where_nothing_can_be_written_each_run_has_a_key_of_its_own(
    clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (clone / ".git" / "skills-lint").write_text("a file where the folder should be")
    (tmp_path / "cache").write_text("here too")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    assert len(load_key(clone)) == 32
    assert load_key(clone) != load_key(clone)
    assert "jdoe42" not in open_redactor(clone).text(TEXT)
