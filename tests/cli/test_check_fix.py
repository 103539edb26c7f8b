"""`skills-lint check --fix`, `--unsafe-fixes` and `--diff`, as they are called."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest
from inline_snapshot import snapshot
from jsonschema import Draft202012Validator

from skills_lint.shipped import load_schema

FILE = "skills/etf/SKILL.md"
BAD = """---
name: etf
description: d
lisence: MIT
---

[a](#frist)
[b](gone.md)

## First

Text.""".replace("\n", "\r\n")


@pytest.fixture
def bad_repo(empty_repo: Any) -> Any:
    """A repo whose skill has a finding with a safe fix, one with an unsafe one, and one with none."""
    empty_repo.write(FILE, BAD)
    return empty_repo


def text(repo: Any) -> str:
    return (repo.root / FILE).read_bytes().decode()


def test_what_could_be_fixed_is_counted(bad_repo: Any) -> None:
    last = bad_repo.run("check", status=1).stdout.splitlines()[-1]
    assert last == "1 skill, 3 errors, 0 warnings; `--fix` mends 1, `--unsafe-fixes` mends 1 more"
    assert text(bad_repo) == BAD


def test_safe_fixes_are_made_and_the_rest_is_told(bad_repo: Any) -> None:
    assert bad_repo.run("check", "--fix", status=1).stdout == snapshot("""\
skills/etf/SKILL.md:7:5: SK302 the link leads to #frist, but this file has no such heading
  |
7 | [a](#frist)
  |     ^^^^^^
  = help: did you mean `#first`?

skills/etf/SKILL.md:8:5: SK301 the link leads to gone.md, which does not exist
  |
8 | [b](gone.md)
  |     ^^^^^^^
  = help: links are relative to the file that they stand in

1 skill, 2 errors, 0 warnings, 1 fixed; `--unsafe-fixes` mends 1
""")
    assert text(bad_repo) == BAD.replace("lisence", "license")


def test_unsafe_fixes_are_made_when_asked_for(bad_repo: Any) -> None:
    done = bad_repo.run("check", "--unsafe-fixes", status=1)
    assert done.stdout.endswith("1 skill, 1 error, 0 warnings, 2 fixed\n")
    assert text(bad_repo) == BAD.replace("lisence", "license").replace("frist", "first")
    again = bad_repo.run("check", "--fix", "--unsafe-fixes", status=1)
    assert again.stdout.endswith("1 skill, 1 error, 0 warnings, 0 fixed\n")


def test_a_repo_in_which_all_was_fixed_passes(bad_repo: Any) -> None:
    bad_repo.write(FILE, BAD.replace("gone.md", "#first"))
    assert bad_repo.run("check", "--unsafe-fixes").stdout == "1 skill, 0 errors, 0 warnings, 2 fixed\n"


def test_a_diff_writes_nothing_and_can_be_applied(bad_repo: Any) -> None:
    subprocess.run(["git", "init", "-q", bad_repo.root], check=True)
    for options, wanted in (((), 1), (("--unsafe-fixes",), 2)):
        done = subprocess.run(
            bad_repo.run("check", "--diff", *options, status=1).args,
            cwd=bad_repo.root,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 1
        assert text(bad_repo) == BAD
        finding = "1 finding" if wanted == 1 else "2 findings"
        assert done.stderr.decode() == f"{finding} would be fixed in 1 file; nothing is written\n"
    assert b"-lisence: MIT\r\n+license: MIT\r\n" in done.stdout
    subprocess.run(["git", "apply", "-"], cwd=bad_repo.root, input=done.stdout, check=True)
    assert text(bad_repo) == BAD.replace("lisence", "license").replace("frist", "first")


def test_without_anything_to_fix_the_diff_is_empty(bad_repo: Any) -> None:
    bad_repo.run("check", "--unsafe-fixes", status=1)
    done = bad_repo.run("check", "--diff", "--unsafe-fixes")
    assert (done.stdout, done.stderr) == ("", "0 findings would be fixed in 0 files; nothing is written\n")


def test_a_diff_goes_with_no_other_output(bad_repo: Any) -> None:
    done = bad_repo.run("check", "--diff", "--output-format", "json", status=2)
    assert "--diff prints a diff" in done.stderr


def test_json_and_sarif_carry_the_fixes(bad_repo: Any) -> None:
    found = json.loads(bad_repo.run("check", "--output-format", "json", status=1).stdout)
    Draft202012Validator(load_schema("check")).validate(found)
    assert "fixed" not in found
    assert [item["fix"] for item in found["diagnostics"]] == snapshot(
        [
            {
                "title": "rename the key to `license`",
                "safe": True,
                "edits": [{"line": 4, "column": 1, "end_line": 4, "end_column": 8, "text": "license"}],
            },
            {
                "title": "lead the link to `#first`",
                "safe": False,
                "edits": [{"line": 7, "column": 5, "end_line": 7, "end_column": 11, "text": "#first"}],
            },
            None,
        ]
    )
    sarif = json.loads(bad_repo.run("check", "--output-format", "sarif", status=1).stdout)
    results = sarif["runs"][0]["results"]
    assert ["fixes" in result for result in results] == [True, True, False]
    assert results[0]["fixes"] == snapshot(
        [
            {
                "description": {"text": "rename the key to `license`"},
                "artifactChanges": [
                    {
                        "artifactLocation": {"uri": "skills/etf/SKILL.md", "uriBaseId": "%SRCROOT%"},
                        "replacements": [
                            {
                                "deletedRegion": {"startLine": 4, "startColumn": 1, "endLine": 4, "endColumn": 8},
                                "insertedContent": {"text": "license"},
                            }
                        ],
                    }
                ],
            }
        ]
    )
    fixed = json.loads(bad_repo.run("check", "--fix", "--output-format", "json", status=1).stdout)
    Draft202012Validator(load_schema("check")).validate(fixed)
    assert (fixed["fixed"], len(fixed["diagnostics"])) == (1, 2)


def test_a_byte_order_mark_is_told_as_bytes_in_sarif(bad_repo: Any) -> None:
    bad_repo.write(FILE, "\ufeff---\nname: etf\ndescription: d\n---\nText.\n")
    printed = json.loads(bad_repo.run("check", "--output-format", "sarif", status=1).stdout)
    (change,) = printed["runs"][0]["results"][0]["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["deletedRegion"] == {"byteOffset": 0, "byteLength": 3}


def test_only_the_given_paths_are_fixed(bad_repo: Any) -> None:
    other = "skills/fund/SKILL.md"
    bad_repo.write(other, BAD.replace("name: etf", "name: fund"))
    bad_repo.run("check", "--fix", FILE, status=1)
    assert "license" in text(bad_repo)
    assert b"lisence" in (bad_repo.root / other).read_bytes()


def test_a_skill_outside_of_the_repo_is_told_and_not_touched(empty_repo: Any) -> None:
    empty_repo.write(f"other/{FILE}", BAD)
    empty_repo.write("here/skills-lint.toml", "")
    here = type(empty_repo)(empty_repo.root / "here")
    done = here.run("check", "--fix", "../other/skills", status=1)
    assert done.stderr == "not fixed: ../other/skills/etf/SKILL.md: it lies outside of the repo\n"
    assert done.stdout.splitlines()[-1].startswith("1 skill, 2 errors, 0 warnings, 0 fixed; ")
    assert (empty_repo.root / "other" / FILE).read_bytes().decode() == BAD


def test_a_dead_link_beside_a_skill_is_mended_there(empty_repo: Any) -> None:
    empty_repo.write(FILE, "---\nname: etf\ndescription: d\n---\nSee [notes](notes.md).\n")
    empty_repo.write("skills/etf/notes.md", "\ufeff[c](colums.md)\n")
    empty_repo.write("skills/etf/columns.md", "")
    empty_repo.run("check", "--unsafe-fixes")
    assert (empty_repo.root / "skills/etf/notes.md").read_text("utf-8") == "\ufeff[c](columns.md)\n"
