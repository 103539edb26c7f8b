"""SK407: inline code is closed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import re2

from ...lines import split_lines
from ...place import Span
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...skills.skill import Skill
    from ..page import Page
    from ..repo import Repo

_TICKS = re.compile(r"`+")
_BEGINS = re.compile(r"\s*(?:[*+-]|\d+[.)]|#{1,6})\s|\s*\|.*\|\s*$")  # a list item, a heading, a row of a table

# A text all of whose backticks are paired within their lines, or stand in threes and more; most are.
_CODE = r"(?:`[^`\r\n]+`|``[^`\r\n]+``|`{3,})"
_PAIRED = re2.compile(rf"\A(?:[^`]*[^`\\])?(?:{_CODE}(?:[^`]*[^`\\]|\z))*\z".encode())

_Line = tuple[int, str]  # number and text


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    for page in repo.pages(skill):
        if page.has(_PAIRED):
            continue
        if not page.aside or any(_unclosed(part) for part in _paragraphs(enumerate(split_lines(page.text), 1))):
            yield from page.holding(_findings(page))


def _findings(page: Page) -> Iterator[Finding]:
    for part in _paragraphs(page.prose_lines()):
        place = _unclosed(part)
        if place is not None:
            message = "the inline code that opens here is never closed"
            way_out = "close it with a backtick; code that holds backticks stands between two of them"
            yield Finding(message, Span(*place, place[0], place[1] + 1), way_out)


def _paragraphs(lines: Iterable[_Line]) -> Iterator[list[_Line]]:
    """Yield the lines with backticks together as far as inline code may reach from one to the next."""
    part: list[_Line] = []
    last = 0
    for number, line in lines:
        if part and (number != last + 1 or not line.strip() or _BEGINS.match(line)):
            yield part
            part = []
        if line.strip() and (part or "`" in line):
            part.append((number, line))
        last = number
    if part:
        yield part


def _unclosed(part: list[_Line]) -> tuple[int, int] | None:
    """Return line and column of the first single backtick that opens inline code and has no other behind it.

    Longer runs are left alone: people speak of fences in sentences.
    """
    ticks = [(number, found) for number, line in part for found in _TICKS.finditer(line)]
    lines = dict(part)
    at = 0
    while at < len(ticks):
        number, opener = ticks[at]
        same = (later for later in range(at + 1, len(ticks)) if len(ticks[later][1][0]) == len(opener[0]))
        before = opener.start() - 1
        escaped = before >= 0 and lines[number][before] == "\\"
        closer = None if escaped else next(same, None)
        if closer is None and not escaped and len(opener[0]) == 1:
            return number, opener.start() + 1
        at = at + 1 if closer is None else closer + 1
    return None


_SKILL = "---\nname: etf-data\ndescription: Read ETF prices.\n---\nCall `open_store{} before you read.\n"

RULE = Rule(
    code="SK407",
    name="inline-code-unclosed",
    severity="warning",
    summary="Inline code is closed.",
    explanation="""
A backtick that nothing closes is a plain character, and what it opens may be read on into the sentence. Found are
single backticks without another one in their paragraph, list item or row of a table, in a skill and in the Markdown
files beside it that it names. The usual cause besides a forgotten one is code that holds backticks itself: it stands
between two of them on either side.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL.format("")},
    good={"skills/etf-data/SKILL.md": _SKILL.format("`")},
    precision="3 of 3 findings in 867 public skills",
    check_skill=_check,
)
