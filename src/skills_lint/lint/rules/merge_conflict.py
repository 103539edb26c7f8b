"""SK501: no merge conflict is left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...place import Span
from ..prose import prose_lines
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo

_OURS, _MIDDLE, _THEIRS = re.compile(r"<{7}(?: .*)?$"), re.compile(r"={7}$"), re.compile(r">{7}(?: .*)?$")


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    if "<<<<<<<" not in skill.text:
        return
    begun: list[tuple[int, str]] = []
    for number, line in prose_lines(skill):
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
An agent reads both sides, and one of them is wrong. Found are the three marks that git leaves, in their order, outside
of code blocks, where they may be an example.
""",
    bad={
        "skills/etf-data/SKILL.md": _SKILL.format("<<<<<<< HEAD\n", "=======\nDates are texts.\n>>>>>>> other-branch\n")
    },
    good={"skills/etf-data/SKILL.md": _SKILL.format("", "")},
    precision="no finding in 867 public skills",
    check_skill=_check,
)
