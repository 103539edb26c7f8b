"""Schemas of skills: which holds, and what its errors say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from skills_lint.place import InputError
from skills_lint.shipped import load_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from skills_lint.lint.diagnostic import Diagnostic

    Lint = Callable[[Mapping[str, str | bytes]], list[Diagnostic]]

FILE = "skills/etf/SKILL.md"
SKILL_SCHEMA = {"skills-lint.toml": 'schema = "skill"\n'}
PITFALLS = "\n## Common pitfalls (from traces)\n\nNone seen yet.\n"


@pytest.mark.parametrize("name", ["skill", "agentskills", "check"])
def test_a_schema_of_ours_is_a_json_schema(name: str) -> None:
    Draft202012Validator.check_schema(load_schema(name), format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize(
    ("frontmatter", "message", "help_"),
    [
        (
            "name: etf",
            "`description` is missing in the frontmatter",
            "add `description: …`",
        ),
        ('name: etf\ndescription: ""', "`description` is empty", "what the skill does"),
        ('name: etf\ndescription: "  "', "`description` is empty", "what the skill does"),
        ("name: etf\ndescription: " + "a" * 1025, "`description` has 1,025 characters; expected at most 1,024", ""),
        ("name: Etf\ndescription: d", "`name` is `Etf`; expected 1 to 64 lower-case letters", "did you mean `etf`?"),
        ("name: 7\ndescription: d", "`name` is the number 7; expected a text", "put the value in quotes"),
        (
            "name: 2024-01-02\ndescription: d",
            "`name` is the date 2024-01-02; expected a text",
            "put the value in quotes",
        ),
        ("name: etf\ndescription:", "`description` is empty; expected a text", ""),
        ("name: etf\ndescription: d\ntags: dates", "`tags` is the text `dates`; expected a list", "[dates, pandas]"),
        (
            "name: etf\ndescription: d\ntags: [a, 7]",
            "`tags[1]` is the number 7; expected a text",
            "put the value in quotes",
        ),
        ("name: etf\ndescription: d\ntags: [a, a]", "`tags` holds `a` twice", ""),
        ("name: etf\ndescription: d\nmetadata: [a]", "`metadata` is a list; expected a mapping", ""),
        ("name: etf\ndescription: d\nmetadata: {v: 1.5}", "`metadata.v` is the number 1.5; expected a text", "quotes"),
        ("name: etf\ndescription: d\nallowed-tools: 7", "expected a text or a list", ""),
        ("name: etf\ndescription: d\ncompatibility: " + "a" * 501, "expected at most 500", ""),
    ],
)
def test_an_error_says_what_was_found_and_expected(lint: Lint, frontmatter: str, message: str, help_: str) -> None:
    found = lint({FILE: f"---\n{frontmatter}\n---\nText.\n{PITFALLS}", **SKILL_SCHEMA})
    about_schema = [diagnostic for diagnostic in found if diagnostic.code == "SK101"]
    assert len(about_schema) == 1
    assert message in about_schema[0].message
    assert help_ in (about_schema[0].help or "")


@pytest.mark.parametrize("tags", ["[dates, joins]", "[]"])
def test_tags_are_a_list_of_words(lint: Lint, tags: str) -> None:
    assert lint({FILE: f"---\nname: etf\ndescription: d\ntags: {tags}\n---\nText.\n{PITFALLS}", **SKILL_SCHEMA}) == []


@pytest.mark.parametrize(
    ("name", "agentskills", "skill"),
    [("etf-data", True, True), ("etf_data", False, True), ("etf--data", False, False), ("-etf", False, False)],
)
def test_the_public_contract_refuses_underscores_and_ours_does_not(
    lint: Lint, name: str, agentskills: bool, skill: bool
) -> None:
    for schema, fine in (("agentskills", agentskills), ("skill", skill)):
        files = {
            f"skills/{name}/SKILL.md": f"---\nname: {name}\ndescription: d\n---\nText.\n{PITFALLS}",
            "skills-lint.toml": f'schema = "{schema}"\n',
        }
        assert (lint(files) == []) == fine


def test_a_missing_section_belongs_at_the_end(lint: Lint) -> None:
    (found,) = lint({FILE: "---\nname: etf\ndescription: d\n---\n# ETF\n\nText.\n", **SKILL_SCHEMA})
    assert (found.code, found.line, found.message, found.help) == (
        "SK201",
        7,
        "the section `Common pitfalls (from traces)` is missing",
        "add it with a list item for each pitfall, or with `None seen yet.`",
    )


@pytest.mark.parametrize("title", ["Common Pitfalls (From Traces)", "Common pitfalls from traces"])
def test_a_section_with_nearly_the_right_title_is_pointed_at(lint: Lint, title: str) -> None:
    (found,) = lint({FILE: f"---\nname: etf\ndescription: d\n---\nText.\n\n## {title}\n\nNone.\n", **SKILL_SCHEMA})
    assert (found.code, found.line, found.help) == ("SK201", 7, "rename it to `Common pitfalls (from traces)`")


BUCKETS = """buckets:
  - id: date-dtype-mismatch
    title: Dates
    match: [{exception: TypeError}]
    cause: c
    fix: f
    hint: h
    skills: [etf]
"""


def test_only_skills_that_a_bucket_lists_need_the_section(lint: Lint) -> None:
    files = {
        FILE: "---\nname: etf\ndescription: d\n---\nText.\n",
        "skills/fund/SKILL.md": "---\nname: fund\ndescription: d\n---\nText.\n",
        "routines/trace_failure_triage/buckets.yaml": BUCKETS,
    }
    assert [(d.file, d.code) for d in lint(files)] == [(FILE, "SK201")]


TEAM = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$ref": "skill",
    "properties": {
        "frontmatter": {
            "required": ["owner"],
            "properties": {
                "name": True,
                "description": True,
                "owner": {"$ref": "owner.json"},
                "stage": {"enum": ["draft", "live"]},
            },
            "additionalProperties": False,
        }
    },
    "allOf": [{"properties": {"sections": {"contains": {"properties": {"title": {"const": "When to use"}}}}}}],
}


def test_a_team_demands_more_by_a_schema_of_its_own(lint: Lint) -> None:
    files = {
        FILE: f"---\nname: etf\ndescription: d\nstage: drft\nextra: x\n---\nText.\n{PITFALLS}",
        "skills-lint.toml": 'schema = "schemas/team.json"\n',
        "schemas/team.json": json.dumps(TEAM),
        "schemas/owner.json": '{"type": "string"}',
    }
    assert [(d.code, d.line, d.message, d.help) for d in lint(files)] == [
        ("SK101", 1, "`owner` is missing in the frontmatter", "add `owner: …`"),
        ("SK101", 4, "`stage` is `drft`; expected one of draft, live", "did you mean `draft`?"),
        ("SK101", 5, "unknown key `extra`", "known keys: description, name, owner, stage"),
        ("SK201", 11, "the section `When to use` is missing", "add the heading `## When to use` and its text"),
    ]


@pytest.mark.parametrize(
    ("name", "schema", "message"),
    [
        ("skil", None, "did you mean `skill`?"),
        ("team.json", None, "neither a schema of ours nor a file"),
        ("team.json", "{\n  oops", "team.json:2:3: the schema is not JSON"),
        ("team.json", "[]", "the schema is no JSON object"),
        ("team.json", '{"type": "strng"}', "the schema is not a JSON Schema"),
        (
            "team.json",
            '{"properties": {"frontmatter": {"properties": {"name": {"pattern": "("}}}}}',
            "not a JSON Schema",
        ),
        (
            "team.json",
            '{"$ref": "https://nowhere.example/x.json"}',
            "https://nowhere.example/x.json, which is not there",
        ),
        ("team.json", '{"$ref": "#/$defs/none"}', "which is not there"),
        ("team.json", '{"properties": {"sections": {"$ref": "none.json"}}}', "none.json, which is not there"),
    ],
)
def test_a_schema_that_cannot_be_used_is_an_error(lint: Lint, name: str, schema: str | None, message: str) -> None:
    files = {FILE: "---\nname: etf\ndescription: d\n---\nText.\n", "skills-lint.toml": f'schema = "{name}"\n'}
    with pytest.raises(InputError) as error:
        lint(files if schema is None else {**files, name: schema})
    assert message in str(error.value)
