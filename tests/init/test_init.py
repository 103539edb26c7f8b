"""`skills-lint init` on repos of several kinds: it adds what is missing, keeps what is there, leaves the repo green."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from skills_lint.shipped import shipped

FOLDER = "routines/trace_failure_triage"
SCHEMAS = ("buckets.schema.json", "config.schema.json")
GOOD = """\
---
name: {name}
description: Check frames before you use them in an analysis.
---

# Frames

Look first.
"""
PITFALLS = "\n## Common pitfalls (from traces)\n\nNone seen yet.\n"


@pytest.fixture
def git_repo(empty_repo: Any) -> Any:
    git(empty_repo.root, "init", "--quiet")
    return empty_repo


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@b.c", *arguments], cwd=folder, check=True)


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(root).parts
    }


def hook_ids(repo: Any) -> list[str]:
    document = yaml.safe_load((repo.root / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    return [hook["id"] for entry in document["repos"] for hook in entry["hooks"]]


def table(repo: Any, file: str = "pyproject.toml") -> dict[str, Any]:
    document = tomllib.loads((repo.root / file).read_text(encoding="utf-8"))
    found: dict[str, Any] = document["tool"]["skills-lint"] if file == "pyproject.toml" else document
    return found


def test_an_empty_repo_gets_configuration_routine_and_hook(git_repo: Any) -> None:
    done = git_repo.run("init")
    assert set(files(git_repo.root)) == {
        "skills-lint.toml",
        ".pre-commit-config.yaml",
        *(f"{FOLDER}/{name}" for name in ("buckets.yaml", "README.md", "prompt.md", "scan_snippet.py")),
        *(f"{FOLDER}/{name}" for name in SCHEMAS),
    }
    for file in files(git_repo.root):
        assert f"created   {file}: " in done.stdout
    assert "next      put traces into traces" in done.stdout


def test_the_configuration_goes_into_pyproject_where_there_is_one(git_repo: Any) -> None:
    before = '[project]\nname = "x"  # mine\n'
    git_repo.write("pyproject.toml", before)
    assert "extended  pyproject.toml: [tool.skills-lint]" in git_repo.run("init").stdout
    assert (git_repo.root / "pyproject.toml").read_text(encoding="utf-8").startswith(before)
    assert table(git_repo)["traces"] == ["traces"]


def test_a_pyproject_that_takes_no_table_is_left_alone(git_repo: Any) -> None:
    git_repo.write("pyproject.toml", 'tool = {other = {key = "value"}}\n')
    git_repo.run("init")
    assert files(git_repo.root)["pyproject.toml"] == b'tool = {other = {key = "value"}}\n'
    assert table(git_repo, "skills-lint.toml")["traces"] == ["traces"]


def test_line_ends_of_files_that_are_extended_stay(git_repo: Any) -> None:
    git_repo.write("pyproject.toml", b'[project]\r\nname = "x"')
    git_repo.write(".pre-commit-config.yaml", b"repos:\r\n- repo: local\r\n  hooks:\r\n  - id: mine\r\n")
    git_repo.run("init")
    for file in ("pyproject.toml", ".pre-commit-config.yaml"):
        text = files(git_repo.root)[file]
        assert text.count(b"\n") == text.count(b"\r\n") > 4


def test_a_second_run_changes_nothing(git_repo: Any) -> None:
    git_repo.write("pyproject.toml", '[project]\nname = "x"\n')
    git_repo.write("skills/frames/SKILL.md", GOOD.format(name="other"))
    git_repo.run("init")
    first = files(git_repo.root)
    done = git_repo.run("init")
    assert files(git_repo.root) == first
    assert "created" not in done.stdout
    assert "extended" not in done.stdout


def test_files_that_are_there_are_never_overwritten(git_repo: Any) -> None:
    mine = {
        "skills-lint.toml": b"window = '7d'\n",
        f"{FOLDER}/buckets.yaml": b"buckets: []\n",
        f"{FOLDER}/prompt.md": b"my own\n",
        ".pre-commit-config.yaml": b"repos:\n- repo: https://x.test/y\n  rev: v1\n  hooks: [{id: skills-lint}]\n",
    }
    for name, text in mine.items():
        git_repo.write(name, text)
    done = git_repo.run("init")
    now = files(git_repo.root)
    assert {name: now[name] for name in mine} == mine
    assert done.stdout.count("left  ") == len(mine)


def test_bucket_file_and_configuration_lead_editors_to_their_schemas(git_repo: Any) -> None:
    git_repo.run("init")
    now = files(git_repo.root)
    buckets, config = now[f"{FOLDER}/buckets.yaml"].decode(), now["skills-lint.toml"].decode()
    schema = re.match(r"# yaml-language-server: \$schema=(\S+)\n", buckets)
    assert schema is not None
    assert now[f"{FOLDER}/{schema[1]}"] == shipped("schemas", "buckets.schema.json").read_bytes()
    schema = re.match(r"#:schema \./(\S+)\n", config)
    assert schema is not None
    assert now[schema[1]] == shipped("schemas", "config.schema.json").read_bytes()


def test_a_schema_of_another_version_is_left_and_told(git_repo: Any) -> None:
    git_repo.run("init")
    file = f"{FOLDER}/buckets.schema.json"
    git_repo.write(file, "{}")
    assert f"left      {file}: is not that of this version; delete it" in git_repo.run("init").stdout
    (git_repo.root / file).unlink()
    assert f"created   {file}: " in git_repo.run("init").stdout


def test_findings_that_were_there_are_silenced_by_file(git_repo: Any) -> None:
    git_repo.write("pyproject.toml", "")
    git_repo.write(".claude/skills/frames/SKILL.md", GOOD.format(name="other") + "\n[gone](gone.md)\n")
    git_repo.write(".claude/skills/dates/SKILL.md", "# No frontmatter\n")
    git_repo.write(".claude/skills/good/SKILL.md", GOOD.format(name="good"))
    git_repo.run("check", status=1)
    assert "check     3 skills, no findings" in git_repo.run("init").stdout
    git_repo.run("check")
    ignored = table(git_repo)["per-file-ignores"]
    assert set(ignored) == {".claude/skills/frames/SKILL.md", ".claude/skills/dates/SKILL.md"}
    assert "schema" not in table(git_repo)


def test_the_strict_schema_is_set_where_every_skill_satisfies_it(git_repo: Any) -> None:
    git_repo.write("skills/frames/SKILL.md", GOOD.format(name="frames") + PITFALLS)
    git_repo.run("init")
    assert table(git_repo, "skills-lint.toml")["schema"] == "skill"
    git_repo.run("check")


def test_a_repo_without_skills_stays_green(git_repo: Any) -> None:
    git_repo.run("init")
    git_repo.run("check", status=None)
    assert git_repo.run("triage", status=2).stderr.startswith("error: not assessed")


def test_outside_git_there_is_no_hook(empty_repo: Any) -> None:
    done = empty_repo.run("init")
    assert "no git repo here" in done.stdout
    assert not (empty_repo.root / ".pre-commit-config.yaml").exists()
    assert (empty_repo.root / "skills-lint.toml").exists()


def test_from_a_folder_below_the_repo_the_files_land_at_its_root(git_repo: Any) -> None:
    (git_repo.root / "docs").mkdir()
    command = [sys.executable, "-m", "skills_lint", "init"]
    done = subprocess.run(command, cwd=git_repo.root / "docs", check=True, capture_output=True, text=True)
    assert "created   ../skills-lint.toml: " in done.stdout
    assert (git_repo.root / FOLDER / "buckets.yaml").exists()
    assert not list((git_repo.root / "docs").iterdir())


def test_a_bucket_file_that_cannot_be_used_is_told_before_anything_is_written(git_repo: Any) -> None:
    git_repo.write(f"{FOLDER}/buckets.yaml", "buckets: 3\n")
    git_repo.run("init", status=2)
    assert set(files(git_repo.root)) == {f"{FOLDER}/buckets.yaml"}


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("pyproject.toml", b"[project]\nname = '\xff'\n", "pyproject.toml"),
        (".pre-commit-config.yaml", b"\xff\xfe", ".pre-commit-config.yaml: is not UTF-8 text"),
        ("routines", b"a file\n", f"{FOLDER}/buckets.yaml: cannot be written: "),
    ],
)
def test_what_is_in_the_way_is_named(git_repo: Any, file: str, content: bytes, message: str) -> None:
    git_repo.write(file, content)
    assert message in git_repo.run("init", status=2).stderr
    assert (git_repo.root / file).read_bytes() == content


def record(repo: Any, *, covered: bool) -> None:
    """Give a repo a bucket, a skill that warns about it or not, and sessions that met it."""
    bucket = "id: missing-column, title: T, match: [{exception: KeyError}], cause: C., fix: Look first., hint: H."
    repo.write(f"{FOLDER}/buckets.yaml", f"buckets:\n  - {{{bucket}}}\n")
    pitfalls = PITFALLS.replace("None seen yet.", "- `missing-column`: look at the columns first.")
    repo.write("skills/frames/SKILL.md", GOOD.format(name="frames") + (pitfalls if covered else PITFALLS))
    repo.evidence({"failures": {"missing-column": 2}}, {"failures": {"missing-column": 1}})


def test_the_coverage_hook_comes_with_evidence(git_repo: Any) -> None:
    git_repo.run("init")
    assert hook_ids(git_repo) == ["skills-lint"]
    record(git_repo, covered=True)
    assert "extended  .pre-commit-config.yaml: hook skills-coverage" in git_repo.run("init").stdout
    assert hook_ids(git_repo) == ["skills-lint", "skills-coverage"]


def test_the_coverage_hook_waits_until_the_gate_passes(git_repo: Any) -> None:
    record(git_repo, covered=False)
    assert "skills-coverage is added when the gate passes" in git_repo.run("init").stdout
    assert hook_ids(git_repo) == ["skills-lint"]
    git_repo.run("upgrade", "--write")
    git_repo.run("init")
    assert hook_ids(git_repo) == ["skills-lint", "skills-coverage"]


def test_the_hooks_pass_in_real_pre_commit(git_repo: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    git_repo.write(".claude/skills/old/SKILL.md", "# No frontmatter\n")
    record(git_repo, covered=True)
    git_repo.run("init")
    git(git_repo.root, "add", "--all")
    folders = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    home = str(tmp_path_factory.mktemp("pre-commit"))
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--all-files", "--verbose"],
        cwd=git_repo.root,
        env={**os.environ, "PATH": folders, "PRE_COMMIT_HOME": home},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("Passed") == 2
