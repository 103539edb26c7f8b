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


def test_group_refuses_what_is_no_failure(repo: Any) -> None:
    for row in ('{"exception_type": 1, "message": "x"}', '{"exception_type": "E", "message": [1]}', "[]", "3"):
        assert "-:1: not a failure" in repo.run("group", status=2, stdin=f"{row}\n").stderr


def test_a_label_that_no_bucket_has_any_more_is_told_as_that(repo: Any) -> None:
    repo.evidence(*({"failures": {"old-bucket": 1}, "date": f"2026-11-0{day}"} for day in range(1, 7)))
    out = repo.run("coverage", status=1).stdout
    assert "no bucket has this id; declare it, or run `skills-lint triage --record`" in out


def test_the_gate_says_what_it_judged_by(repo: Any) -> None:
    assert "window    2026-10-10 to 2026-11-08: 5 of 6 sessions" in repo.run("coverage").stdout


def test_a_window_longer_than_the_calendar_is_all_time(repo: Any) -> None:
    repo.write("skills-lint.toml", 'window = "99999d"\nschema = "skill"\n')
    repo.evidence({"failures": {"missing-column": 1}, "date": "0001-01-05"})
    assert "1 of 1 session" in repo.run("triage").stdout


def test_a_declared_bucket_is_not_promoted_and_an_exit_status_alone_is_told_to_name_no_cause(repo: Any) -> None:
    assert "is a bucket already" in repo.run("promote", "missing-column", status=2).stderr
    repo.write(
        "traces/a.jsonl",
        '{"ts": 1793600000, "run_id": "r", "event": "tool_start", "tool": "execute_python", "args": {"code": "x"}}\n'
        '{"ts": 1793600001, "run_id": "r", "event": "tool_end", "tool": "execute_python", "result": '
        '{"success": false}}\n',
    )
    groups = json.loads(repo.run("triage", "--output-format", "json").stdout)["buckets"]
    group = next(bucket["id"] for bucket in groups if bucket["source"] == "discovered")
    assert "an exit status alone names no cause" in repo.run("promote", group).stderr


def test_the_lint_is_printed_as_json_where_there_is_nothing_else_to_judge(empty_repo: Any) -> None:
    empty_repo.write("skills/a/SKILL.md", "no frontmatter\n")
    out = json.loads(empty_repo.run("--output-format", "json", status=2).stdout)
    assert out["lint"]["diagnostics"]
    assert out["triage"] is None


def test_a_draft_that_nobody_finished_covers_nothing(repo: Any) -> None:
    buckets = repo.root / "routines/trace_failure_triage/buckets.yaml"
    text = buckets.read_text(encoding="utf-8")
    draft = text.replace("Turn the dates into one type before comparing.", '"TODO: say it"')
    buckets.write_text(draft, encoding="utf-8")
    repo.write(SKILL, (repo.root / SKILL).read_bytes().replace(b"convert both sides to int before comparing.", b"TODO"))
    out = repo.run("coverage", status=1).stdout
    assert "say what is still TODO in the bucket at routines/trace_failure_triage/buckets.yaml:10:5" in out
    assert "still says TODO" in repo.run("upgrade", "text-dates", "--write", status=2).stderr
    assert "SK204" in repo.run("check", status=1).stdout


def test_a_bucket_that_lists_a_skill_that_does_not_exist_is_told_before_any_command(repo: Any) -> None:
    buckets = repo.root / "routines/trace_failure_triage/buckets.yaml"
    text = buckets.read_text(encoding="utf-8")
    buckets.write_text(text.replace("skills: [robust-frames]", "skills: [ghost]"), encoding="utf-8")
    out = repo.run("coverage", status=1).stdout
    assert "it lists a skill that does not exist: `ghost`" in out
    assert "run: skills-lint" not in out


def test_a_configured_bucket_file_that_does_not_exist_is_an_error(repo: Any) -> None:
    repo.write("skills-lint.toml", 'buckets = "elsewhere.yaml"\n')
    assert "the bucket file does not exist: elsewhere.yaml" in repo.run("coverage", status=2).stderr


def test_a_bucket_file_that_declares_nothing_yet_is_fine(repo: Any) -> None:
    repo.write("routines/trace_failure_triage/buckets.yaml", "buckets:\n")
    repo.evidence({"failures": {"0123456789ab": 1}})
    assert "run: skills-lint promote 0123456789ab" in repo.run("coverage", status=1).stdout


def test_what_is_not_read_is_named_with_the_place_and_the_reason(repo: Any) -> None:
    record = '{"ts": 1793600000, "run_id": "r", "event": "tool_start", "tool": "execute_python", "args": {"code": "x"}}'
    repo.write("traces/a.jsonl", f"{record}\n{record[:40]}")
    repo.write("traces/b.jsonl", b"\x00\x01binary")
    out = repo.run("triage").stdout
    assert "traces    1 of 2 files, 1 line skipped; 1 tool call" in out
    assert "not read: traces/a.jsonl:2: " in out
    assert "not read: traces/b.jsonl: " in out
