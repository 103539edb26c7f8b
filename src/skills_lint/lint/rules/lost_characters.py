"""SK003: no character was lost by a wrong encoding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...place import Span
from ..prose import is_in_inline_code
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..page import Page
    from ..repo import Repo

# What is left of a character that could not be read, and what UTF-8 looks like when it is read as Windows-1252.
_LOST = re.compile("(?<=\\w)\ufffd|\ufffd(?=\\w)|â€[™œ\x9d“”˜¦]|Ã[©¨¼¶¤Ÿ¡±³]")

_SIGNS = ("\ufffd", "â€", "Ã")


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    for page in repo.pages(skill):
        flaw = repo.flaw(page.path) if page.aside else skill.error
        if not any(sign in page.text for sign in _SIGNS) or (flaw and flaw.kind == "file"):  # of which SK001 speaks
            continue
        if _LOST.search(page.text):
            yield from page.holding(_lost(page))


def _lost(page: Page) -> Iterator[Finding]:
    for number, line in page.prose_lines():
        lost = _LOST.search(line)
        if lost and not is_in_inline_code(line, lost.start()):
            span = Span(number, lost.start() + 1, number, lost.end() + 1)
            message = f"`{lost[0]}` is what is left of a character that was read in a wrong encoding"
            yield Finding(message, span, "write the character that was meant, and save the file as UTF-8")


_SKILL = "---\nname: etf-data\ndescription: Read ETF prices.\n---\nIt{}s a whole number.\n"

RULE = Rule(
    code="SK003",
    name="lost-characters",
    severity="warning",
    summary="No character was lost by a wrong encoding.",
    explanation="""
A file that was once read in another encoding than it was written in has odd characters in place of quotes, dashes and
letters with accents, and what they were can often no longer be told. Found are `\ufffd` beside a letter, and the usual
leftovers of UTF-8 that was read as Windows-1252, such as `â€™` for an apostrophe, in a skill and in the Markdown files
beside it that it names; not in code.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL.format("â€™")},
    good={"skills/etf-data/SKILL.md": _SKILL.format("’")},
    precision="no finding in 867 public skills",
    check_skill=_check,
)
