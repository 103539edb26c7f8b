"""What the user sees."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from inline_snapshot import snapshot
from jsonschema import Draft202012Validator

from skills_lint.lint.diagnostic import Diagnostic
from skills_lint.lint.output.github import as_github
from skills_lint.lint.output.json import as_json
from skills_lint.lint.output.sarif import as_sarif
from skills_lint.lint.output.summary import Done, summary
from skills_lint.lint.output.text import as_text
from skills_lint.shipped import load_schema

if TYPE_CHECKING:
    from skills_lint.lint.diagnostic import Level


def diagnostic(
    line: int = 14,
    column: int = 4,
    end: int = 22,
    severity: Level = "error",
    message: str = "pitfall names no known bucket: `date-dtyp-mismatch`",
    help_: str | None = "did you mean `date-dtype-mismatch`?",
) -> Diagnostic:
    file, name = "skills/etf-data/SKILL.md", "pitfall-unknown-bucket"
    return Diagnostic(file, line, column, line, end, "SK203", name, severity, message, help_)


def text_of(found: Diagnostic, line: str) -> str:
    return as_text([found], 1, lambda file: [""] * (found.line - 1) + [line])


def test_text_shows_the_line_with_a_caret_and_the_way_out() -> None:
    assert text_of(diagnostic(), "- `date-dtyp-mismatch`: compare dates as one type.") == snapshot("""\
skills/etf-data/SKILL.md:14:4: SK203 pitfall names no known bucket: `date-dtyp-mismatch`
   |
14 | - `date-dtyp-mismatch`: compare dates as one type.
   |    ^^^^^^^^^^^^^^^^^^
   = help: did you mean `date-dtype-mismatch`?

1 skill, 1 error, 0 warnings\
""")


def test_text_without_findings_says_what_was_read() -> None:
    assert as_text([], 17, lambda file: []) == "17 skills, 0 errors, 0 warnings"


def test_a_caret_stands_below_wide_characters_and_tabs() -> None:
    assert text_of(diagnostic(column=4, end=6, help_=None), "\t日本bc") == snapshot("""\
skills/etf-data/SKILL.md:14:4: SK203 pitfall names no known bucket: `date-dtyp-mismatch`
   |
14 |     日本bc
   |         ^^

1 skill, 1 error, 0 warnings\
""")


def test_a_long_line_is_cut_around_the_caret() -> None:
    shown = text_of(diagnostic(column=5001, end=5003, help_=None), "a" * 5000 + "bc" + "a" * 5_000_000)
    assert shown == snapshot("""\
skills/etf-data/SKILL.md:14:5001: SK203 pitfall names no known bucket: `date-dtyp-mismatch`
   |
14 | …aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabcaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…
   |                                          ^^

1 skill, 1 error, 0 warnings\
""")


def test_a_place_behind_the_end_of_a_line_has_a_caret() -> None:
    assert "14 | ab\n   |   ^\n" in text_of(diagnostic(column=3, end=3), "ab")


def test_a_file_that_cannot_be_read_has_no_source_line() -> None:
    assert as_text([diagnostic(line=1, help_=None)], 1, lambda file: []) == snapshot("""\
skills/etf-data/SKILL.md:1:4: SK203 pitfall names no known bucket: `date-dtyp-mismatch`

1 skill, 1 error, 0 warnings\
""")


def test_text_from_files_is_inert() -> None:
    hostile = "\x1b[2J\u202eabc\x07\x9b"
    shown = text_of(diagnostic(message=hostile, help_=hostile), hostile)
    assert not {"\x1b", "\u202e", "\x07", "\x9b"} & set(shown)
    assert "\\x1b[2J\\u202eabc" in shown


def test_the_summary_counts_what_was_read_and_found() -> None:
    found = [diagnostic(severity="error"), diagnostic(severity="warning"), diagnostic(severity="info")]
    assert summary(found, 1200, Done()) == "1,200 skills, 1 error, 1 warning, 1 info"


def test_json_is_as_its_schema_says() -> None:
    result = as_json([diagnostic(), diagnostic(help_=None)])
    Draft202012Validator(load_schema("check")).validate(result)
    assert result["diagnostics"][0] == snapshot(
        {
            "file": "skills/etf-data/SKILL.md",
            "line": 14,
            "column": 4,
            "end_line": 14,
            "end_column": 22,
            "code": "SK203",
            "name": "pitfall-unknown-bucket",
            "severity": "error",
            "message": "pitfall names no known bucket: `date-dtyp-mismatch`",
            "help": "did you mean `date-dtype-mismatch`?",
            "fix": None,
        }
    )


def test_sarif_is_as_the_standard_says() -> None:
    log = as_sarif([diagnostic(), diagnostic(severity="info", help_=None)], lambda file: f"sub folder/{file}")
    schema = json.loads((Path(__file__).parent / "sarif.schema.json").read_text())
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(log)
    run = log["runs"][0]
    indexes = [result.pop("ruleIndex") for result in run["results"]]
    assert [run["tool"]["driver"]["rules"][index]["id"] for index in indexes] == ["SK203"] * 2
    assert run["results"][1] == snapshot(
        {
            "ruleId": "SK203",
            "level": "note",
            "message": {"text": "pitfall names no known bucket: `date-dtyp-mismatch`"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {
                            "uri": "sub%20folder/skills/etf-data/SKILL.md",
                            "uriBaseId": "%SRCROOT%",
                        },
                        "region": {"startLine": 14, "startColumn": 4, "endLine": 14, "endColumn": 22},
                    }
                }
            ],
        }
    )


def test_github_shows_errors_first_and_counts_what_is_beyond_ten() -> None:
    found = [diagnostic(line=1, severity="warning"), *(diagnostic(line=line) for line in range(2, 13))]
    lines = as_github(found, 3, lambda file: file).split("\n")
    assert [line.split(" ")[0] for line in lines[:10]] == ["::error"] * 10
    assert lines[10:] == snapshot(
        [
            "2 of 12 findings are not annotated, since GitHub shows 10 a step:",
            "skills/etf-data/SKILL.md:12:4: error: SK203 pitfall names no known bucket: `date-dtyp-mismatch`",
            "skills/etf-data/SKILL.md:1:4: warning: SK203 pitfall names no known bucket: `date-dtyp-mismatch`",
            "3 skills, 11 errors, 1 warning",
        ]
    )


def test_github_commands_are_escaped() -> None:
    found = diagnostic(message="1 %\r\n::warning::", help_=None)
    assert as_github([found], 1, lambda file: "a,:%") == snapshot("""\
::error file=a%2C%3A%25,line=14,col=4,endLine=14,endColumn=22,title=SK203 pitfall-unknown-bucket::1 %25%0D%0A::warning::
1 skill, 1 error, 0 warnings\
""")


def test_a_plain_line_of_the_log_is_no_command() -> None:
    found = [*(diagnostic(line=line) for line in range(1, 11)), diagnostic(line=11, message="a\n::error::b")]
    assert not any(line.startswith("::error::b") for line in as_github(found, 1, lambda file: file).split("\n"))
