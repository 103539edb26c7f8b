"""SK100: there is a frontmatter, and it is YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...lines import split_lines
from ...place import Span
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    error = skill.error
    if error and error.kind == "frontmatter":
        line = split_lines(skill.text)[error.line - 1]
        end = max(len(line.rstrip()), error.column) + 1 if line.startswith("---") else error.column + 1
        yield Finding(error.message, Span(error.line, error.column, error.line, end), error.way_out)


RULE = Rule(
    code="SK100",
    name="frontmatter-unreadable",
    severity="error",
    summary="A skill begins with a frontmatter that is valid YAML.",
    explanation="""
Agents learn from the frontmatter that a skill exists. One that is missing, is not closed, does not begin on the first
line, or is not YAML hides the whole skill. The place is the one to mend: the quote that opens, the tab, the colon that
makes YAML see a key within a text.
""",
    bad={
        "skills/etf-data/SKILL.md": "---\nname: etf-data\ndescription: Use when: prices are missing.\n---\nOpen it.\n"
    },
    good={
        "skills/etf-data/SKILL.md": '---\nname: etf-data\ndescription: "Use when: prices are missing."\n---\nOpen it.\n'
    },
    check_skill=_check,
)
