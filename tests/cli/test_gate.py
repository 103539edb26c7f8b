"""The gate, and the way from red to green, on a repo with evidence and without traces."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    pass

SKILL = "skills/robust-frames/SKILL.md"


def test_a_covered_repo_passes(repo: Any) -> None:
    done = repo.run("coverage")
    assert "coverage  passed: 2 of 2 top buckets covered" in done.stdout


def test_the_window_leaves_out_old_sessions(repo: Any) -> None:
    triage = json.loads(repo.run("triage", "--output-format", "json").stdout)
    assert triage["window"] == {"start": "2026-10-10", "end": "2026-11-08"}
    assert (triage["sessions"], sum(bucket["count"] for bucket in triage["buckets"])) == (5, 5)


def test_a_deleted_pitfall_fails_the_gate_and_the_named_command_mends_it(repo: Any) -> None:
    skill = repo.root / SKILL
    before = skill.read_text(encoding="utf-8")
    skill.write_text(
        before.replace("- `missing-column`: check `df.columns` before you select.\n", ""), encoding="utf-8"
    )
    failed = repo.run("coverage", status=1).stdout
    assert "missing-column" in failed
    assert "robust-frames lacks it" in failed
    command = failed.split("run: skills-lint ")[1].split("\n")[0]
    repo.run(*command.split())
    assert "passed" in repo.run("coverage").stdout
    assert "Check the columns before selecting." in skill.read_text(encoding="utf-8")


def test_upgrade_shows_a_diff_and_writes_nothing_unless_told(repo: Any) -> None:
    before = (repo.root / SKILL).read_bytes()
    repo.write(SKILL, before.replace(b"`text-dates`", b"`other-dates`"))
    changed = (repo.root / SKILL).read_bytes()
    diff = repo.run("upgrade").stdout
    assert "+- `text-dates`: Turn the dates" in diff
    assert (repo.root / SKILL).read_bytes() == changed
    assert not (repo.root / "skills/text-dates").exists()


def test_nothing_to_judge_by_is_not_assessed(empty_repo: Any) -> None:
    for command in ("triage", "coverage", "prompt"):
        done = empty_repo.run(command, status=2)
        assert "not assessed" in done.stderr
        assert "= help:" in done.stderr


def test_an_unknown_bucket_is_told_the_nearest(repo: Any) -> None:
    assert "did you mean `missing-column`?" in repo.run("upgrade", "missing-colum", status=2).stderr


def test_group_gives_one_line_for_each_failure_in_order(repo: Any) -> None:
    rows = [
        {"exception_type": "KeyError", "message": "'a'"},
        {"exception_type": "pkg.OddError", "message": "it is 5"},
        {"exception_type": "OddError", "message": "it is 7"},
    ]
    out = repo.run("group", stdin="".join(f"{json.dumps(row)}\n" for row in rows)).stdout.splitlines()
    groups = [json.loads(line)["group"] for line in out]
    assert groups[0] == "missing-column"
    assert groups[1] == groups[2]


def test_group_names_the_line_that_is_no_failure(repo: Any) -> None:
    stdin = '{"exception_type": "KeyError", "message": "x"}\nno json\n'
    assert "-:2: not a failure" in repo.run("group", status=2, stdin=stdin).stderr


def test_a_bucket_that_no_skill_is_near_to_gets_a_skill_of_its_own(repo: Any) -> None:
    before = (repo.root / SKILL).read_bytes()
    repo.write(SKILL, before.replace(b"- `text-dates`: convert both sides to int before comparing.\n", b""))
    command = repo.run("coverage", status=1).stdout.split("run: skills-lint ")[1].split("\n")[0]
    repo.run(*command.split())
    assert "covered by text-dates" in repo.run("coverage").stdout
