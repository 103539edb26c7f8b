"""`skills_lint.hint`: what a sandbox appends to an error."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import skills_lint
from skills_lint.project import open_project

if TYPE_CHECKING:
    from conftest import Repo

OWN_REPO = Path(__file__).parents[2]
COLUMN = """Traceback (most recent call last):
  File "report.py", line 3, in <module>
    print(prices["close"])
KeyError: 'close'
"""
NO_MODULE = """Traceback (most recent call last):
  File "a.py", line 1, in <module>
ModuleNotFoundError: No module named 'duckdb'
"""
HEAVY = {"click", "yaml", "jsonschema", "msgspec", "griffe", "re2", "kingfisher_sdk", "sqlite3", "pyromark"}


def test_a_hint_is_in_the_words_of_the_bucket_and_names_the_skill_to_read(repo: Repo) -> None:
    found = skills_lint.hint(COLUMN, root=repo.root)
    assert found is not None
    assert (found.bucket, found.sentence, found.skill) == (
        "missing-column",
        "Print `df.columns` first.",
        "robust-frames",
    )
    assert found.file is not None
    assert Path(found.file).resolve() == repo.root / "skills/robust-frames/SKILL.md"
    assert (
        str(found) == f"hint (missing-column): Print `df.columns` first. Read the skill `robust-frames` ({found.file})."
    )


def test_what_the_repo_does_not_declare_the_catalogue_knows(repo: Repo) -> None:
    found = skills_lint.hint(NO_MODULE, root=repo.root)
    assert found is not None
    assert (found.bucket, found.skill) == ("package-not-installed", None)


def test_outside_of_a_repo_the_catalogue_is_asked_and_no_skill_is_looked_for(tmp_path: Path) -> None:
    skill = tmp_path / "skills/frames/SKILL.md"
    skill.parent.mkdir(parents=True)
    skill.write_text("# Frames\n\n## Common pitfalls (from traces)\n\n- `missing-key-or-column`: look first.\n")
    found = skills_lint.hint(COLUMN, root=tmp_path)
    assert found is not None
    assert (found.bucket, found.skill) == ("missing-key-or-column", None)


def test_of_several_skills_the_first_that_the_bucket_lists_is_named(repo: Repo) -> None:
    text = (repo.root / "skills/robust-frames/SKILL.md").read_text()
    for name in ("another", "early-but-second"):
        repo.write(f"skills/{name}/SKILL.md", text.replace("robust-frames", name))
    buckets = (repo.root / "routines/trace_failure_triage/buckets.yaml").read_text()
    repo.write(
        "routines/trace_failure_triage/buckets.yaml",
        buckets.replace("[robust-frames]", "[robust-frames, early-but-second]"),
    )
    found = skills_lint.hint(COLUMN, root=repo.root)
    assert found is not None
    assert found.skill == "robust-frames"


def test_a_skill_that_says_nothing_about_the_bucket_is_not_named(repo: Repo) -> None:
    repo.write("skills/robust-frames/SKILL.md", "---\nname: robust-frames\ndescription: d\n---\n\n# Frames\n")
    found = skills_lint.hint(COLUMN, root=repo.root)
    assert found is not None
    assert found.skill is None


def test_where_the_configured_skills_are_missing_the_sentence_is_told_alone(repo: Repo) -> None:
    repo.write("skills-lint.toml", 'skills = ["gone"]\n')
    found = skills_lint.hint(COLUMN, root=repo.root)
    assert found is not None
    assert (found.bucket, found.skill) == ("missing-column", None)


def test_the_second_error_gets_its_own_hint(repo: Repo) -> None:
    dates = "Traceback (most recent call last):\nTypeError: '<' not supported between instances of 'str' and 'int'"
    found = [skills_lint.hint(error, root=repo.root) for error in (COLUMN, dates, NO_MODULE, COLUMN, dates)]
    assert [hint and hint.bucket for hint in found] == [
        *("missing-column", "text-dates", "package-not-installed", "missing-column", "text-dates"),
    ]


def test_the_code_that_ran_counts_too(repo: Repo) -> None:
    bucket = "{id: by-code, title: T, match: [{code: 'merge_asof'}], cause: C, fix: F, hint: Sort both sides.}"
    repo.write("routines/trace_failure_triage/buckets.yaml", f"buckets:\n  - {bucket}\n")
    error = "Traceback (most recent call last):\nValueError: odd"
    found = skills_lint.hint(error, "pd.merge_asof(a, b)", root=repo.root)
    assert found is not None
    assert found.sentence == "Sort both sides."


def test_a_bucket_that_is_still_a_draft_gives_no_hint(repo: Repo) -> None:
    bucket = "{id: draft, title: T, match: [{exception: KeyError}], cause: C, fix: F, hint: 'TODO: say it'}"
    repo.write("routines/trace_failure_triage/buckets.yaml", f"buckets:\n  - {bucket}\n")
    assert skills_lint.hint(COLUMN, root=repo.root) is None


@pytest.mark.parametrize("error", ["", "  \n", "all is well", "bash: foo: command not found"])
def test_where_there_is_nothing_to_say_there_is_no_hint(repo: Repo, error: str) -> None:
    assert skills_lint.hint(error, root=repo.root) is None


@pytest.mark.parametrize("broken", ["buckets: [", "buckets:\n  - {id: x}\n", "\0"])
def test_with_a_bucket_file_that_cannot_be_used_the_catalogue_is_asked(repo: Repo, broken: str) -> None:
    repo.write("routines/trace_failure_triage/buckets.yaml", broken)
    found = skills_lint.hint(COLUMN, root=repo.root)
    assert found is not None
    assert found.bucket == "missing-key-or-column"


def test_with_a_configuration_that_cannot_be_used_the_catalogue_is_asked(repo: Repo) -> None:
    repo.write("skills-lint.toml", "nonsense = 1\n")
    found = skills_lint.hint(COLUMN, root=repo.root)
    assert found is not None
    assert found.bucket == "missing-key-or-column"


@given(st.text() | st.text().map(lambda text: f"Traceback (most recent call last):\n{text}"), st.none() | st.text())
def test_it_never_raises_whatever_the_text(error: str, code: str | None) -> None:
    skills_lint.hint(error, code, root=OWN_REPO)


@pytest.mark.parametrize("error", [None, 7, b"KeyError: 'a'", ["KeyError"]])
def test_it_never_raises_whatever_the_type(error: object) -> None:
    assert skills_lint.hint(error) is None  # type: ignore[arg-type]


def test_a_folder_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    assert skills_lint.hint(COLUMN, root=tmp_path / "gone") is not None


def test_the_bucket_is_that_of_triage_for_all_failures_of_our_own_traces() -> None:
    project = open_project(OWN_REPO)
    known = {bucket.id for bucket in project.causes}
    told = [item for item in project.assigned if item.failure.fault.traceback]
    assert len(told) > 50
    for item in told:
        found = skills_lint.hint(item.failure.fault.traceback or "", item.failure.fault.code, root=OWN_REPO)
        expected = item.bucket if item.bucket in known else None
        assert (found.bucket if found else None) == expected, item.failure


def test_to_import_it_imports_no_library() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, skills_lint; skills_lint.hint; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    imported = set(done.stdout.split())
    assert not imported & HEAVY
    assert {name for name in imported if name.startswith("skills_lint.")} == {"skills_lint.hints"}


def test_what_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'hints_of'"):
        _ = skills_lint.hints_of  # type: ignore[attr-defined]
