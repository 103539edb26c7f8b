from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from skills_lint.git import run_git, top_folder
from skills_lint.skills.find import find_skills

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SKILL = "---\nname: x\ndescription: y\n---\n"


def make_repo(folder: Path) -> Path:
    folder.mkdir()
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    return folder


def test_the_folder_counts_also_inside_a_hook_of_another_repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, other = make_repo(tmp_path / "here"), make_repo(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    assert run_git(here, "rev-parse", "--show-toplevel").stdout.decode().strip() == str(here.resolve())


def test_an_ignored_skill_stays_ignored_inside_a_hook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = make_repo(tmp_path / "repo")
    for name in ("kept", "ignored"):
        (repo / "skills" / name).mkdir(parents=True)
        (repo / "skills" / name / "SKILL.md").write_text(SKILL)
    (repo / ".gitignore").write_text("ignored/\n")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))  # as in a linked worktree, where it is another folder
    assert [path.parent.name for path in find_skills(repo, ()).files] == ["kept"]


def test_no_program_that_the_repo_configures_is_run(tmp_path: Path) -> None:
    repo, ran = make_repo(tmp_path / "repo"), tmp_path / "ran"
    program = tmp_path / "program.sh"
    program.write_text(f"#!/bin/sh\ntouch '{ran}'\n")
    program.chmod(0o755)
    (tmp_path / "post-index-change").symlink_to(program)
    for name, value in (("core.fsmonitor", str(program)), ("core.hooksPath", str(tmp_path))):
        subprocess.run(["git", "-C", str(repo), "config", name, value], check=True)
    (repo / "a.md").write_text("a")
    assert run_git(repo, "ls-files", "-co", "--exclude-standard").stdout == b"a.md\n"
    run_git(repo, "status")
    assert not ran.exists()


def test_the_top_folder_is_where_git_is(tmp_path: Path) -> None:
    repo = make_repo(tmp_path / "repo")
    (repo / "a" / "b").mkdir(parents=True)
    assert top_folder(repo / "a" / "b") == repo.resolve()
    assert top_folder(tmp_path) is None
