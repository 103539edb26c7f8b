"""SK206: a section is there once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...place import Span
from ..nested_fences import trusted_lines
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Section, Skill
    from ..repo import Repo

_NUMBERED = re.compile(r"(?i)(?:step|phase|part|example|option|case|stage|round)\b|\W*\d")  # a second row of steps


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    seen: dict[tuple[int, str, int], Section] = {}
    above: list[Section] = []
    trusted = trusted_lines(skill)
    for section in skill.sections:
        while above and above[-1].level >= section.level:
            above.pop()
        parent = above[-1].line if above else 0
        first = seen.setdefault((parent, section.title.casefold(), section.level), section)
        if first is not section and section.title and section.line <= trusted and not _NUMBERED.match(section.title):
            message = f"the section `{section.title}` is there twice; first on line {first.line}"
            span = Span(section.line, 1, section.line, section.level + 2 + len(section.title))
            yield Finding(message, span, "join the two, or give one another title")
        above.append(section)


_SKILL = """---
name: etf-data
description: Read ETF prices.
---
# ETF data

## Dates

Dates are whole numbers.

## {}

Days without trade have no row.
"""

RULE = Rule(
    code="SK206",
    name="section-twice",
    severity="warning",
    summary="A section is there once.",
    explanation="""
Two sections of one title below the same heading are mostly a leftover of a merge or a paste: a reader finds the first,
and what the second says is missed or contradicts it. The same title below different headings (`Example` under each of
several methods) is fine, and so are steps that are counted anew. Not judged is what follows a code block that was
written within another one, since their fences close one another.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL.format("Dates")},
    good={"skills/etf-data/SKILL.md": _SKILL.format("Days without trade")},
    precision="7 of 7 findings in 867 public skills",
    check_skill=_check,
)
