"""What changed since the last report, from a real git repo."""

from __future__ import annotations

import datetime
import subprocess

import pytest

from skills_lint.config import Config
from skills_lint.report.changes import NOT_COMMITTED, Changes, CodeChange, SkillChange, changes_since_last_report
from skills_lint.skills.parse import parse_skill

BOTH = ("date-dtype-mismatch", "sql-binder")
TODAY = datetime.date(2026, 11, 20)
SKILL = """---
name: sql-store
description: Query the store.
---

# Store

## Common pitfalls (from traces)

- `sql-binder`: read the schema first.
"""


def git(folder, *arguments):
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def repo(tmp_path):
    git(tmp_path, "init", "--quiet")
    write(tmp_path, "skills/sql-store/SKILL.md", SKILL)
    write(tmp_path, "src/a.py", "a = 1\n")
    write(tmp_path, "docs/reports/2026-11-01.md", "---\n---\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "Report of 1 November")
    return tmp_path


def changes(repo) -> Changes:
    skills = [parse_skill(path, str(path)) for path in sorted(repo.glob("skills/*/SKILL.md"))]
    return changes_since_last_report(Config(root=repo), TODAY, skills)


def test_nothing_changed_gives_empty_lists(repo):
    assert changes(repo) == Changes(datetime.date(2026, 11, 1))


def test_the_only_report_is_the_last_one_though_it_is_replaced_once_it_is_committed(repo):
    git(repo, "mv", "docs/reports/2026-11-01.md", "docs/reports/2026-11-20.md")
    assert changes(repo).unknown == "there is no earlier report"
    git(repo, "commit", "--quiet", "-m", "Report of today")
    write(repo, "src/a.py", "a = 2\n")
    assert changes(repo).code == (CodeChange(("src/a.py",), (NOT_COMMITTED,)),)


def test_code_is_grouped_by_the_commits_that_changed_it(repo):
    write(repo, "src/a.py", "a = 2\n")
    write(repo, "src/ü b.py", "b = 1\n")
    git(repo, "add", ".")
    git(repo, "commit", "--quiet", "-m", "Close the store after use")
    write(repo, "traces/new.jsonl", "{}\n")
    write(repo, "docs/reports/2026-11-20.md", "---\n---\n")
    assert changes(repo).code == (CodeChange(("src/a.py", "src/ü b.py"), ("Close the store after use",)),)


def test_the_change_of_most_files_comes_first(repo):
    write(repo, "src/a.py", "a = 2\n")
    git(repo, "commit", "--quiet", "-am", "Change one")
    write(repo, "src/y.py", "y = 2\n")
    write(repo, "src/z.py", "z = 2\n")
    assert [change.files for change in changes(repo).code] == [("src/y.py", "src/z.py"), ("src/a.py",)]


def test_pitfalls_are_compared_with_the_working_tree(repo):
    text = SKILL.replace("read the schema first", "run DESCRIBE") + "- `date-dtype-mismatch`: compare as one type.\n"
    write(repo, "skills/sql-store/SKILL.md", text)
    assert changes(repo).skills == (
        SkillChange("sql-store", ("pitfall `date-dtype-mismatch` added", "pitfall `sql-binder` changed"), BOTH),
    )


def test_a_skill_changed_elsewhere_shows_its_commits(repo):
    write(repo, "skills/sql-store/SKILL.md", SKILL.replace("# Store", "# The store"))
    write(repo, "skills/sql-store/more.md", "more\n")
    git(repo, "add", "skills/sql-store/SKILL.md")
    git(repo, "commit", "--quiet", "-m", "Name the store")
    assert changes(repo).skills == (SkillChange("sql-store", ("Name the store",)),)


def test_new_and_removed_skills_are_named(repo):
    (repo / "skills/sql-store/SKILL.md").unlink()
    write(repo, "skills/dates/SKILL.md", SKILL.replace("sql-store", "dates"))
    assert changes(repo).skills == (
        SkillChange("dates", ("new skill", "pitfall `sql-binder` added"), ("sql-binder",)),
        SkillChange("sql-store", ("removed",), ("sql-binder",)),
    )
    assert changes(repo).code == ()


def test_what_is_not_committed_is_said_to_be_so(repo):
    write(repo, "src/a.py", "a = 3\n")
    assert changes(repo).code == (CodeChange(("src/a.py",), (NOT_COMMITTED,)),)


def test_a_repo_in_a_subfolder_of_a_git_repo_sees_only_its_own_files(tmp_path):
    git(tmp_path, "init", "--quiet")
    write(tmp_path, "team/docs/reports/2026-11-01.md", "---\n---\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "Report")
    write(tmp_path, "team/a.py", "a = 1\n")
    write(tmp_path, "other/b.py", "b = 1\n")
    assert changes(tmp_path / "team").code == (CodeChange(("a.py",), (NOT_COMMITTED,)),)


def test_without_an_earlier_report_changes_are_not_known(tmp_path):
    write(tmp_path, "docs/reports/2026-11-20.md", "---\n---\n")
    assert changes(tmp_path).unknown == "there is no earlier report"


def test_without_git_changes_are_not_known(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    write(tmp_path, "docs/reports/2026-11-01.md", "---\n---\n")
    assert changes(tmp_path).unknown == "there is no git history here"


def test_an_earlier_report_that_is_not_committed_is_named(repo):
    write(repo, "docs/reports/2026-11-10.md", "---\n---\n")
    assert changes(repo).unknown == "the last report, docs/reports/2026-11-10.md, is not committed yet"


def test_a_commit_says_in_a_trailer_which_bucket_it_is_for(repo):
    write(repo, "src/store.py", "a = 1\n")
    git(repo, "add", ".")
    trailers = "bucket: empty-frame\nBucket: sql-binder, `date-dtype-mismatch`\nReviewed-by: b"
    git(repo, "commit", "--quiet", "-m", "Return an empty frame\n\nBucket: in the text\nis no trailer.", "-m", trailers)
    for name in ("b", "c"):
        write(repo, f"src/{name}.py", "1\n")
    assert changes(repo).code == (
        CodeChange(("src/store.py",), ("Return an empty frame",), ("empty-frame", "sql-binder", "date-dtype-mismatch")),
        CodeChange(("src/b.py", "src/c.py"), (NOT_COMMITTED,)),
    )


def test_a_skill_is_for_the_pitfalls_that_were_touched_and_for_what_its_commits_say(repo):
    write(repo, "skills/sql-store/SKILL.md", SKILL.replace("read the schema first", "run DESCRIBE"))
    git(repo, "commit", "--quiet", "--all", "-m", "Say how\n\nBucket: other-cause")
    (change,) = changes(repo).skills
    assert change.buckets == ("sql-binder", "other-cause")


def test_two_commits_of_one_subject_are_told_once_with_the_buckets_of_both(repo):
    for text, bucket in (("a = 2\n", "one"), ("a = 3\n", "two")):
        write(repo, "src/a.py", text)
        git(repo, "commit", "--quiet", "--all", "-m", f"Mend it\n\nBucket: {bucket}")
    assert changes(repo).code == (CodeChange(("src/a.py",), ("Mend it",), ("one", "two")),)


def test_a_shallow_clone_says_that_it_does_not_reach_back_to_the_last_report(repo, tmp_path_factory):
    write(repo, "src/a.py", "a = 2\n")
    git(repo, "commit", "--quiet", "--all", "-m", "Mend a")
    for depth, shallow in ((1, True), (2, False)):
        clone = tmp_path_factory.mktemp("clone")
        git(clone, "clone", "--quiet", f"--depth={depth}", repo.as_uri(), ".")
        found = changes(clone)
        assert ("this clone is shallow" in str(found.unknown)) is shallow
        assert found.code == (() if shallow else (CodeChange(("src/a.py",), ("Mend a",)),))


def test_a_skill_that_only_moved_is_no_new_skill_and_got_no_pitfall(repo):
    git(repo, "mv", "skills/sql-store", "skills/store")
    git(repo, "commit", "--quiet", "-m", "Shorten a folder's name")
    assert changes(repo).skills == (SkillChange("sql-store", ("moved from skills/sql-store/SKILL.md",)),)
    assert changes(repo).code == ()


def test_what_was_changed_in_a_skill_that_moved_is_told_too(repo):
    git(repo, "mv", "skills/sql-store", "skills/store")
    write(repo, "skills/store/SKILL.md", f"{SKILL}- `date-dtype-mismatch`: convert both sides.\n")
    what = ("moved from skills/sql-store/SKILL.md", "pitfall `date-dtype-mismatch` added")
    assert changes(repo).skills == (SkillChange("sql-store", what, ("date-dtype-mismatch",)),)
