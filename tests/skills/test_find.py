"""Where skills are found."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from skills_lint.place import InputError
from skills_lint.skills.find import find_skills, find_skills_at

if TYPE_CHECKING:
    from pathlib import Path

SKILL = "---\nname: x\ndescription: y\n---\n"


def lay(root: Path, *files: str) -> None:
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(SKILL)


def names(root: Path, *configured: str) -> list[str]:
    return [path.relative_to(root).as_posix() for path in find_skills(root, configured).files]


@pytest.mark.parametrize(
    "file",
    [
        "SKILL.md",
        "skills/etf/SKILL.md",
        ".claude/skills/etf/SKILL.md",
        ".agents/skills/etf/SKILL.md",
        ".github/skills/etf/SKILL.md",
        "plugins/a/skills/etf/SKILL.md",
        "deeply/nested/anywhere/SKILL.md",
        "skills/etf/index.md",
        "skills/etf/guide.md",
        "skills/etf.md",
        "plugins/a/skills/etf.md",
        "skills/venv/SKILL.md",
    ],
)
def test_a_skill_is_found_wherever_teams_keep_it(tmp_path: Path, file: str) -> None:
    lay(tmp_path, file)
    assert names(tmp_path) == [file]


@pytest.mark.parametrize(
    "file",
    [
        "README.md",
        "skills/README.md",
        "docs/etf.md",
        "docs/etf/index.md",
        "node_modules/a/SKILL.md",
        ".venv/lib/python3.12/site-packages/a/skills/b/SKILL.md",
        "vendor/a/SKILL.md",
        "third_party/a/SKILL.md",
    ],
)
def test_other_markdown_and_vendored_skills_are_no_skills(tmp_path: Path, file: str) -> None:
    lay(tmp_path, file)
    assert names(tmp_path) == []


def test_side_files_of_a_skill_are_no_skills(tmp_path: Path) -> None:
    lay(tmp_path, "skills/etf/SKILL.md", "skills/etf/guide.md", "skills/etf/references/skills/a.md")
    assert names(tmp_path) == ["skills/etf/SKILL.md"]


def test_two_files_without_an_index_are_no_skill(tmp_path: Path) -> None:
    lay(tmp_path, "skills/etf/a.md", "skills/etf/b.md")
    assert names(tmp_path) == []


def test_a_readme_alone_is_a_skill_only_with_a_frontmatter(tmp_path: Path) -> None:
    lay(tmp_path, "skills/etf/README.md", "skills/fund/README.md")
    (tmp_path / "skills/fund/README.md").write_text("# What is measured here\n")
    assert names(tmp_path) == ["skills/etf/README.md"]


def test_an_index_is_the_skill_and_what_stands_beside_it_is_not(tmp_path: Path) -> None:
    lay(tmp_path, "skills/etf/index.md", "skills/etf/b.md")
    assert names(tmp_path) == ["skills/etf/index.md"]


def test_the_readme_of_a_group_of_skills_is_no_skill(tmp_path: Path) -> None:
    lay(tmp_path, "skills/data/README.md", "skills/data/etf/SKILL.md")
    assert names(tmp_path) == ["skills/data/etf/SKILL.md"]


def test_what_git_ignores_is_left_out(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text("/build/\n")
    lay(tmp_path, "skills/a/SKILL.md", "build/skills/b/SKILL.md")
    assert names(tmp_path) == ["skills/a/SKILL.md"]


def test_an_ignored_folder_that_is_named_is_searched(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text("/build/\n")
    lay(tmp_path, "build/skills/b/SKILL.md")
    found = find_skills_at([tmp_path / "build"], tmp_path, ())
    assert found.files == (tmp_path / "build/skills/b/SKILL.md",)


def test_a_file_that_git_tracks_and_that_was_deleted_is_left_out(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    lay(tmp_path, "skills/a/SKILL.md")
    subprocess.run(["git", "-C", tmp_path, "add", "."], check=True)
    (tmp_path / "skills/a/SKILL.md").unlink()
    assert names(tmp_path) == []


def test_a_link_to_a_skill_is_not_a_second_skill(tmp_path: Path) -> None:
    lay(tmp_path, "skills/etf/SKILL.md")
    (tmp_path / ".claude/skills/etf").mkdir(parents=True)
    (tmp_path / ".claude/skills/etf/SKILL.md").symlink_to(tmp_path / "skills/etf/SKILL.md")
    assert names(tmp_path) == ["skills/etf/SKILL.md"]


def test_configured_folders_are_the_only_ones_searched(tmp_path: Path) -> None:
    lay(tmp_path, "knowledge/etf.md", "knowledge/dates/index.md", "skills/other/SKILL.md")
    assert names(tmp_path, "knowledge") == ["knowledge/dates/index.md", "knowledge/etf.md"]


def test_a_configured_folder_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="`skills` names knowledge, which does not exist"):
        find_skills(tmp_path, ["knowledge"])


@pytest.mark.parametrize(
    ("skill", "side_file"),
    [
        ("skills/etf/SKILL.md", "skills/etf/references/a.md"),
        ("skills/etf/SKILL.md", "skills/etf/scripts/run.py"),
        ("skills/etf/index.md", "skills/etf/notes.md"),
        ("skills/etf.md", "skills/etf.md"),
    ],
)
def test_a_side_file_stands_for_its_skill(tmp_path: Path, skill: str, side_file: str) -> None:
    lay(tmp_path, skill, side_file)
    assert find_skills_at([tmp_path / side_file], tmp_path, ()).files == (tmp_path / skill,)


def test_a_file_of_no_skill_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, "docs/a.md", "skills/etf/SKILL.md")
    monkeypatch.chdir(tmp_path)
    found = find_skills_at([tmp_path / "docs/a.md"], tmp_path, ())
    assert (found.files, found.unmatched) == ((), ("docs/a.md",))


def test_a_path_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing does not exist"):
        find_skills_at([tmp_path / "nothing"], tmp_path, ())


@pytest.mark.parametrize(
    ("configured", "path", "skill"),
    [
        ("guides", "guides/y.md", "guides/y.md"),
        ("guides", "guides", "guides/y.md"),
        ("guides", "guides/etf/index.md", "guides/etf/index.md"),
        ("guides", "guides/etf", "guides/etf/index.md"),
        ("guides", "guides/etf/notes/a.txt", "guides/etf/index.md"),
        ("guides/y.md", "guides/y.md", "guides/y.md"),
        ("guides/y.md", "guides", "guides/y.md"),
    ],
)
def test_a_path_in_a_configured_folder_stands_for_the_same_skill_as_without_it(
    tmp_path: Path, configured: str, path: str, skill: str
) -> None:
    lay(tmp_path, skill, *([path] if "." in path else []))
    assert names(tmp_path, configured) == [skill]
    assert find_skills_at([tmp_path / path], tmp_path, [configured]).files == (tmp_path / skill,)


def test_links_that_go_round_in_a_circle_are_found_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "skills/a").mkdir(parents=True)
    (tmp_path / "skills/a/SKILL.md").symlink_to("SKILL.md")
    assert names(tmp_path) == ["skills/a/SKILL.md"]
