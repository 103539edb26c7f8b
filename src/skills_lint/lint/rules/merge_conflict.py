"""SK501: no merge conflict is left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...place import Span
from ..prose import lines_outside
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...skills.skill import CodeBlock, Skill
    from ..repo import Repo

_OURS, _MIDDLE, _THEIRS = re.compile(r"<{7}(?: .*)?$"), re.compile(r"={7}$"), re.compile(r">{7}(?: .*)?$")


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    if "<<<<<<<" in skill.text:
        yield from _marks(skill.code_blocks, skill.text)
    for side in repo.side_files(skill):
        if "<<<<<<<" in side.text:
            yield from side.holding(_marks(repo.document(side.path).code_blocks, side.text))


def _marks(blocks: Iterable[CodeBlock], text: str) -> Iterator[Finding]:
    begun: list[tuple[int, str]] = []
    for number, line in lines_outside(blocks, text):
        if _OURS.match(line):
            begun = [(number, line)]
        elif begun and len(begun) == 1 and _MIDDLE.match(line):
            begun.append((number, line))
        elif len(begun) == 2 and _THEIRS.match(line):
            for at, mark in (*begun, (number, line)):
                message = "a mark of a merge conflict is left here"
                yield Finding(message, Span(at, 1, at, len(mark) + 1), "keep one side, and delete the three marks")
            begun = []


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
marks that git leaves, in their order, in a skill and in the Markdown files beside it that it names; not in code blocks,
where they may be an example.
""",
    bad={
        "skills/etf-data/SKILL.md": _SKILL.format("<<<<<<< HEAD\n", "=======\nDates are texts.\n>>>>>>> other-branch\n")
    },
    good={"skills/etf-data/SKILL.md": _SKILL.format("", "")},
    precision="no finding in 867 public skills",
    check_skill=_check,
)
