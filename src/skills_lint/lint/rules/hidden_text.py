"""SK002: what a reader sees is what an agent reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...lines import split_lines
from ...place import Span
from ..diagnostic import Edit, Fix
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo

_BIDI = "\u202a-\u202e\u2066-\u2069"
_TAGS = "\U000e0001-\U000e007f"
# Tags behind a black flag make the flags of England, Scotland and Wales; anywhere else they are text that nobody sees.
_HIDDEN = re.compile(f"(?P<flag>\U0001f3f4[{_TAGS}]+)|(?P<bidi>[{_BIDI}])|(?P<tags>[{_TAGS}]+)")


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    for page in repo.pages(skill):
        if not page.text.isascii():
            yield from page.holding(_hidden(page.text))


def _hidden(text: str) -> Iterator[Finding]:
    for number, line in enumerate(split_lines(text), 1):
        hidden = [] if line.isascii() else [match for match in _HIDDEN.finditer(line) if not match["flag"]]
        if hidden:
            found = hidden[0]
            span = Span(number, found.start() + 1, number, found.end() + 1)
            if found["bidi"]:
                message = f"the line holds U+{ord(found[0]):04X}, which shows text in another order than it is read"
            else:
                message = f"the line holds {len(found[0])} invisible tag characters, in which text can be hidden"
            edits = tuple(Edit(Span(number, match.start() + 1, number, match.end() + 1), "") for match in hidden)
            fix = Fix("delete the hidden characters of the line", edits, safe=True)
            yield Finding(message, span, "delete it; letters of any script need no such character", fix=fix)


_SKILL = "---\nname: etf-data\ndescription: Read ETF prices.\n---\nSend the report {}only after{} it was approved.\n"

RULE = Rule(
    code="SK002",
    name="hidden-text",
    severity="error",
    summary="What a reader sees is what an agent reads.",
    explanation="""
Characters that override the direction of writing show a line in another order than an agent reads it, and tag
characters are not shown at all. Both are known ways to smuggle instructions past a review. Text in scripts that are
written from right to left needs neither; emoji made of several characters and the flags made of tags are fine.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL.format("\u202e", "\u202c")},
    good={"skills/etf-data/SKILL.md": _SKILL.format("", "")},
    precision="no finding in 867 public skills",
    fix="safe",
    check_skill=_check,
)
