"""Comments silence findings where they stand, and are found themselves when they silence nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from skills_lint.lint.fixes import put_fixes
from skills_lint.project import open_project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from skills_lint.lint.diagnostic import Diagnostic

    Lint = Callable[..., list[Diagnostic]]

FILE = "skills/etf/SKILL.md"
SIDE = "skills/etf/notes.md"
TWO_COMMENTS = "[a](b.md) <!-- skills-lint: ignore SK301 --> <!-- skills-lint: ignore SK302 -->\n"
HEAD = "---\nname: etf\ndescription: d\n---\n"


def unused(lint: Lint, text: str, **others: str) -> list[tuple[str, str]]:
    """Return file and message of each comment that silences nothing."""
    return [(d.file, d.message) for d in lint({FILE: text, **others}) if d.code == "SK505"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<!-- skills-lint: ignore SK301 -->\nText.\n", "nothing is silenced here by `SK301`"),
        ("[a](b.md) <!-- skills-lint: ignore SK301, SK302 -->\n", "nothing is silenced here by `SK302`"),
        ("[a](b.md) <!-- skills-lint: ignore SK301 SK999 -->\n", "the comment names no rule: `SK999`"),
        ("[a](b.md) <!-- skills-lint: ignore SK301 since moved -->\n", "the comment names no rule: `since`, `moved`"),
        ("[a](b.md) <!-- skills-lint: ignore SK3 -->\n", None),
        ("[a](b.md) <!-- skills-lint: disable SK301 -->\n", "the comment names no rule: `disable SK301`"),
        ("[a](b.md) <!-- skills-lint:ignore-->\n", "the comment names no rule: `ignore`"),
        ("[a](b.md) <!-- skills-lint: ignore SK301: moved. -->\n", "the comment names no rule: `ignore SK301: moved.`"),
        (TWO_COMMENTS, "nothing is silenced here by `SK302`"),
        ("Write `<!-- skills-lint: ignore SK301 -->` so.\n", None),
        ("```\n<!-- skills-lint: ignore SK301 -->\n```\n", None),
        ("Text. <!-- skills-lint: ignore SK301, SK505 -->\n", None),
        ("Text. <!-- skills-lint: ignore SK205 -->\n", "nothing is silenced here by `SK205`"),
    ],
)
def test_words_that_silence_nothing_are_found(lint: Lint, text: str, message: str | None) -> None:
    assert unused(lint, HEAD + text) == ([(FILE, message)] if message else [])


@pytest.mark.parametrize("config", ['ignore = ["SK301"]', 'select = ["SK505"]', '[per-file-ignores]\n"*" = ["SK301"]'])
def test_words_about_rules_that_do_not_run_are_not_judged(lint: Lint, config: str) -> None:
    text = HEAD + "Text. <!-- skills-lint: ignore SK301 -->\n"
    assert unused(lint, text, **{"skills-lint.toml": config}) == []


@pytest.mark.parametrize("config", ['ignore = ["SK505"]', '[per-file-ignores]\n"*" = ["SK505"]'])
def test_unused_comments_are_silenced_as_any_finding(lint: Lint, config: str) -> None:
    text = HEAD + "Text. <!-- skills-lint: ignore SK301 -->\n"
    assert unused(lint, text, **{"skills-lint.toml": config}) == []


def test_words_about_the_repo_are_judged_only_when_all_skills_are_read(write: Callable[..., Path]) -> None:
    project = open_project(write({FILE: HEAD + "Text. <!-- skills-lint: ignore SK205 -->\n"}))
    assert [len(project.lint(project.skills, whole=whole)) for whole in (True, False)] == [1, 0]


def test_comments_in_files_beside_a_skill_hold_there(lint: Lint) -> None:
    text = HEAD + "See [notes](notes.md).\n"
    side = "[a](b.md) <!-- skills-lint: ignore SK301 -->\n[c](d.md)\n"
    found = lint({FILE: text, SIDE: side})
    assert [(d.file, d.line, d.code) for d in found] == [(SIDE, 2, "SK301")]
    assert unused(lint, text, **{SIDE: "Text. <!-- skills-lint: ignore SK301 -->\n"}) == [
        (SIDE, "nothing is silenced here by `SK301`")
    ]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("A\n\n<!-- skills-lint: ignore SK301 -->\nB\n", "A\n\nB\n"),
        ("A\n<!-- skills-lint: ignore SK301 -->\nB\n", "A\n\nB\n"),
        ("A\n\n<!-- skills-lint: ignore SK301 -->", "A\n"),
        ("A <!-- skills-lint: ignore SK301 -->\nB\n", "A\nB\n"),
        ("A <!-- skills-lint: ignore SK301 --> b\n", "A b\n"),
        ("  <!-- skills-lint: ignore SK301 --> A\n", "  A\n"),
        ("[a](b.md) <!-- skills-lint: ignore SK302, SK301 SK4 -->\n", "[a](b.md) <!-- skills-lint: ignore SK301 -->\n"),
        ("A <!-- skills-lint: ignore SK999 -->\n", None),
    ],
)
def test_what_silences_nothing_is_deleted(lint: Lint, text: str, after: str | None) -> None:
    assert mended(lint, HEAD + text) == HEAD + (after or text)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("name: etf # skills-lint: ignore SK104\ndescription: d", "name: etf\ndescription: d"),
        ("name: etf\n# skills-lint: ignore SK104\ndescription: d", "name: etf\ndescription: d"),
        ("name: etf\ndescription: |\n  d\n  # skills-lint: ignore SK104", None),
    ],
)
def test_in_the_frontmatter_no_text_is_deleted(lint: Lint, text: str, after: str | None) -> None:
    assert mended(lint, f"---\n{text}\n---\nText.\n") == f"---\n{after or text}\n---\nText.\n"


def mended(lint: Lint, text: str) -> str:
    fixes = [found.fix for found in lint({FILE: text}) if found.code == "SK505" and found.fix]
    assert all(fix.safe for fix in fixes)
    after, count = put_fixes(text, fixes)
    assert count == len(fixes)
    assert not [found for found in lint({FILE: after}) if found.code == "SK505" and found.fix]
    return after
