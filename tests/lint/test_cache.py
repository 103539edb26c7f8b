"""The cache of `check` is never wrong: whatever changes, it tells what a run without it tells."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from skills_lint.config import load_config
from skills_lint.lint.cache import Cache, open_cache
from skills_lint.lint.snapshot import take_snapshot
from skills_lint.project import open_project

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from click.testing import Result

    Write = Callable[[Mapping[str, str | bytes]], Path]

SKILL = """---
name: etf-data
description: Read ETF prices.
---

# ETF data

See [columns](references/columns.md#close), [notes](../../docs/notes.md) and run `python scripts/load.py`.

```python
from prices.store import read
```

## Common pitfalls (from traces)

- `date-dtype-mismatch`: compare dates as one type.
"""
BUCKETS = """buckets:
  - id: date-dtype-mismatch
    title: Date dtype mismatch
    match:
      - exception: TypeError
    cause: Dates are stored as text.
    fix: Turn them into dates.
    hint: Convert both sides first.
    skills: [etf-data]
"""
REPO = {
    "skills-lint.toml": 'source = ["lib"]\npreview = true\n',
    "skills/etf-data/SKILL.md": SKILL,
    "skills/etf-data/references/columns.md": "# Columns\n\n## Close\n\nSee [notes](../../../docs/notes.md).\n",
    "skills/etf-data/scripts/load.py": "print()\n",
    "docs/notes.md": "# Notes\n",
    "lib/prices/__init__.py": "",
    "lib/prices/store.py": "def read():\n    return 1\n",
    "routines/trace_failure_triage/buckets.yaml": BUCKETS,
    "routines/trace_failure_triage/evidence.jsonl": "",
}
DEAD = SKILL.replace("notes.md)", "nots.md)")

# What is changed, and how; None deletes. Each makes another result of the repo above, or may.
CHANGES: dict[str, dict[str, str | None]] = {
    "the skill": {"skills/etf-data/SKILL.md": DEAD},
    "a side file": {"skills/etf-data/references/columns.md": "# Columns\n\n[x](gone.md)\n"},
    "the heading that an anchor names": {"skills/etf-data/references/columns.md": "# Columns\n\n## Open\n"},
    "the target of a link is gone": {"docs/notes.md": None},
    "a script is gone": {"skills/etf-data/scripts/load.py": None},
    "a script of another name": {
        "skills/etf-data/scripts/load.py": None,
        "skills/etf-data/scripts/load_data.py": "print()\n",
    },
    "the buckets": {"routines/trace_failure_triage/buckets.yaml": BUCKETS.replace("etf-data", "eft-data")},
    "the buckets are gone": {"routines/trace_failure_triage/buckets.yaml": None},
    "the evidence": {
        "routines/trace_failure_triage/evidence.jsonl": "".join(
            json.dumps(
                {
                    "session": number * 32,
                    "date": date,
                    "format": "claude-code",
                    "model": None,
                    "executions": 4,
                    "failures": failures,
                    "offered": [],
                    "loaded": [],
                    "hint": None,
                    "pipeline": 1,
                }
            )
            + "\n"
            for number, date, failures in (("1", "2026-01-01", {"date-dtype-mismatch": 2}), ("2", "2026-09-01", {}))
        )
    },
    "the configuration": {"skills-lint.toml": 'source = ["lib"]\nselect = ["SK1"]\n'},
    "the severity": {"skills-lint.toml": 'source = ["lib"]\nseverity = {SK2 = "info"}\n'},
    "the source": {"lib/prices/store.py": "def read_all():\n    return 1\n"},
    "the source is renamed": {"lib/prices/store.py": None, "lib/prices/stores.py": "def read():\n    return 1\n"},
    "a new skill": {"skills/funds/SKILL.md": "---\nname: fund\ndescription: Funds.\n---\n"},
    "a skill that git ignores": {"skills/funds/SKILL.md": "---\nname: fund\n---\n", ".gitignore": "funds/\n"},
    "the skill is ignored by git": {".git/info/exclude": "skills/\n"},
    "a skill is gone": {"skills/etf-data/SKILL.md": None, "skills/b/SKILL.md": "---\nname: c\n---\n"},
}


@pytest.fixture(autouse=True)
def _own_cache_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def repo(write: Write) -> Path:
    root = write(REPO)
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    return root


def run(*arguments: str) -> tuple[int, str]:
    """Return the exit status of `check` and what it printed."""
    from click.testing import CliRunner

    from skills_lint.cli.check import command
    from skills_lint.place import InputError

    result: Result = CliRunner().invoke(command, list(arguments), standalone_mode=False)
    if isinstance(result.exception, InputError):
        return 2, str(result.exception)
    assert result.exception is None, result.exception
    return result.return_value, result.output


def cache_of(root: Path, *paths: str) -> Cache | None:
    return open_cache(load_config(root), [Path(path) for path in paths])


def age(root: Path) -> None:
    """Let all files be from long ago, as far as that can be set; when a file was changed last no one can set."""
    for path in root.rglob("*"):
        os.utime(path, ns=(1_000_000_000, 1_000_000_000), follow_symlinks=False)


@pytest.mark.parametrize("output_format", ["text", "json", "sarif", "github"])
def test_a_second_run_prints_what_the_first_printed(repo: Path, output_format: str) -> None:
    (repo / "skills/etf-data/SKILL.md").write_text(DEAD)
    first = run("--output-format", output_format)
    cache = cache_of(repo)
    assert cache is not None
    assert cache.read() is not None
    assert run("--output-format", output_format) == first == run("--output-format", output_format, "--no-cache")
    assert "nots.md" in first[1]


@pytest.mark.parametrize("paths", [(), (".",), ("skills/etf-data/SKILL.md",), ("skills",)], ids=str)
@pytest.mark.parametrize("change", CHANGES)
def test_after_any_change_the_cache_tells_what_a_run_without_it_tells(
    repo: Path, change: str, paths: tuple[str, ...]
) -> None:
    before = run(*paths)
    assert run(*paths) == before
    for name, text in CHANGES[change].items():
        path = repo / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    assert run(*paths) == run(*paths, "--no-cache")
    for name in CHANGES[change]:
        path = repo / name
        if name in REPO:
            path.write_text(REPO[name])
        elif path.exists():
            path.unlink()
    assert run(*paths) == before == run(*paths, "--no-cache")


def test_the_changes_are_worth_testing(repo: Path) -> None:
    results = set()
    for change in CHANGES.values():
        for name, text in change.items():
            path = repo / name
            if text is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            elif path.exists():
                path.unlink()
        results.add(run("--no-cache"))
    assert len(results) > len(CHANGES) / 2


def test_a_change_that_keeps_size_and_times_is_seen(repo: Path) -> None:
    age(repo)
    before = run()
    skill = repo / "skills/etf-data/SKILL.md"
    skill.write_text(SKILL.replace("notes.md)", "motes.md)"))
    age(repo)
    assert run() == run("--no-cache") != before


@pytest.mark.parametrize("option", [["--preview"], ["--config", "other.toml"], ["skills"]], ids=str)
def test_another_request_has_another_outcome(repo: Path, option: list[str]) -> None:
    (repo / "skills-lint.toml").write_text('source = ["lib"]\n')
    (repo / "other.toml").write_text('source = ["lib"]\nselect = ["SK301"]\n')
    (repo / "skills/etf-data/SKILL.md").write_text(DEAD)
    run()
    assert run(*option) == run(*option, "--no-cache")


def test_another_working_directory_has_other_paths(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repo / "skills/etf-data/SKILL.md").write_text(DEAD)
    run(".")
    monkeypatch.chdir(repo / "skills")
    assert run(".") == run(".", "--no-cache")


def test_no_cache_neither_reads_nor_writes(repo: Path) -> None:
    run("--no-cache")
    cache = cache_of(repo)
    assert cache is not None
    assert not cache.file.exists()


def test_a_change_during_a_run_is_not_kept(repo: Path) -> None:
    cache = cache_of(repo)
    assert cache is not None
    run()
    kept = cache.read()
    assert kept is not None
    cache.file.unlink()
    (repo / "docs/notes.md").write_text("# Changed\n")
    cache.write(kept)
    assert not cache.file.exists()


@pytest.mark.parametrize(
    "entry", ["", "{", "[]", "null", '{"state": 1}', '{"state": [], "young": {}, "outcome": {}}'], ids=repr
)
def test_a_broken_entry_is_made_anew(repo: Path, entry: str) -> None:
    first = run()
    cache = cache_of(repo)
    assert cache is not None
    cache.file.write_text(entry)
    assert run() == first
    assert cache.file.read_text() != entry


def test_a_cache_that_cannot_be_written_is_no_error(
    repo: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path_factory.mktemp("no") / "folder"
    file.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(file))
    assert run() == run() == run("--no-cache")


def test_the_cache_does_not_grow_for_ever(repo: Path) -> None:
    cache = cache_of(repo)
    assert cache is not None
    cache.file.parent.mkdir(parents=True)
    for number in range(100):
        (cache.file.parent / f"{number}.json").write_text("{}")
        os.utime(cache.file.parent / f"{number}.json", (number, number))
    run()
    left = {path.name for path in cache.file.parent.iterdir()}
    assert len(left) == 64
    assert {cache.file.name, "99.json"} <= left
    assert "0.json" not in left


def test_runs_at_once_do_not_disturb_each_other(repo: Path) -> None:
    command = [sys.executable, "-m", "skills_lint", "check", "--output-format", "json"]

    def start(_: int) -> bytes:
        return subprocess.run(command, cwd=repo, capture_output=True, check=False).stdout

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(start, range(8)))) == 1
    cache = cache_of(repo)
    assert cache is not None
    assert not list(cache.file.parent.glob("*.new"))


@pytest.mark.parametrize(
    "setting", ['skills = ["../elsewhere"]', 'source = ["../elsewhere"]', 'buckets = "../elsewhere/b.yaml"'], ids=str
)
def test_a_repo_that_looks_outside_of_itself_is_not_cached(repo: Path, setting: str) -> None:
    (repo / "skills-lint.toml").write_text(setting)
    assert cache_of(repo) is None


def test_a_path_outside_of_the_repo_is_not_cached(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert cache_of(repo, str(tmp_path_factory.mktemp("elsewhere"))) is None


def test_a_schema_of_the_team_is_not_cached(repo: Path) -> None:
    (repo / "own.json").write_text("{}")
    (repo / "skills-lint.toml").write_text('schema = "own.json"')
    assert cache_of(repo) is None


def test_a_repo_within_the_repo_is_not_cached(repo: Path) -> None:
    (repo / "inner/.git").mkdir(parents=True)
    assert cache_of(repo) is None


def test_a_folder_that_is_a_link_to_outside_is_not_cached(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    (repo / "lib/linked").symlink_to(tmp_path_factory.mktemp("elsewhere"))
    assert cache_of(repo) is None


def test_a_file_behind_a_link_to_outside_counts(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("elsewhere") / "store.py"
    outside.write_text("def read():\n    return 1\n")
    (repo / "lib/prices/store.py").unlink()
    (repo / "lib/prices/store.py").symlink_to(outside)
    run()
    outside.write_text("def read_all():\n    return 1\n")
    assert run() == run("--no-cache")


def test_what_is_installed_in_the_repo_is_neither_told_nor_looked_at(repo: Path) -> None:
    skill = SKILL.replace("../../docs/notes.md", "node_modules/notes.md")
    (repo / "skills/etf-data/SKILL.md").write_text(skill)
    (repo / ".gitignore").write_text("node_modules/\n")
    before = take_snapshot(repo, ()).digest
    first = run()
    (repo / "skills/etf-data/node_modules").mkdir()
    assert take_snapshot(repo, ()).digest != before
    inside = take_snapshot(repo, ()).digest
    (repo / "skills/etf-data/node_modules/notes.md").write_text("# Notes\n")
    assert take_snapshot(repo, ()).digest == inside
    assert run() == run("--no-cache") == first


def test_a_file_that_is_no_longer_young_is_not_read_again(repo: Path) -> None:
    run()
    cache = cache_of(repo)
    assert cache is not None
    assert cache.snapshot.young
    entry = json.loads(cache.file.read_bytes())
    assert entry["young"].keys() == cache.snapshot.young.keys()
    old = Cache(cache.file, cache.top, cache.asked, type(cache.snapshot)(cache.snapshot.digest, {}), cache.linter)
    assert old.read() is not None
    assert json.loads(cache.file.read_bytes())["young"] == {}


def test_the_outcome_is_kept_as_it_was(repo: Path) -> None:
    (repo / "skills/etf-data/SKILL.md").write_text(SKILL.replace("#close", "#closs"))
    run()
    cache = cache_of(repo)
    assert cache is not None
    kept = cache.read()
    assert kept is not None
    assert kept.diagnostics == open_project(repo).diagnostics
    assert any(diagnostic.fix for diagnostic in kept.diagnostics)
