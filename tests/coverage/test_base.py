"""The gate against a base: a change fails for what it makes worse, in real git repos."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from skills_lint.past import write_past
from skills_lint.shipped import load_schema

SKILL = "skills/robust-frames/SKILL.md"
BUCKETS = "routines/trace_failure_triage/buckets.yaml"
COLUMN = b"- `missing-column`: check `df.columns` before you select.\n"
DATES = b"- `text-dates`: convert both sides to int before comparing.\n"


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", "-C", str(folder), *identity, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def commit(repo: Any, subject: str = "A step") -> None:
    git(repo.root, "add", ".")
    git(repo.root, "commit", "--quiet", "-m", subject)


def replace(repo: Any, file: str, old: bytes, new: bytes = b"") -> None:
    text = (repo.root / file).read_bytes()
    assert old in text
    repo.write(file, text.replace(old, new))


@pytest.fixture
def committed(repo: Any) -> Any:
    """The small repo, committed; its gate passes."""
    git(repo.root, "init", "--quiet", "--initial-branch=main")
    commit(repo, "All is covered")
    return repo


def gate(repo: Any, *arguments: str, status: int = 0) -> dict[str, Any]:
    printed = json.loads(repo.run("coverage", *arguments, "--output-format", "json", status=status).stdout)
    Draft202012Validator(load_schema("coverage")).validate(printed)
    assert printed["covered"] is (status == 0)
    return printed


def blames(printed: dict[str, Any]) -> dict[str, str]:
    return {bucket["id"]: bucket["blame"] for bucket in printed["buckets"] if bucket["blame"]}


def test_a_pitfall_that_the_change_took_out_fails(committed: Any) -> None:
    replace(committed, SKILL, COLUMN)
    assert blames(gate(committed, "--base", "main", status=1)) == {"missing-column": "change"}
    commit(committed)
    assert blames(gate(committed, "--base", "HEAD~1", status=1)) == {"missing-column": "change"}
    out = committed.run("coverage", "--base", "HEAD~1", status=1).stdout
    assert "run: skills-lint upgrade missing-column --write" in out
    assert "1 bucket worse\ncoverage  failed: 1 of 2 top buckets covered" in out


def test_what_failed_at_the_base_as_well_is_told_and_does_not_fail(committed: Any) -> None:
    replace(committed, SKILL, COLUMN)
    commit(committed)
    committed.write("README.md", "A change.\n")
    assert blames(gate(committed, "--base", "HEAD")) == {"missing-column": "base"}
    out = committed.run("coverage", "--base", "HEAD").stdout
    assert "! missing-column" in out
    assert "does not fail here: it failed before this change" in out
    assert "0 buckets worse; 1 as before\ncoverage  passed: 1 of 2 top buckets covered" in out
    gate(committed, status=1)


def test_what_only_new_evidence_shows_fails_the_scheduled_run_and_no_change(committed: Any) -> None:
    days = ("2026-11-09", "2026-11-10", "2026-11-11")
    committed.evidence(*({"failures": {"file-not-found": 2}, "date": day} for day in days))
    gate(committed, status=1)
    assert blames(gate(committed, "--base", "HEAD")) == {"file-not-found": "evidence"}
    assert "1 newly shown by the evidence" in committed.run("coverage", "--base", "HEAD").stdout


def test_new_evidence_does_not_hide_what_the_change_itself_took_out(committed: Any) -> None:
    days = ("2026-11-09", "2026-11-10", "2026-11-11")
    committed.evidence(*({"failures": {"file-not-found": 2, "text-dates": 1}, "date": day} for day in days))
    replace(committed, SKILL, DATES)
    found = gate(committed, "--base", "HEAD", status=1)
    assert blames(found) == {"file-not-found": "evidence", "text-dates": "change"}


def test_one_skill_more_without_the_pitfall_is_worse_although_the_bucket_failed_before(committed: Any) -> None:
    replace(committed, BUCKETS, b"skills: [robust-frames]", b"skills: [robust-frames, second]")
    second = (committed.root / SKILL).read_bytes().replace(b"robust-frames", b"second").replace(COLUMN, b"")
    committed.write("skills/second/SKILL.md", second)
    commit(committed)
    assert blames(gate(committed, "--base", "HEAD")) == {"missing-column": "base"}
    replace(committed, SKILL, COLUMN)
    assert blames(gate(committed, "--base", "HEAD", status=1)) == {"missing-column": "change"}


def test_a_fixed_bucket_that_came_back_fails_both_ways(committed: Any) -> None:
    replace(committed, BUCKETS, b"    title: Dates as text\n", b"    title: Dates as text\n    fixed: 2026-11-05\n")
    commit(committed)
    for base in ((), ("--base", "HEAD")):
        out = committed.run("coverage", *base, status=1).stdout
        assert "came back: last seen 2026-11-06, and was fixed on 2026-11-05" in out
        assert f"mend it again, and set `fixed` to that day at {BUCKETS}:" in out
    assert "0 buckets worse; 1 came back before" in out


def test_a_failure_on_the_day_of_the_fix_is_not_a_return(committed: Any) -> None:
    replace(committed, BUCKETS, b"    title: Dates as text\n", b"    title: Dates as text\n    fixed: 2026-11-06\n")
    gate(committed)


@pytest.mark.parametrize(("fixed", "status"), [("2026-11-09", 1), ("2026-11-10", 0)])
def test_days_are_those_of_utc_and_a_session_has_that_on_which_it_began(repo: Any, fixed: str, status: int) -> None:
    replace(repo, BUCKETS, b"    title: Dates as text\n", f"    title: Dates as text\n    fixed: {fixed}\n".encode())
    error = "TypeError: '<' not supported between instances of 'str' and 'int'"
    start = {"ts": "2026-11-09T22:30:00-05:00", "run_id": "r", "tool": "execute_python", "event": "tool_start"}
    end = {**start, "ts": "2026-11-11T09:00:00Z", "event": "tool_end", "result": {"success": False, "error": error}}
    repo.write("traces/a.jsonl", f"{json.dumps({**start, 'args': {'code': 'x'}})}\n{json.dumps(end)}\n")
    found = {bucket["id"]: bucket["came_back"] for bucket in gate(repo, status=status)["buckets"]}
    assert found["text-dates"] is (status == 1)


def test_what_failed_after_the_fix_and_left_the_window_since_is_no_return_any_more(repo: Any) -> None:
    replace(repo, BUCKETS, b"    title: Dates as text\n", b"    title: Dates as text\n    fixed: 2026-11-05\n")
    seen = {"failures": {"text-dates": 1}, "date": "2026-11-06"}
    repo.evidence(seen, {"date": "2026-12-05"})
    assert gate(repo, status=1)["buckets"][0]["came_back"]
    repo.evidence(seen, {"date": "2026-12-06"})
    assert gate(repo)["buckets"] == []
    repo.evidence({**seen, "date": None}, {"date": "2026-12-06"})
    assert not gate(repo)["buckets"][0]["came_back"]  # nobody knows when


def test_what_the_change_mends_is_told(committed: Any) -> None:
    replace(committed, SKILL, COLUMN)
    commit(committed)
    replace(committed, SKILL, DATES, COLUMN + DATES)
    assert gate(committed, "--base", "HEAD")["base"]["mended"] == ["missing-column"]
    assert "0 buckets worse; mended: missing-column\n" in committed.run("coverage", "--base", "HEAD").stdout


def test_a_branch_is_held_against_where_it_left_and_not_against_what_came_later(committed: Any) -> None:
    replace(committed, SKILL, COLUMN)
    commit(committed, "Lose the pitfall")
    git(committed.root, "switch", "--quiet", "--create", "branch")
    committed.write("README.md", "A change.\n")
    commit(committed)
    git(committed.root, "switch", "--quiet", "main")
    replace(committed, SKILL, DATES, COLUMN + DATES)
    commit(committed, "Find it again")
    git(committed.root, "switch", "--quiet", "branch")
    assert blames(gate(committed, "--base", "main")) == {"missing-column": "base"}


def test_a_base_without_evidence_is_judged_by_that_of_now(repo: Any) -> None:
    git(repo.root, "init", "--quiet")
    git(repo.root, "add", "skills", BUCKETS)
    git(repo.root, "commit", "--quiet", "-m", "Skills")
    replace(repo, SKILL, COLUMN)
    repo.evidence(*({"failures": {"missing-column": 1, "file-not-found": 1}} for _ in range(5)))
    assert blames(gate(repo, "--base", "HEAD", status=1)) == {"missing-column": "change", "file-not-found": "evidence"}


def test_where_the_base_cannot_be_judged_all_that_fails_counts_and_the_reason_is_told(committed: Any) -> None:
    whole = (committed.root / BUCKETS).read_bytes()
    replace(committed, SKILL, COLUMN)
    committed.write(BUCKETS, b"buckets: [\n")
    commit(committed)
    committed.write(BUCKETS, whole)
    found = gate(committed, "--base", "HEAD", status=1)
    assert found["base"]["unreadable"].startswith(f"{BUCKETS}:2:1: the bucket file is not valid YAML")
    assert blames(found) == {"missing-column": "change"}
    out = committed.run("coverage", "--base", "HEAD", status=1).stdout
    assert "cannot be judged, so all that fails counts: " in out


def test_failures_in_traces_are_given_the_buckets_of_the_base_for_it(committed: Any) -> None:
    lines = []
    for when in range(1794000000, 1794000070, 10):
        call = {"ts": when, "run_id": f"r{when}", "tool": "execute_python"}
        result = {"success": False, "error": "OddError: it is odd"}
        lines += [
            {**call, "event": "tool_start", "args": {"code": "x"}},
            {**call, "event": "tool_end", "result": result},
        ]
    committed.write("traces/a.jsonl", "".join(f"{json.dumps(line)}\n" for line in lines))
    odd = b"  - id: odd\n    title: Odd\n    match: [{exception: OddError}]\n    cause: c\n    fix: f\n    hint: h\n"
    committed.write(BUCKETS, (committed.root / BUCKETS).read_bytes() + odd)
    committed.write(SKILL, (committed.root / SKILL).read_bytes() + b"- `odd`: do not be odd.\n")
    commit(committed)
    replace(committed, SKILL, b"- `odd`: do not be odd.\n")
    assert blames(gate(committed, "--base", "HEAD", status=1)) == {"odd": "change"}


@pytest.mark.parametrize("config", [(), ("--config", "ours.toml")])
def test_the_base_has_its_own_configuration_in_a_folder_of_the_repo(repo: Any, config: Any) -> None:
    team = repo.root / "team/one"
    team.mkdir(parents=True)
    for name in ("skills", "routines"):
        shutil.move(repo.root / name, team / name)
    (team / "skills").rename(team / "advice")
    (repo.root / "skills-lint.toml").unlink()
    file = team / (config[1] if config else "skills-lint.toml")
    file.write_text('skills = ["advice"]\n')
    git(repo.root, "init", "--quiet")
    commit(repo)
    (team / "advice").rename(team / "know-how")
    file.write_text('skills = ["know-how"]\n')
    inside = type(repo)(team)
    assert blames(gate(inside, *config, "--base", "HEAD")) == {}
    replace(inside, "know-how/robust-frames/SKILL.md", COLUMN)
    assert blames(gate(inside, *config, "--base", "HEAD", status=1)) == {"missing-column": "change"}


def test_a_name_that_git_does_not_know_is_told_with_the_nearest(committed: Any, tmp_path_factory: Any) -> None:
    clone = tmp_path_factory.mktemp("clone")
    git(clone, "clone", "--quiet", committed.root.as_uri(), ".")
    git(clone, "switch", "--quiet", "--create", "work")
    git(clone, "branch", "--quiet", "-D", "main")
    there = type(committed)(clone)
    done = there.run("coverage", "--base", "main", status=2)
    assert done.stdout == ""
    assert done.stderr == "error: git knows no commit `main` here\n  = help: did you mean `origin/main`?\n"
    assert "git knows no commit `nothing`" in there.run("coverage", "--base", "nothing", status=2).stderr
    assert "git knows no commit ``" in there.run("coverage", "--base", "", status=2).stderr


def test_a_shallow_clone_says_how_to_fetch_more(committed: Any, tmp_path_factory: Any) -> None:
    git(committed.root, "switch", "--quiet", "--create", "work")
    committed.write("README.md", "A change.\n")
    commit(committed)
    git(committed.root, "switch", "--quiet", "main")
    committed.write("other.md", "Another.\n")
    commit(committed)
    clone = tmp_path_factory.mktemp("clone")
    git(clone, "clone", "--quiet", "--depth=1", "--branch=work", committed.root.as_uri(), ".")
    there = type(committed)(clone)
    for base, found in (("origin/main", "git knows no commit `origin/main` here"), ("origin/main", "do not meet")):
        done = there.run("coverage", "--base", base, status=2)
        assert found in done.stderr
        assert "this clone is shallow: fetch the whole history (`fetch-depth: 0`" in done.stderr
        git(clone, "fetch", "--quiet", "--depth=1", "origin", "main:refs/remotes/origin/main")
    git(clone, "fetch", "--quiet", "--unshallow", "origin")
    gate(there, "--base", "origin/main")


def test_without_git_the_way_out_is_told(repo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(repo.root.parent))
    told = repo.run("coverage", "--base", "main", status=2).stderr
    assert "there is no git history here to compare with; git says: fatal: not a git repository" in told
    git(repo.root, "init", "--quiet")
    assert "nothing is committed here yet" in repo.run("coverage", "--base", "main", status=2).stderr
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    assert "git is not installed" in repo.run("coverage", "--base", "main", status=2).stderr


def test_annotations_stand_where_the_mending_begins(committed: Any) -> None:
    replace(committed, SKILL, DATES)
    commit(committed)
    replace(committed, SKILL, COLUMN, b"None seen yet.\n")
    out = committed.run("coverage", "--base", "HEAD", "--output-format", "github", status=1).stdout.splitlines()
    assert out[0] == (
        "::error file=skills/robust-frames/SKILL.md,line=10,title=missing-column is not covered::Missing column "
        "(3 failures, 60 %25, 2 sessions): not covered: robust-frames lacks it%0A"
        "run: skills-lint upgrade missing-column --write"
    )
    assert out[1].startswith(f"::warning file={BUCKETS},line=10,title=text-dates is not covered::Dates as text ")
    assert out[-1] == "coverage  failed: 0 of 2 top buckets covered"
    assert len(out) == 4


def test_files_are_read_from_history_whatever_an_archive_leaves_out_and_links_stay_inside(tmp_path: Path) -> None:
    source, into = tmp_path / "source", tmp_path / "into"
    for folder in (source / "skills/a", source / "shared", into):
        folder.mkdir(parents=True)
    git(source, "init", "--quiet")
    (source / ".gitattributes").write_text("skills export-ignore\n")
    (source / "skills/a/SKILL.md").write_bytes(b"a\r\n\xff")
    (source / "shared/no.txt").write_text("not wanted")
    (source / "skills/a/near.md").symlink_to("SKILL.md")
    (source / "skills/far.md").symlink_to("../../../etc/passwd")
    (source / "skills/root.md").symlink_to("/etc/passwd")
    git(source, "add", ".")
    git(source, "commit", "--quiet", "-m", "All")
    shutil.rmtree(source / "skills")
    write_past(source, "HEAD", into, lambda name: name.endswith(".md"))
    found = {path.relative_to(into).as_posix() for path in into.rglob("*") if not path.is_dir()}
    assert found == {"skills/a/SKILL.md", "skills/a/near.md"}
    assert (into / "skills/a/near.md").read_bytes() == b"a\r\n\xff"


def test_nothing_of_the_repo_is_touched(committed: Any) -> None:
    replace(committed, SKILL, COLUMN)
    before = git(committed.root, "status", "--porcelain"), sorted((committed.root / ".git").rglob("*"))
    committed.run("coverage", "--base", "HEAD", status=1)
    assert (git(committed.root, "status", "--porcelain"), sorted((committed.root / ".git").rglob("*"))) == before
