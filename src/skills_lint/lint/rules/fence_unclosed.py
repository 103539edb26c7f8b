"""SK404: code blocks are closed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...lines import split_lines
from ...place import Span
from ...words import counted
from ..diagnostic import Edit, Fix
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ...skills.skill import CodeBlock, Skill
    from ..repo import Repo

_FENCE = re.compile(r"`{3,}|~{3,}")
_WRITTEN = frozenset({"markdown", "md", "mdx", "text", "txt", "prompt"})  # languages in which prose is no sign
# A heading, a rule, bold words, a sentence, the first line of a longer one.
_PROSE = re.compile(r"#{2,6} \S|-{3,}\s*$|\*\*\S|[A-Z][\w'’]*(?: \S+){2,}[.:]\s*$|[A-Z][a-z]*(?: [\w'’`,;/()-]+){5,}")


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    for page in repo.pages(skill):
        if any(not block.closed for block in page.fenced):
            yield from page.holding(_unclosed(page.parse().code_blocks, page.text))


def _unclosed(blocks: Iterable[CodeBlock], text: str) -> Iterator[Finding]:
    lines = split_lines(text)
    for block in blocks:
        swallowed = block.text.count("\n")
        if block.closed or not swallowed:
            continue
        line = lines[block.line - 1]
        headings = [row.strip() for row in block.text.split("\n") if row.startswith("## ")]
        what = f", among them the heading `{headings[0][3:]}`" if headings else ""
        yield Finding(
            f"the code block is never closed; it swallows the {counted(swallowed, 'line')} below{what}",
            Span(block.line, block.indent + 1, block.line, len(line) + 1),
            "close it with a line of the same marks, which nothing follows",
            fix=_fix(block, lines, text),
        )


def _fix(block: CodeBlock, lines: Sequence[str], text: str) -> Fix | None:
    """Return the line that closes a block: behind the code that prose follows, or at its end.

    None where something else may be wrong: a fence without a language may have been meant to close a block, and one
    that a list item or a quote ends may lack its indentation further down.
    """
    fence, indent = _FENCE.match(lines[block.line - 1][block.indent :]), lines[block.line - 1][: block.indent]
    end = block.line + len(split_lines(block.text.rstrip()))
    if fence is None or indent.strip() or not block.language or any(line.strip() for line in lines[end:]):
        return None
    swallowed = range(block.line + 1, end + 1)
    paragraphs = [number for number in swallowed if not lines[number - 2].strip() and block.language not in _WRITTEN]
    stop = next((number for number in paragraphs if _PROSE.match(lines[number - 1])), swallowed.stop)
    last = next(number for number in range(stop - 1, 0, -1) if lines[number - 1].strip())
    newline = "\r\n" if "\r\n" in text else "\n"
    at = len(lines[last - 1]) + 1
    put = f"{newline}{indent}{fence[0]}"
    return Fix(f"close the code block behind line {last}", (Edit(Span(last, at, last, at), put),), safe=False)


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
Judged are a skill and the Markdown files beside it that it names.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL.format("")},
    good={"skills/etf-data/SKILL.md": _SKILL.format("```\n")},
    precision="4 of 4 findings in 867 public skills",
    fix="unsafe",
    check_skill=_check,
)
