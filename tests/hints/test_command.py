"""`skills-lint hint`: the hint for the error on standard input."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from skills_lint.shipped import load_schema

if TYPE_CHECKING:
    from conftest import Repo

ERROR = "Traceback (most recent call last):\n  File \"a.py\", line 3, in <module>\nKeyError: 'token=hunter2-hunter2'\n"


def test_it_says_what_to_do_and_which_skill_to_read(repo: Repo) -> None:
    assert repo.run("hint", stdin=ERROR).stdout == (
        "hint (missing-column): Print `df.columns` first."
        " Read the skill `robust-frames` (skills/robust-frames/SKILL.md).\n"
    )


@pytest.mark.parametrize("error", ["", "make: *** [all] Error 2\n", "{}", "\0\x1b[31m"])
def test_where_there_is_nothing_to_say_it_prints_nothing(repo: Repo, error: str) -> None:
    done = repo.run("hint", stdin=error)
    assert (done.stdout, done.stderr) == ("", "")


def test_as_json_it_keeps_to_its_schema(repo: Repo) -> None:
    validator = Draft202012Validator(load_schema("hint"))
    found, none = (
        json.loads(repo.run("hint", "--output-format", "json", stdin=error).stdout) for error in (ERROR, "fine")
    )
    validator.validate(found)
    validator.validate(none)
    assert (found["hint"]["bucket"], none["hint"]) == ("missing-column", None)


def test_a_bucket_file_that_cannot_be_used_is_told(repo: Repo) -> None:
    repo.write("routines/trace_failure_triage/buckets.yaml", "buckets: [")
    assert "buckets.yaml:1:" in repo.run("hint", stdin=ERROR, status=2).stderr


def test_nothing_can_be_withheld_without_a_session(repo: Repo) -> None:
    assert "only `--hook` knows" in repo.run("hint", "--holdout", "0.2", stdin=ERROR, status=2).stderr
    assert "not in the range" in repo.run("hint", "--hook", "claude-code", "--holdout", "2", stdin="", status=2).stderr
