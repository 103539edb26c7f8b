"""`skills-lint check --baseline`: what a repo already has does not count, what is new does."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot
from jsonschema import Draft202012Validator

from skills_lint.shipped import load_schema

FILE, OTHER = "skills/etf/SKILL.md", "skills/fund/SKILL.md"
HEAD = "---\nname: etf\ndescription: d\n---\n"
DEAD = "[a](gone.md)\n"
BASELINE = "lint-baseline.jsonl"


@pytest.fixture
def old_repo(empty_repo: Any) -> Any:
    """A repo with two findings in one skill and one in another, all of them in its baseline."""
    empty_repo.write(FILE, HEAD + DEAD + "## Empty\n")
    empty_repo.write(OTHER, HEAD.replace("etf", "fund") + DEAD)
    done = empty_repo.run("check", "--write-baseline", BASELINE)
    assert done.stdout == ""
    assert done.stderr == f"{BASELINE}: 3 findings; `check --baseline {BASELINE}` tells new ones\n"
    return empty_repo


def lines(repo: Any) -> list[str]:
    text: str = (repo.root / BASELINE).read_text("utf-8")
    return text.splitlines()


def test_a_baseline_is_a_sorted_line_for_each_finding(old_repo: Any) -> None:
    found = [tuple(json.loads(line).values()) for line in lines(old_repo)]
    assert found == snapshot(
        [
            ("skills/etf/SKILL.md", "SK202", "the section `Empty` is empty", 1),
            ("skills/etf/SKILL.md", "SK301", "the link leads to gone.md, which does not exist", 1),
            ("skills/fund/SKILL.md", "SK301", "the link leads to gone.md, which does not exist", 1),
        ]
    )
    assert lines(old_repo) == sorted(lines(old_repo))
    for line in lines(old_repo):
        Draft202012Validator(load_schema("baseline")).validate(json.loads(line))


def test_what_is_known_passes_and_is_counted(old_repo: Any) -> None:
    done = old_repo.run("check", "--baseline", BASELINE)
    assert (done.stdout, done.stderr) == ("2 skills, 0 errors, 0 warnings, 3 known\n", "")


def test_a_text_may_move(old_repo: Any) -> None:
    old_repo.write(FILE, HEAD + "Text.\n\n" + DEAD + "\n## Empty\n")
    old_repo.run("check", "--baseline", BASELINE)


def test_what_is_new_fails(old_repo: Any) -> None:
    old_repo.write(FILE, HEAD + DEAD + DEAD + "## Empty\n\n## Empty too\n")
    done = old_repo.run("check", "--baseline", BASELINE, status=1)
    assert [line.split(": ")[0] for line in done.stdout.splitlines() if ": SK" in line] == [
        f"{FILE}:6:5",
        f"{FILE}:9:1",
    ]
    assert done.stdout.endswith("2 skills, 1 error, 1 warning, 3 known\n")


def test_numbers_in_messages_may_change(empty_repo: Any) -> None:
    empty_repo.write(FILE, "---\nname: etf\ndescription: d\nlicense: a\nlicense: b\n---\nText.\n")
    empty_repo.run("check", "--write-baseline", BASELINE)
    empty_repo.write(FILE, "---\nname: etf\n\n\ndescription: d\nlicense: a\nlicense: b\n---\nText.\n")
    assert empty_repo.run("check", "--baseline", BASELINE).stdout.endswith("1 known\n")


def test_what_is_no_longer_found_is_named_and_passes(old_repo: Any) -> None:
    old_repo.write(FILE, HEAD + "Text.\n")
    done = old_repo.run("check", "--baseline", BASELINE)
    assert done.stdout == "2 skills, 0 errors, 0 warnings, 1 known, 2 no longer found\n"
    assert done.stderr == snapshot("""\
no longer found: skills/etf/SKILL.md: SK202 the section `Empty` is empty
no longer found: skills/etf/SKILL.md: SK301 the link leads to gone.md, which does not exist
  = help: write the baseline anew with --write-baseline
""")
    old_repo.run("check", "--write-baseline", BASELINE)
    assert len(lines(old_repo)) == 1


def test_of_files_that_were_not_checked_nothing_is_stale(old_repo: Any) -> None:
    old_repo.write(FILE, HEAD + "Text.\n")
    done = old_repo.run("check", "--baseline", BASELINE, OTHER)
    assert (done.stdout, done.stderr) == ("1 skill, 0 errors, 0 warnings, 1 known\n", "")
    assert "no longer found" in old_repo.run("check", "--baseline", BASELINE, FILE).stderr


def test_paths_are_the_same_from_every_folder(old_repo: Any) -> None:
    subprocess.run(["git", "init", "-q", old_repo.root], check=True)
    below = type(old_repo)(old_repo.root / "skills/etf")
    assert below.run("check", "--baseline", f"../../{BASELINE}", "../..").stdout.endswith("3 known\n")


def test_all_outputs_leave_out_what_is_known(old_repo: Any) -> None:
    old_repo.write(FILE, HEAD + DEAD + "## Empty too\n")

    def printed(output_format: str) -> str:
        done = old_repo.run("check", "--baseline", BASELINE, "--output-format", output_format, status=1)
        return str(done.stdout)

    as_json = json.loads(printed("json"))
    Draft202012Validator(load_schema("check")).validate(as_json)
    assert [found["message"] for found in as_json["diagnostics"]] == ["the section `Empty too` is empty"]
    assert as_json["baseline"] == snapshot(
        {
            "known": 2,
            "stale": [
                {
                    "file": "skills/etf/SKILL.md",
                    "code": "SK202",
                    "message": "the section `Empty` is empty",
                    "count": 1,
                }
            ],
        }
    )
    assert [found["ruleId"] for found in json.loads(printed("sarif"))["runs"][0]["results"]] == ["SK202"]
    assert printed("github").count("::") == 2
    assert printed("github").endswith("2 skills, 0 errors, 1 warning, 2 known, 1 no longer found\n")


def configured(repo: Any) -> Any:
    repo.write("skills-lint.toml", f'baseline = "{BASELINE}"\n')
    return repo


def test_a_baseline_in_the_configuration_holds_without_an_option(old_repo: Any) -> None:
    configured(old_repo)
    assert old_repo.run("check").stdout == "2 skills, 0 errors, 0 warnings, 3 known\n"
    assert old_repo.run("check", OTHER).stdout == "1 skill, 0 errors, 0 warnings, 1 known\n"
    old_repo.write(FILE, HEAD + DEAD + DEAD + "## Empty\n")
    assert old_repo.run("check", status=1).stdout.endswith("2 skills, 1 error, 0 warnings, 3 known\n")


def test_an_option_comes_before_the_baseline_of_the_configuration(old_repo: Any) -> None:
    configured(old_repo).write("empty.jsonl", "")
    assert old_repo.run("check", "--baseline", "empty.jsonl", status=1).stdout.endswith(" 0 known\n")


def test_the_baseline_of_the_configuration_may_be_written_first_and_anew(empty_repo: Any) -> None:
    configured(empty_repo).write(FILE, HEAD + DEAD)
    assert "skills-lint check --write-baseline" in empty_repo.run("check", status=2).stderr
    empty_repo.run("check", "--write-baseline", BASELINE)
    empty_repo.write(FILE, HEAD + DEAD + DEAD)
    empty_repo.run("check", "--write-baseline", BASELINE)
    assert empty_repo.run("check").stdout == "1 skill, 0 errors, 0 warnings, 2 known\n"


def test_the_bare_command_heeds_the_baseline_of_the_configuration(old_repo: Any) -> None:
    configured(old_repo).evidence({}, {})
    assert old_repo.run().stdout.startswith("skills    2 skills, 0 findings, 3 known\n")
    lint = json.loads(old_repo.run("--output-format", "json").stdout)["lint"]
    assert (lint["diagnostics"], lint["baseline"]) == ([], {"known": 3, "stale": []})


def test_what_is_fixed_is_not_known(empty_repo: Any) -> None:
    empty_repo.write(FILE, HEAD.replace("description", "lisence: MIT\ndescription") + DEAD)
    empty_repo.run("check", "--write-baseline", BASELINE, "--fix")
    assert len(lines(empty_repo)) == 1
    done = empty_repo.run("check", "--baseline", BASELINE, "--fix")
    assert done.stdout == "1 skill, 0 errors, 0 warnings, 0 fixed, 1 known\n"


def test_two_branches_that_change_a_baseline_merge(old_repo: Any, tmp_path: Path) -> None:
    before = lines(old_repo)
    entry = before[0].replace("Empty", "Other")
    sides = {"one": before[1:], "base": before, "other": [*before[:2], entry, before[2], entry.replace("etf", "zzz")]}
    for name, side in sides.items():
        (tmp_path / name).write_text("".join(f"{line}\n" for line in side))
    merged = subprocess.run(
        ["git", "merge-file", "-p", "one", "base", "other"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert merged.stdout.splitlines() == [before[1], entry, before[2], entry.replace("etf", "zzz")]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"<<<<<<< HEAD\n", "this is no line of a baseline"),
        (b'{"file": "a", "code": "SK101", "message": "m", "count": 0}\n', "this is no line of a baseline"),
        (b'["file", "code", "message", "count"]\n', "this is no line of a baseline"),
        (b"[" * 100_000, "this is no line of a baseline"),
    ],
)
def test_a_line_that_is_none_is_told_with_its_place(old_repo: Any, line: bytes, says: str) -> None:
    old_repo.write(BASELINE, b"\n" + line)
    assert f"error: {BASELINE}:2: {says}" in old_repo.run("check", "--baseline", BASELINE, status=2).stderr


def test_a_baseline_that_does_not_exist_is_an_error(old_repo: Any) -> None:
    done = old_repo.run("check", "--baseline", "none.jsonl", status=2)
    assert done.stderr == snapshot("""\
error: none.jsonl: there is no such baseline
  = help: write it, with all findings of today: skills-lint check --write-baseline none.jsonl
""")


@pytest.mark.parametrize(
    "arguments", [(FILE,), ("--baseline", BASELINE), ("--diff",), ("--output-format", "json")], ids=" ".join
)
def test_a_baseline_is_written_for_the_whole_repo_and_nothing_else(old_repo: Any, arguments: tuple[str, ...]) -> None:
    old_repo.run("check", "--write-baseline", "new.jsonl", *arguments, status=2)
    assert not (old_repo.root / "new.jsonl").exists()
