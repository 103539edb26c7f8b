"""SK406: comments are closed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...lines import LineIndex
from ...place import Span
from ...words import counted
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..page import Page
    from ..repo import Repo

_OPENS = re.compile(r"^ {0,3}<!--", re.MULTILINE)  # within a paragraph it is plain text


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    for page in repo.pages(skill):
        last = page.text.rfind("<!--")
        if last >= 0 and page.text.find("-->", last) < 0:
            yield from page.holding(_unclosed(page))


def _unclosed(page: Page) -> Iterator[Finding]:
    """Yield the comment that nothing closes; it is the first one behind the last `-->`."""
    prose = {number for number, _ in page.prose_lines()}
    index = LineIndex(page.text)
    for found in _OPENS.finditer(page.text, page.text.rfind("-->") + 1):
        line, column = index.place(found.end() - 4)
        if line in prose:
            hidden = page.text.count("\n", found.end())
            what = f"the {counted(hidden, 'line')} below" if hidden else "what follows"
            message = f"the comment is never closed; it hides {what}"
            yield Finding(message, Span(line, column, line, column + 4), "close it with `-->`")
            return


_SKILL = "---\nname: etf-data\ndescription: Read ETF prices.\n---\n<!-- Of 2026{}\n\nDates are whole numbers.\n"

RULE = Rule(
    code="SK406",
    name="comment-unclosed",
    severity="error",
    summary="Comments are closed.",
    explanation="""
A comment that nothing closes hides all that follows from whoever reads the page, headings and links with it, while an
agent reads on. Found are comments that begin a line, in a skill and in the Markdown files beside it that it names.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL.format("")},
    good={"skills/etf-data/SKILL.md": _SKILL.format(" -->")},
    precision="no finding in 867 public skills",
    check_skill=_check,
)
