"""`skills-lint report` on a small repo."""

from __future__ import annotations

import json
import subprocess

import pytest
from jsonschema import Draft202012Validator

from skills_lint.shipped import load_schema


def git(repo, *arguments):
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=repo.root, check=True, capture_output=True)


def test_the_report_is_written_under_the_day_of_the_newest_session(repo):
    assert repo.run("report").stdout == "wrote docs/reports/2026-11-08.md\n"
    text = (repo.root / "docs/reports/2026-11-08.md").read_text(encoding="utf-8")
    assert "### 1. Missing column" in text
    assert "- Count: 3 of 5 failures (60 %), in 2 of 5 sessions" in text
    assert "- Covered by: `robust-frames`" in text
    assert text.endswith("## Validation\n\nNot run.\n")


def test_the_same_state_gives_the_same_bytes(repo):
    repo.run("report")
    first = (repo.root / "docs/reports/2026-11-08.md").read_bytes()
    repo.run("report")
    assert (repo.root / "docs/reports/2026-11-08.md").read_bytes() == first


def test_a_report_that_was_edited_is_said_to_be_replaced(repo):
    assert repo.run("report").stdout == "wrote docs/reports/2026-11-08.md\n"
    assert repo.run("report").stdout == "wrote docs/reports/2026-11-08.md\n"
    with (repo.root / "docs/reports/2026-11-08.md").open("a", encoding="utf-8") as file:
        file.write("A remark.\n")
    assert repo.run("report").stdout == "replaced docs/reports/2026-11-08.md\n"


@pytest.mark.parametrize("name", ["2026-02-30.md", "20261101.md", "2026-W45-1.md"])
def test_a_file_that_is_named_after_no_day_is_no_report(repo, name):
    repo.write(f"docs/reports/{name}", "Not a report.\n")
    repo.run("report")
    text = (repo.root / "docs/reports/2026-11-08.md").read_text(encoding="utf-8")
    assert "there is no earlier report" in text


def test_the_window_of_a_report_with_a_date_ends_on_that_day(repo):
    result = json.loads(repo.run("report", "--date", "2026-11-05", "--output-format", "json").stdout)
    assert result["file"] == "docs/reports/2026-11-05.md"
    assert result["window"]["end"] == "2026-11-05"
    assert result["sessions"] == 2
    assert [bucket["count"] for bucket in result["buckets"]] == [3, 1]


def test_the_validation_command_is_run_and_quoted(repo):
    repo.run("report", "--run", "echo checked; exit 3")
    text = (repo.root / "docs/reports/2026-11-08.md").read_text(encoding="utf-8")
    assert "`echo checked; exit 3` ended with exit status 3; its last line: `checked`" in text


def test_a_date_that_is_none_is_a_usage_error(repo):
    done = repo.run("report", "--date", "yesterday", status=2)
    assert "yesterday" in done.stderr


def test_without_traces_and_evidence_nothing_is_written(empty_repo):
    empty_repo.write("skills-lint.toml", "")
    done = empty_repo.run("report", status=2)
    assert "not assessed" in done.stderr
    assert not (empty_repo.root / "docs").exists()


def test_a_folder_that_cannot_be_written_is_named(repo):
    repo.write("docs", "a file where the folder should be")
    done = repo.run("report", status=2)
    assert "docs/reports/2026-11-08.md: cannot write the report" in done.stderr


def test_an_upgrade_between_two_reports_is_named_under_skills_upgraded(repo):
    skill = repo.root / "skills/robust-frames/SKILL.md"
    whole = skill.read_text(encoding="utf-8")
    skill.write_text(whole.replace("- `text-dates`: convert both sides to int before comparing.\n", ""), "utf-8")
    git(repo, "init", "--quiet")
    repo.run("report", "--date", "2026-11-06")
    git(repo, "add", ".")
    git(repo, "commit", "--quiet", "-m", "Start")
    skill.write_text(whole, encoding="utf-8")
    repo.run("report")
    text = (repo.root / "docs/reports/2026-11-08.md").read_text(encoding="utf-8")
    assert "- `robust-frames`: pitfall `text-dates` added" in text
    assert "None since the last report, 2026-11-06." in text


def test_json_tells_the_history_and_the_changes(repo):
    git(repo, "init", "--quiet")
    repo.run("report", "--date", "2026-11-06")
    git(repo, "add", ".")
    git(repo, "commit", "--quiet", "-m", "Start")
    repo.write("src/tool.py", "1\n")
    git(repo, "add", "src")
    git(repo, "commit", "--quiet", "-m", "Answer with columns\n\nBucket: missing-column\nBucket: mising-column")
    repo.evidence({"failures": {"missing-column": 2}}, {"failures": {"file-not-found": 1}, "date": "2026-11-08"})
    done = repo.run("report", "--output-format", "json")
    printed = json.loads(done.stdout)
    Draft202012Validator(load_schema("report")).validate(printed)
    history = printed["history"]
    assert (history["since"], history["new"], history["back"]) == ("2026-11-06", ["file-not-found"], [])
    assert history["gone"] == ["text-dates"]
    assert {bucket["id"]: bucket["movement"] for bucket in history["buckets"]} == {
        "file-not-found": "new", "missing-column": "steady", "text-dates": "gone"
    }  # fmt: skip
    assert history["buckets"][2]["points"][0] == {
        "date": "2026-11-06", "failures": 2, "executions": 12, "sessions": 2
    }  # fmt: skip
    assert printed["changes"]["code"][0] == {
        "files": ["src/tool.py"], "what": ["Answer with columns"], "buckets": ["missing-column", "mising-column"]
    }  # fmt: skip
    assert "names a bucket that does not exist: mising-column" in done.stderr


def test_the_first_report_compares_with_nothing(repo):
    printed = json.loads(repo.run("report", "--output-format", "json").stdout)
    assert (printed["history"]["since"], printed["history"]["new"]) == (None, [])
    text = (repo.root / "docs/reports/2026-11-08.md").read_text(encoding="utf-8")
    assert "Over the reports" not in text
    assert "Movement" not in text


def test_a_report_written_again_does_not_compare_with_itself(repo):
    repo.run("report", "--date", "2026-11-06")
    repo.run("report")
    first = (repo.root / "docs/reports/2026-11-08.md").read_bytes()
    repo.run("report")
    assert (repo.root / "docs/reports/2026-11-08.md").read_bytes() == first
    assert b"Since the last report, 2026-11-06" in first


def test_markdown_is_the_report_and_github_a_few_lines_of_it(repo):
    done = repo.run("report", "--output-format", "markdown", "-q")
    page = (repo.root / "docs/reports/2026-11-08.md").read_text(encoding="utf-8")
    assert done.stdout == page.split("\n---\n\n")[1]
    assert done.stderr == ""
    done = repo.run("report", "--output-format", "github")
    assert done.stdout.startswith("## Trace failure triage, 2026-11-08\n\n**The gate passes.**\n")
    assert done.stderr == "wrote docs/reports/2026-11-08.md\n"


def test_a_junit_file_is_read_after_the_command_that_writes_it(repo):
    xml = "<testsuite><testcase/><testcase><failure/></testcase></testsuite>"
    repo.run("report", "--run", f"echo '{xml}' > out.xml", "--junit", "out.xml")
    text = (repo.root / "docs/reports/2026-11-08.md").read_text(encoding="utf-8")
    assert text.endswith("it printed nothing\n\n`out.xml`: 2 tests, 1 failed, 0 errors, 0 skipped\n")
    told = repo.run("report", "--junit", "missing.xml", status=2).stderr
    assert "error: missing.xml: there is no such file" in told


def test_an_earlier_report_that_is_broken_is_named_and_can_be_written_again(repo):
    repo.write("docs/reports/2026-11-06.md", "no frontmatter\n")
    told = repo.run("report", status=2).stderr
    assert "docs/reports/2026-11-06.md:1:1: the report's figures cannot be read" in told
    repo.run(*told.split("skills-lint ")[1].split("`")[0].split())
    repo.run("report")
