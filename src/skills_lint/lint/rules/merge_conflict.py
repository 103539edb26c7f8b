"""SK501: no merge conflict is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...lines import split_lines
from ...place import Span
from ..conflict import conflict_marks, is_one_left
from ..prose import lines_outside
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...skills.skill import Skill
    from ..page import Page
    from ..repo import Repo

# Languages in which a conflict is more likely shown than left.
_SHOWS = frozenset({"", "text", "txt", "plain", "plaintext", "diff", "patch", "git", "console", "markdown", "md"})

_LEADING = 10  # lines


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    for page in repo.pages(skill):
        if "<<<<<<<" in page.text or ">>>>>>>" in page.text:
            yield from page.holding(_marks(page))


def _marks(page: Page) -> Iterator[Finding]:
    texts = split_lines(page.text)
    shown = [b for b in page.parse().code_blocks if b.language in _SHOWS or _speaks_of_conflicts(texts, b.line)]
    lines = list(lines_outside(shown, page.text))
    whole = {lines[at][0] for at in conflict_marks(line for _, line in lines)}
    alone = {number for number, line in page.prose_lines() if is_one_left(line)} - whole
    for number in (*whole, *(number for number in alone if not _speaks_of_conflicts(texts, number))):
        way_out = "keep one side, and delete the three marks" if number in whole else "delete it"
        span = Span(number, 1, number, len(texts[number - 1]) + 1)
        yield Finding("a mark of a merge conflict is left here", span, way_out)


def _speaks_of_conflicts(lines: Sequence[str], line: int) -> bool:
    """Say whether the lines that lead to a line speak of conflicts."""
    return any("conflict" in above.lower() for above in lines[max(line - 1 - _LEADING, 0) : line - 1])


_SKILL = """---
name: etf-data
description: Read ETF prices.
---
{}Dates are whole numbers.
{}
"""

RULE = Rule(
    code="SK501",
    name="merge-conflict",
    severity="error",
    summary="No merge conflict is left.",
    explanation="""
An agent reads both sides, and one of them is wrong; in the frontmatter they hide the whole skill. Found are the three
marks that git leaves, in their order, and outside of code a single one with the name of a branch, in a skill and in the
Markdown files beside it that it names. Not judged are code blocks of text, of Markdown, of differences, and without a
language, where they may be an example, and what stands below lines that speak of conflicts.
""",
    bad={
        "skills/etf-data/SKILL.md": _SKILL.format("<<<<<<< HEAD\n", "=======\nDates are texts.\n>>>>>>> other-branch\n")
    },
    good={"skills/etf-data/SKILL.md": _SKILL.format("", "")},
    precision="no finding in 867 public skills",
    check_skill=_check,
)
