"""SK404: code blocks are closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...lines import split_lines
from ...place import Span
from ...words import counted
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    for block in skill.code_blocks:
        swallowed = block.text.count("\n")
        if block.closed or not swallowed:
            continue
        line = split_lines(skill.text)[block.line - 1]
        headings = [text.strip() for text in block.text.split("\n") if text.startswith("## ")]
        what = f", among them the heading `{headings[0][3:]}`" if headings else ""
        yield Finding(
            f"the code block is never closed; it swallows the {counted(swallowed, 'line')} below{what}",
            Span(block.line, block.indent + 1, block.line, len(line) + 1),
            "close it with a line of the same marks, which nothing follows",
        )


_SKILL = """---
name: etf-data
description: Read ETF prices.
---
Read them so:

```text
prices of VTI
{}
Then look at the dates.
"""

RULE = Rule(
    code="SK404",
    name="fence-unclosed",
    severity="error",
    summary="Code blocks are closed.",
    explanation="""
A fence that nothing closes makes code of all that follows: headings are none, links lead nowhere, and an agent may take
the instructions for an example. A fence is closed by a line of the same marks, at least as many, without a language.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL.format("")},
    good={"skills/etf-data/SKILL.md": _SKILL.format("```\n")},
    check_skill=_check,
)
