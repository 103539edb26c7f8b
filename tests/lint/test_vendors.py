"""The contracts of vendors: schema files that know all keys of one agent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from skills_lint.shipped import load_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from skills_lint.lint.diagnostic import Diagnostic

    Lint = Callable[[Mapping[str, str | bytes]], list[Diagnostic]]

FILE = "skills/etf/SKILL.md"
CLAUDE_CODE = {"skills-lint.toml": 'schema = "claude-code"\n'}


def found(lint: Lint, frontmatter: str) -> list[tuple[str, int, str]]:
    files = {FILE: f"---\nname: etf\n{frontmatter}\n---\nText.\n", **CLAUDE_CODE}
    return [(d.code, d.line, d.message) for d in lint(files)]


def test_the_schema_is_a_json_schema() -> None:
    schema = load_schema("claude-code")
    Draft202012Validator.check_schema(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize(
    "frontmatter",
    [
        "license: MIT",  # nothing is required
        "description: d\nwhen_to_use: w\nargument-hint: [issue-number]\narguments: issue branch",
        "description: d\ndisable-model-invocation: true\nuser-invocable: no\nbackground: 0",
        "description: d\nallowed-tools: Read Bash(git *)\ndisallowed-tools: [Write]\npaths: 'src/**, docs/**'",
        "description: d\nmodel: inherit\neffort: xhigh\ncontext: fork\nagent: Explore\nshell: bash",
        "description: d\nhooks:\n  PreToolUse: []\nmetadata:\n  version: 1.5\n  tags: [a]",
        "description: " + "d" * 1500,
    ],
)
def test_what_claude_code_knows_is_fine(lint: Lint, frontmatter: str) -> None:
    assert found(lint, frontmatter) == []


@pytest.mark.parametrize(
    ("frontmatter", "message"),
    [
        ("description: d\nversion: 1", "unknown key `version`"),
        ("description: d\neffort: most", "`effort` is `most`; expected one of low, medium, high, xhigh, max"),
        ("description: d\nhooks: [a]", "`hooks` is a list; expected a mapping of keys to values"),
        ("description: d\ncontext: inherit", "`context` is `inherit`; expected `fork`"),
        (
            "description: d\nuser-invocable: maybe",
            "`user-invocable` is `maybe`; expected one of true, false, 1, 0, yes, no, on, off",
        ),
    ],
)
def test_what_claude_code_does_not_know_is_found_on_its_line(lint: Lint, frontmatter: str, message: str) -> None:
    ((code, line, told),) = found(lint, frontmatter)
    assert (code, line) == ("SK101", 4)
    assert message in told


def test_a_key_that_is_nearly_known_is_told_once(lint: Lint) -> None:
    assert found(lint, "description: d\nuser_invocable: false") == [("SK103", 4, "unknown key `user_invocable`")]


def test_under_the_public_contract_further_keys_are_fine(lint: Lint) -> None:
    text = "---\nname: etf\ndescription: d\nversion: 1\ncolor: red\n---\nText.\n"
    assert lint({FILE: text}) == []
