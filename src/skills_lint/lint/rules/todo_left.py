"""SK504: nothing is left to be written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...place import Span
from ...skills.skill import NOTES
from ..prose import prose_lines
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo

_TODO = re.compile(
    rf"^(?:[\s>*+-]|\d+\.|<!--|\[ \]|\*\*)*(?P<mark>(?:{NOTES})\b(?!\w|[`s\"'])(?:\*\*)?\s?(?:[:(\-–—]|$).*)"
)
_TEMPLATE = re.compile(r"(?P<mark>\[(?:TODO|TBD|INSERT|FILL IN|PLACEHOLDER)\b[^\]\n]{0,200}\](?!\())")


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    for number, line in prose_lines(skill):
        found = _TODO.match(line) or _TEMPLATE.search(line)
        if found is None or _is_code(line, found.start("mark"), found.end("mark")):
            continue
        if not _is_told_by_pitfall(skill, number):
            span = Span(number, found.start("mark") + 1, number, len(line.rstrip()) + 1)
            yield Finding("a note of what is to be written is left here", span, "write it, or delete the note")


def _is_told_by_pitfall(skill: Skill, number: int) -> bool:
    """Say whether a line belongs to a pitfall that has only a note behind its id, of which SK204 speaks."""
    section = skill.pitfalls_section
    if section is None or not section.line < number <= section.end_line:
        return False
    above = [item for item in skill.pitfalls if item.line <= number]
    return bool(above) and above[-1].id is not None and not above[-1].advises


def _is_code(line: str, start: int, end: int) -> bool:
    """Say whether a part of a line stands between backticks: then the line speaks of such notes."""
    return line.count("`", 0, start) % 2 == 1 and "`" in line[end:]


_SKILL = "---\nname: etf-data\ndescription: Read ETF prices.\n---\nDates are whole numbers.\n\n{}\n"

RULE = Rule(
    code="SK504",
    name="todo-left",
    severity="warning",
    summary="Nothing is left to be written.",
    explanation="""
An agent takes a note to the author for a part of the instructions, or fills it in by itself. Found are lines that begin
with `TODO`, `FIXME` or `TBD`, and templates such as `[TODO: …]`; not code blocks, and not sentences about such notes.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL.format("TODO: say what the columns are.")},
    good={"skills/etf-data/SKILL.md": _SKILL.format("The columns are `code`, `trade_date` and `close`.")},
    precision="no finding in 867 public skills",
    check_skill=_check,
)
