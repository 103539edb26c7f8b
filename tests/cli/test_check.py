"""`skills-lint check` and `skills-lint explain`, as they are called."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from inline_snapshot import snapshot

FILE = "skills/etf/SKILL.md"
GOOD = "---\nname: etf\ndescription: d\n---\nText.\n"
BAD = "---\nname: etf\ndescription: d\n---\n[a](b.md)\n"
BUCKET_FILE = "routines/trace_failure_triage/buckets.yaml"
BUCKETS = """buckets:
  - id: text-dates
    title: Dates
    match: [{exception: TypeError}]
    cause: Dates are text.
    fix: Turn them into dates.
    hint: Convert both sides.
    skills: [eft]
"""


def test_a_repo_without_findings_passes(empty_repo: Any) -> None:
    empty_repo.write(FILE, GOOD)
    done = empty_repo.run("check")
    assert (done.stdout, done.stderr) == ("1 skill, 0 errors, 0 warnings\n", "")


def test_a_finding_fails_and_is_shown(empty_repo: Any) -> None:
    empty_repo.write(FILE, BAD)
    assert empty_repo.run("check", status=1).stdout == snapshot("""\
skills/etf/SKILL.md:5:5: SK301 the link leads to b.md, which does not exist
  |
5 | [a](b.md)
  |     ^^^^
  = help: links are relative to the file that they stand in

1 skill, 1 error, 0 warnings
""")


def test_an_info_never_fails(empty_repo: Any) -> None:
    empty_repo.write(FILE, BAD)
    empty_repo.write("skills-lint.toml", '[severity]\nSK301 = "info"\n')
    assert empty_repo.run("check").stdout.endswith("1 skill, 0 errors, 0 warnings, 1 info\n")


def test_json_is_all_that_is_printed(empty_repo: Any) -> None:
    empty_repo.write(FILE, BAD)
    done = empty_repo.run("check", "--output-format", "json", status=1)
    assert [found["code"] for found in json.loads(done.stdout)["diagnostics"]] == ["SK301"]


@pytest.mark.parametrize("output_format", ["sarif", "github"])
def test_paths_for_code_hosts_begin_at_the_top_of_the_repo(empty_repo: Any, output_format: str) -> None:
    subprocess.run(["git", "init", "-q", empty_repo.root], check=True)
    empty_repo.write("sub/skills-lint.toml", "")
    empty_repo.write(f"sub/{FILE}", BAD)
    for folder, path in (("sub", "."), ("sub/skills/etf", "..")):
        below = type(empty_repo)(empty_repo.root / folder)
        printed = below.run("check", path, "--output-format", output_format, status=1).stdout
        assert f"sub/{FILE}" in printed
        assert ".." not in printed.replace("...", "")


@pytest.mark.parametrize(
    ("paths", "status"),
    [
        (["skills/fund"], 0),
        (["skills/fund", "skills/fund/SKILL.md"], 0),
        (["skills/etf/notes.md"], 1),
        (["skills"], 1),
        (["."], 1),
    ],
)
def test_only_the_skills_at_the_given_paths_are_checked(empty_repo: Any, paths: list[str], status: int) -> None:
    empty_repo.write(FILE, BAD)
    empty_repo.write("skills/etf/notes.md", "")
    empty_repo.write("skills/fund/SKILL.md", GOOD.replace("etf", "fund"))
    empty_repo.run("check", *paths, status=status)


def test_a_path_of_no_skill_is_named_and_passes(empty_repo: Any) -> None:
    empty_repo.write(FILE, BAD)
    empty_repo.write("docs/a.md", "")
    assert empty_repo.run("check", "docs/a.md").stderr == "no skill: docs/a.md\n"


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (b"", "skills/etf/SKILL.md:1:1: SK001 the file is empty; expected frontmatter and text"),
        (b"\x89PNG\0\xff", "skills/etf/SKILL.md:1:1: SK001 the file is binary; expected Markdown"),
        (b"---\nname: etf\n---\n\xe9", "skills/etf/SKILL.md:4:1: SK001 the file is not UTF-8: found the byte 0xE9"),
        (b"# ETF\n", "skills/etf/SKILL.md:1:1: SK100 there is no frontmatter; expected `---` on line 1"),
        (b"---\nname: [\n---\nText.\n", "skills/etf/SKILL.md:3:1: SK100 the frontmatter is not YAML: "),
        (b"---\nname: etf\n", "skills/etf/SKILL.md:1:1: SK100 the frontmatter that opens here is never closed"),
    ],
)
def test_a_skill_that_cannot_be_read_is_told_with_its_place(empty_repo: Any, content: bytes, shown: str) -> None:
    empty_repo.write(FILE, content)
    assert shown in empty_repo.run("check", status=1).stdout


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_a_skill_that_cannot_be_opened_is_told(empty_repo: Any) -> None:
    empty_repo.write("skills/etf/notes.md", "")
    (empty_repo.root / FILE).symlink_to("gone.md")
    shown = "skills/etf/SKILL.md:1:1: SK001 the file cannot be read: No such file or directory\n"
    assert empty_repo.run("check", status=1).stdout.startswith(shown)


def test_without_skills_nothing_is_assessed(empty_repo: Any) -> None:
    assert empty_repo.run("check", status=2).stderr == snapshot("""\
error: not assessed: there are no skills; looked in . for SKILL.md, and for Markdown files in folders named skills
  = help: write skills/<name>/SKILL.md, or name the folders in `skills` of the configuration
""")


def test_an_empty_folder_is_not_assessed(empty_repo: Any) -> None:
    empty_repo.write(FILE, GOOD)
    (empty_repo.root / "empty").mkdir()
    assert "there are no skills; looked in empty for" in empty_repo.run("check", "empty", status=2).stderr


def test_where_was_looked_is_told_when_asked(empty_repo: Any) -> None:
    empty_repo.write(FILE, GOOD)
    assert empty_repo.run("check", "-v").stderr == "looked in .\n"


def test_a_path_that_does_not_exist_is_an_error(empty_repo: Any) -> None:
    assert empty_repo.run("check", "nothing.md", status=2).stderr.startswith("error: nothing.md does not exist\n")


def test_a_bucket_that_lists_a_missing_skill_is_found_in_its_file(empty_repo: Any) -> None:
    empty_repo.write(FILE, GOOD)
    empty_repo.write(BUCKET_FILE, BUCKETS)
    for arguments in ([], [BUCKET_FILE], ["."]):
        assert empty_repo.run("check", *arguments, status=1).stdout == snapshot("""\
routines/trace_failure_triage/buckets.yaml:8:14: SK205 bucket `text-dates` lists a skill that does not exist: `eft`
  |
8 |     skills: [eft]
  |              ^^^
  = help: did you mean `etf`?

1 skill, 1 error, 0 warnings; `--unsafe-fixes` mends 1
""")
    empty_repo.run("check", FILE, status=0)


@pytest.mark.parametrize(
    ("environment", "colored"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
)
def test_color_follows_the_environment(empty_repo: Any, environment: dict[str, str], colored: bool) -> None:
    empty_repo.write(FILE, BAD)
    plain = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")}
    command = [sys.executable, "-m", "skills_lint", "check"]
    done = subprocess.run(command, cwd=empty_repo.root, env={**plain, **environment}, capture_output=True, check=False)
    assert (b"\x1b[" in done.stdout) == colored


def test_a_rule_is_explained_by_its_code_or_name(empty_repo: Any) -> None:
    by_code = empty_repo.run("explain", "SK301").stdout
    assert by_code == empty_repo.run("explain", "dead-link").stdout
    assert by_code.startswith("# SK301 dead-link\n")


def test_a_bucket_is_explained(empty_repo: Any) -> None:
    empty_repo.write(BUCKET_FILE, BUCKETS)
    assert empty_repo.run("explain", "text-dates").stdout == snapshot("""\
text-dates: Dates
  cause:   Dates are text.
  fix:     Turn them into dates.
  hint:    Convert both sides.
  remedy:  skill
  skills:  eft
  known by:
    - the exception is `TypeError` or one of its kind
  declared in routines/trace_failure_triage/buckets.yaml:2:5
""")


@pytest.mark.parametrize("word", ["dead-lnk", "deadlink"])
def test_what_cannot_be_explained_has_a_way_out(empty_repo: Any, word: str) -> None:
    assert "did you mean `dead-link`?" in empty_repo.run("explain", word, status=2).stderr


def test_a_file_of_a_configured_folder_is_checked_as_it_is_without_paths(empty_repo: Any) -> None:
    empty_repo.write("skills-lint.toml", 'skills = ["guides"]\n')
    empty_repo.write("guides/y.md", BAD)
    whole = empty_repo.run("check", status=1).stdout
    assert empty_repo.run("check", "guides/y.md", status=1).stdout == whole
    assert empty_repo.run("check", "guides", status=1).stdout == whole


def test_a_link_that_leads_out_of_the_repo_is_told_and_not_read(empty_repo: Any, tmp_path_factory: Any) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "etf").mkdir()
    (outside / "etf/SKILL.md").write_text(BAD.replace("[a](b.md)", "private"))
    (empty_repo.root / "skills").mkdir()
    (empty_repo.root / "skills/zz.md").symlink_to(outside / "etf/SKILL.md")
    (empty_repo.root / "skills/etf").symlink_to(outside / "etf")
    for path in ([], ["skills/etf/SKILL.md"]):
        done = empty_repo.run("check", *path, status=1)
        assert "SK001 a link leads out of the repo, to " in done.stdout
        assert "private" not in done.stdout + done.stderr
        assert "name: etf" not in done.stdout + done.stderr


def test_a_link_to_a_skill_in_the_repo_is_read(empty_repo: Any) -> None:
    empty_repo.write("shared/etf/SKILL.md", GOOD)
    (empty_repo.root / "skills").mkdir()
    (empty_repo.root / "skills/etf").symlink_to("../shared/etf")
    assert empty_repo.run("check", "skills/etf/SKILL.md").stdout == "1 skill, 0 errors, 0 warnings\n"


def test_links_that_go_round_in_a_circle_are_told(empty_repo: Any) -> None:
    empty_repo.write(FILE, GOOD.replace("Text.", "[a](loop.md) [b](skills.md#c)"))
    (empty_repo.root / "skills/etf/loop.md").symlink_to("loop.md")
    (empty_repo.root / "skills/x").mkdir()
    (empty_repo.root / "skills/x/SKILL.md").symlink_to("SKILL.md")
    empty_repo.write("skills-lint.toml", '[per-file-ignores]\n"skills/y" = ["SK301"]\n')
    out = empty_repo.run("check", status=1).stdout
    assert "skills/x/SKILL.md:1:1: SK001 the file cannot be read: Too many levels of symbolic links" in out
    assert "the link leads to loop.md" in out


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ('select = ["SK9"]', "`select` names no rule: `SK9`"),
        ('schema = "skil"', "`schema` names skil, which is neither"),
        ('skills = ["guides"]', "`skills` names guides, which does not exist"),
    ],
)
def test_a_setting_that_names_nothing_is_told_with_its_line_also_from_a_subfolder(
    empty_repo: Any, setting: str, says: str
) -> None:
    empty_repo.write(FILE, GOOD)
    empty_repo.write("pyproject.toml", f"[project]\n[tool.skills-lint]\n{setting}\n")
    done = replace(empty_repo, root=empty_repo.root / "skills").run("check", status=2)
    assert f"error: ../pyproject.toml:3: {says}" in done.stderr


def test_a_schema_of_the_team_is_named_as_seen_from_a_subfolder(empty_repo: Any) -> None:
    empty_repo.write(FILE, GOOD)
    empty_repo.write("skills-lint.toml", 'schema = "team.json"\n')
    empty_repo.write("team.json", "[]")
    done = replace(empty_repo, root=empty_repo.root / "skills").run("check", status=2)
    assert "error: ../team.json:1:1: the schema is no JSON object" in done.stderr


@pytest.mark.parametrize(
    ("code", "fix", "shown"),
    [
        ("SK103", "safe", "safe: `check --fix`"),
        ("SK301", "unsafe", "unsafe: `check --unsafe-fixes`"),
        ("SK201", None, "none"),
    ],
)
def test_what_a_rule_is_stands_on_its_page(empty_repo: Any, code: str, fix: str | None, shown: str) -> None:
    told = json.loads(empty_repo.run("explain", code, "--output-format", "json").stdout)
    assert (told["since"], told["preview"], told["fix"]) == ("0.1", False, fix)
    precision = told["precision"] or "what is found is a fact"
    assert f"| error | 0.1 | {shown} | {precision} |" in empty_repo.run("explain", code).stdout


def test_rules_on_trial_are_run_when_asked_for(empty_repo: Any) -> None:
    empty_repo.write(FILE, GOOD)
    assert empty_repo.run("check", "--preview").stdout == "1 skill, 0 errors, 0 warnings\n"
