"""`skills-lint effect` on repos with a history of their own."""

from __future__ import annotations

import json
import os
import re
import subprocess
from typing import Any

import jsonschema
import pytest

from skills_lint.shipped import load_schema

SKILL = "skills/robust-frames/SKILL.md"
DECLARED = "routines/trace_failure_triage/buckets.yaml"
NEW = """\
  - id: new-cause
    title: New
    match:
      - exception: ValueError
    cause: A cause.
    fix: A fix.
    hint: A hint.
"""


def git(repo: Any, *arguments: str, day: str = "2026-10-01") -> None:
    identity = {f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    dates = {f"GIT_{who}_DATE": f"{day}T12:00:00Z" for who in ("AUTHOR", "COMMITTER")}
    subprocess.run(
        ["git", *arguments], cwd=repo.root, check=True, capture_output=True, env={**os.environ, **identity, **dates}
    )


def commit(repo: Any, day: str) -> None:
    git(repo, "add", ".")
    git(repo, "commit", "-qm", f"State of {day}", day=day)


def without(text: str, *buckets: str) -> str:
    return "".join(line for line in text.splitlines(True) if not any(f"`{bucket}`" in line for bucket in buckets))


def printed(repo: Any, *arguments: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(repo.run("effect", *arguments, "--output-format", "json").stdout)
    jsonschema.Draft202012Validator(load_schema("effect")).validate(value)
    return value


@pytest.fixture
def taught(repo: Any) -> Any:
    """A repo whose skill got its first pitfall on 1 October and its second on the 20th, after it was moved."""
    whole = (repo.root / SKILL).read_text(encoding="utf-8")
    before = [
        {"date": f"2026-09-{n % 28 + 1:02}", "failures": {"text-dates": 1, "plots": 1, "joins": 1}} for n in range(60)
    ]
    after = [{"date": f"2026-11-{n % 28 + 1:02}", "failures": {"plots": 1, "joins": 1}} for n in range(60)]
    repo.evidence(*before, *after)
    git(repo, "init", "-q")
    repo.write("skills/old-name/SKILL.md", without(whole, "text-dates"))
    (repo.root / SKILL).unlink()
    commit(repo, "2026-10-01")
    git(repo, "mv", "skills/old-name/SKILL.md", SKILL)
    commit(repo, "2026-10-10")
    repo.write(SKILL, whole)
    commit(repo, "2026-10-20")
    return repo


def test_git_tells_since_when_a_bucket_is_covered_though_the_skill_moved(taught: Any) -> None:
    effect = printed(taught, "text-dates")["effects"][0]
    assert (effect["since"], effect["verdict"]) == ("2026-10-20", "prevented")
    since = {effect["bucket"]: effect["since"] for effect in printed(taught, "missing-column", "text-dates")["effects"]}
    assert since == {"missing-column": "2026-10-01", "text-dates": "2026-10-20"}


def test_what_a_merge_brought_came_with_the_merge(taught: Any) -> None:
    whole = (taught.root / SKILL).read_text(encoding="utf-8")
    taught.write(SKILL, without(whole, "text-dates"))
    commit(taught, "2026-10-21")
    git(taught, "checkout", "-qb", "branch")
    taught.write(SKILL, whole)
    commit(taught, "2026-10-22")
    git(taught, "checkout", "-q", "-")
    taught.write("other.txt", "meanwhile")
    commit(taught, "2026-10-23")
    git(taught, "merge", "-q", "--no-ff", "branch", day="2026-10-25")
    (found,) = printed(taught, "text-dates")["effects"]
    assert found["since"] == "2026-10-25"


def test_a_pitfall_that_was_gone_for_a_while_is_there_since_it_came_back(taught: Any) -> None:
    whole = (taught.root / SKILL).read_text(encoding="utf-8")
    taught.write(SKILL, without(whole, "text-dates"))
    commit(taught, "2026-10-21")
    taught.write(SKILL, whole)
    commit(taught, "2026-10-27")
    (found,) = printed(taught, "text-dates")["effects"]
    assert found["since"] == "2026-10-27"


def test_a_given_day_goes_before_what_git_tells(taught: Any) -> None:
    effect = printed(taught, "text-dates", "--since", "2026-11-20")["effects"][0]
    assert (effect["since"], effect["left_out"]) == ("2026-11-20", 0)
    assert effect["before"]["sessions"] + effect["after"]["sessions"] == 120


def test_the_bucket_file_tells_better_than_git_since_when_agents_had_a_pitfall(taught: Any) -> None:
    text = (taught.root / DECLARED).read_text(encoding="utf-8")
    taught.write(DECLARED, text.replace("- id: text-dates\n", "- id: text-dates\n    covered_since: 2026-11-05\n"))
    since = {effect["bucket"]: effect["since"] for effect in printed(taught, "missing-column", "text-dates")["effects"]}
    assert since == {"missing-column": "2026-10-01", "text-dates": "2026-11-05"}
    assert printed(taught, "text-dates")["effects"][0]["left_out"] == 0
    assert printed(taught, "text-dates", "--since", "2026-11-20")["effects"][0]["since"] == "2026-11-20"


def test_where_the_bucket_file_tells_all_days_no_history_is_needed(repo: Any) -> None:
    text = (repo.root / DECLARED).read_text(encoding="utf-8")
    repo.write(DECLARED, re.sub(r"(?m)^(  - id: .*\n)", r"\1    covered_since: 2026-11-03\n", text))
    assert {effect["since"] for effect in printed(repo)["effects"]} == {"2026-11-03"}


def test_a_day_that_the_calendar_does_not_have_is_told(repo: Any) -> None:
    text = (repo.root / DECLARED).read_text(encoding="utf-8")
    repo.write(DECLARED, text.replace("- id: text-dates\n", '- id: text-dates\n    covered_since: "2026-11-31"\n'))
    assert "`covered_since` is no day of the calendar" in repo.run("effect", status=2).stderr


def test_a_pitfall_that_is_not_committed_is_no_evidence(taught: Any) -> None:
    text = (taught.root / SKILL).read_text(encoding="utf-8")
    taught.write(DECLARED, (taught.root / DECLARED).read_text(encoding="utf-8") + NEW)
    taught.write(SKILL, text + "- `new-cause`: do it well.\n")
    effect = printed(taught, "new-cause")["effects"][0]
    assert (effect["since"], effect["reason"]) == (None, "its pitfall is not committed yet")


def test_without_git_the_day_has_to_be_named(repo: Any) -> None:
    failed = repo.run("effect", status=2)
    assert "no git history" in failed.stderr
    assert "--since YYYY-MM-DD" in failed.stderr
    assert "missing-column  no evidence yet" in repo.run("effect", "--since", "2026-11-03").stdout


def test_a_shallow_clone_tells_no_day(taught: Any, tmp_path: Any) -> None:
    subprocess.run(["git", "clone", "-q", "--depth", "1", taught.root.as_uri(), tmp_path / "clone"], check=True)
    assert "this clone is shallow" in type(taught)(tmp_path / "clone").run("effect", status=2).stderr


def test_a_cause_without_a_pitfall_goes_on_uncovered(repo: Any) -> None:
    text = (repo.root / SKILL).read_text(encoding="utf-8")
    repo.write(SKILL, without(text, "missing-column"))
    rows = printed(repo, "--since", "2026-11-03")["going_on"]
    assert {(row["bucket"], row["reason"], row["failures"]) for row in rows} == {
        ("missing-column", "not-covered", 3),
        ("text-dates", "untold", 2),
    }


def test_where_traces_are_a_cause_that_goes_on_has_an_example(repo: Any) -> None:
    event = {"session": "s", "timestamp": "2026-11-09T08:00:00Z", "tool": "python", "input": {"code": "df['a']"}}
    error = {"success": False, "error": "Traceback (most recent call last):\nKeyError: 'a'"}
    repo.write("traces/new.jsonl", json.dumps({**event, **error}) + "\n")
    rows = printed(repo, "--since", "2026-11-03")["going_on"]
    examples = [row["example"] for row in rows if row["example"]]
    assert [example["file"] for example in examples] == ["traces/new.jsonl"]


def test_nothing_to_judge_by_is_not_assessed(empty_repo: Any) -> None:
    assert "not assessed" in empty_repo.run("effect", status=2).stderr


def test_an_unknown_bucket_is_told_the_nearest(repo: Any) -> None:
    assert "did you mean `text-dates`?" in repo.run("effect", "text-date", "--since", "2026-11-03", status=2).stderr
