"""SK207: headings are written so that they are headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import re2

from ...place import Span
from ..diagnostic import Edit, Fix
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..page import Page
    from ..repo import Repo

# One `#` begins a tag, a number or a colour; two begin nothing else.
_WITHOUT_SPACE = re.compile(r" {0,3}(?P<marks>#{2,6})(?=[A-Za-z])")
_WITHOUT_TITLE = re.compile(r" {0,3}(?P<marks>#{1,6})[ \t]*$")
_TOO_DEEP = re.compile(r" {0,3}(?P<marks>#{7,20})[ \t]+\w")
_ANY = re2.compile(rb"(?:\A|[\r\n]) {0,3}(?:#{2,6}[A-Za-z]|#{1,6}[ \t]*(?:[\r\n]|\z)|#{7,20}[ \t])")


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    for page in repo.pages(skill):
        if page.has(_ANY):
            yield from page.holding(_malformed(page))


def _malformed(page: Page) -> Iterator[Finding]:
    for number, line in page.prose_lines():
        if found := _WITHOUT_SPACE.match(line):
            at = found.end() + 1
            fix = Fix("put a space behind the marks", (Edit(Span(number, at, number, at), " "),), safe=True)
            message = f"this is no heading: a space is missing behind `{found['marks']}`"
            yield Finding(message, Span(number, found.start("marks") + 1, number, len(line) + 1), "add it", fix=fix)
        elif found := _WITHOUT_TITLE.match(line):
            span = Span(number, found.start("marks") + 1, number, found.end("marks") + 1)
            yield Finding("the heading has no title", span, "write one, or delete the marks")
        elif found := _TOO_DEEP.match(line):
            span = Span(number, found.start("marks") + 1, number, found.end("marks") + 1)
            yield Finding(f"this is no heading: it has {len(found['marks'])} marks", span, "take six at most")


_SKILL = (
    "---\nname: etf-data\ndescription: Read ETF prices.\n---\n# ETF data\n\n##{}Dates\n\nDates are whole numbers.\n"
)

RULE = Rule(
    code="SK207",
    name="malformed-heading",
    severity="warning",
    summary="Headings are written so that they are headings.",
    explanation="""
A heading without a space behind its marks is plain text: its section belongs to the one above, and no anchor leads to
it. Found are two or more marks with a letter right behind them, more than six marks, and marks with nothing behind
them, in a skill and in the Markdown files beside it that it names, outside of code blocks.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL.format("")},
    good={"skills/etf-data/SKILL.md": _SKILL.format(" ")},
    precision="no finding in 867 public skills",
    fix="safe",
    check_skill=_check,
)
