"""The Markdown files beside a skill are judged as the skill is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from skills_lint.config import Config
from skills_lint.lint.repo import Repo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from skills_lint.lint.diagnostic import Diagnostic

    Lint = Callable[[Mapping[str, str | bytes]], list[Diagnostic]]

SKILL = "---\nname: etf\ndescription: Read ETF prices.\n---\nSee [the columns](references/columns.md) first.\n"
FILE = "skills/etf/SKILL.md"
ASIDE = "skills/etf/references/columns.md"


def found(lint: Lint, text: str, **more: str) -> list[tuple[str, str, int, int]]:
    files = {FILE: SKILL, ASIDE: text, "skills/etf/scripts/check.py": "", **more}
    return [(d.file, d.code, d.line, d.column) for d in lint(files)]


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("See [here](#dates).", "SK302", 12),
        ("See [here](../SKILL.md#dates).", "SK302", 12),
        ("See [here](dates.md).", "SK301", 12),
        ("![a](dates.png)", "SK301", 6),
        ("Run `python scripts/chek.py`.", "SK303", 13),
    ],
)
def test_what_is_dead_in_a_file_beside_the_skill_is_found_there(lint: Lint, line: str, code: str, column: int) -> None:
    assert found(lint, f"# Columns\n\n{line}\n") == [(ASIDE, code, 3, column)]


@pytest.mark.parametrize(
    "line",
    [
        "See [here](#columns) and [the top](../SKILL.md).",
        "Run `python scripts/check.py`.",
        "```markdown\nSee [here](#dates).\n```",
        "Run `scripts/here.py`, which lies beside this file.",
    ],
)
def test_what_is_there_from_a_file_beside_the_skill_is_fine(lint: Lint, line: str) -> None:
    assert found(lint, f"# Columns\n\n{line}\n", **{"skills/etf/references/scripts/here.py": ""}) == []


def test_a_file_that_the_skill_does_not_name_is_not_judged(lint: Lint) -> None:
    files = {FILE: SKILL, ASIDE: "# Columns\n", "skills/etf/CHANGES.md": "[a](#b) [c](d.md)\n"}
    assert lint(files) == []


def test_a_file_beside_the_skill_is_parsed_once(write: Callable[[Mapping[str, str]], Path]) -> None:
    folder = write({ASIDE: "# Columns\n"})
    repo = Repo(Config(root=folder), (), ())
    assert repo.document(folder / ASIDE) is repo.document(folder / ASIDE)
