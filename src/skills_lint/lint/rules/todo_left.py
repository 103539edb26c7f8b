"""SK504: nothing is left to be written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import re2

from ...lines import split_lines
from ...place import Span
from ...skills.skill import NOTES
from ..aside import is_template
from ..prose import is_in_inline_code
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ...skills.skill import Skill
    from ..page import Page
    from ..repo import Repo

_MARKS = r"(?:[\s>*+_-]|\d+\.|<!--|\[//\]: # \(|\[ \]|#{1,6} )*"  # of lists, quotes, comments, headings and bold words
_END = r"[.!)*_\s]*$"
_NOTE = re.compile(
    rf"^{_MARKS}(?P<mark>(?:{NOTES}|XXX(?=:))\b(?!\w|[`s\"'])(?:\*\*)?\s?(?:[:(\-–—]|$).*)"
    rf"|[:|–—][\s*_]*(?P<end>(?:{NOTES}|TBA)[\s*_.]*(?:\||$))"
    r"|(?P<within>\[(?:(?:TODO|TBD)\b|(?:INSERT|FILL IN|PLACEHOLDER)\b(?!\]))[^\]\n]{0,200}\](?!\())"
)
# A line that is nothing but one of these; within sentences they are what an agent is to fill in, and mostly meant so.
_TEMPLATE = re.compile(
    rf"(?i)^{_MARKS}(?P<mark>"
    r"\[(?:insert|add|describe|enter|fill in|write|provide|replace|your|placeholder|explain|put)\b[^\]\n]{0,200}\]"
    r"|<(?:your|insert|add|describe|enter|replace|fill in|placeholder)\b[^>\n]{1,100}>"
    r"|\(?(?:coming soon|to be (?:written|added|continued|completed|determined|defined)|work in progress|more to come"
    r"|(?:your )?(?:text|content|description) goes here)"
    rf"){_END}"
    r"|\b(?P<within>lorem ipsum dolor\b.*"
    r"|(?:REPLACE|CHANGE|FILL)_(?:ME|THIS)\b.*|replace this (?:file|text|section|paragraph) with\b.*)"
)
_TEMPLATE_OF_DESCRIPTION = re.compile(
    rf"(?i)\W*(?:replace (?:this|with)|{NOTES}|lorem ipsum|\[?insert|your)\b.*|\W*<[^>]*>\W*$|\W*\{{\{{[^}}]*\}}\}}\W*$"
)
# What any of these holds in small letters; most texts have none.
_HINTS = (
    *("todo", "fixme", "tbd", "tba", "xxx:", "lorem ipsum", "replace_", "change_", "fill_", "replace this"),
    *("coming soon", "work in progress", "more to come", "goes here"),
    *(f"to be {done}" for done in ("written", "added", "continued", "completed", "determined", "defined")),
    *(f"[{verb}" for verb in ("insert", "add", "describe", "enter", "fill", "write", "provide", "replace", "your")),
    *("[placeholder", "[explain", "[put"),
    *(f"<{verb}" for verb in ("your", "insert", "add", "describe", "enter", "replace", "fill", "placeholder")),
)
_HAS_HINT = re2.compile(rf"(?i){'|'.join(map(re.escape, _HINTS))}".encode())
_LONGEST = 2000  # characters of a description that are looked at
_WRITTEN = "write it, or delete it"


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    if is_template(skill.path, repo.root):
        return
    yield from _in_description(skill)
    for page in repo.pages(skill):
        numbers = list(_lines_with_hints(page.text)) if page.has(_HAS_HINT) else []
        if any(_found(line) for _, line in numbers):
            left = _left(page, {number for number, _ in numbers})
            yield from page.holding(
                each for each in left if page.aside or not _is_told_by_pitfall(skill, each.span.line)
            )


def _lines_with_hints(text: str) -> Iterator[tuple[int, str]]:
    """Yield number and text of the lines that may hold what is left."""
    small = text.lower()
    hints = [hint for hint in _HINTS if hint in small]
    for number, line in enumerate(split_lines(text), 1):
        small = line.lower()
        if any(hint in small for hint in hints):
            yield number, line


def _in_description(skill: Skill) -> Iterator[Finding]:
    description = (skill.frontmatter or {}).get("description")
    if isinstance(description, str) and _TEMPLATE_OF_DESCRIPTION.match(description[:_LONGEST]):
        yield Finding("the description is left to be written", skill.marks.values["description",], "say what it is for")


def _left(page: Page, numbers: Collection[int]) -> Iterator[Finding]:
    for number, line in page.prose_lines():
        if number in numbers and (found := _found(line)):
            message, start = found
            yield Finding(message, Span(number, start + 1, number, len(line.rstrip()) + 1), _WRITTEN)


def _found(line: str) -> tuple[str, int] | None:
    """Return what is left on a line and where it begins, from 0; None for a line that speaks of such notes."""
    for pattern, message in (
        (_NOTE, "a note of what is to be written is left here"),
        (_TEMPLATE, "the text of a template is left here"),
    ):
        found = pattern.search(line)
        group = found.lastgroup if found else None
        if found and group and not _is_code(line, *found.span(group)):
            return message, found.start(group)
    return None


def _is_told_by_pitfall(skill: Skill, number: int) -> bool:
    """Say whether a line belongs to a pitfall that has only a note behind its id, of which SK204 speaks."""
    section = skill.pitfalls_section
    if section is None or not section.line < number <= section.end_line:
        return False
    above = [item for item in skill.pitfalls if item.line <= number]
    return bool(above) and above[-1].id is not None and not above[-1].advises


def _is_code(line: str, start: int, end: int) -> bool:
    """Say whether a part of a line stands between backticks: then the line speaks of such notes."""
    return is_in_inline_code(line, start) and "`" in line[end:]


_SKILL = "---\nname: etf-data\ndescription: Read ETF prices.\n---\nDates are whole numbers.\n\n{}\n"

RULE = Rule(
    code="SK504",
    name="todo-left",
    severity="warning",
    summary="Nothing is left to be written.",
    explanation="""
An agent takes a note to the author for a part of the instructions, or fills it in by itself. Found are lines that begin
or end with `TODO`, `FIXME` or `TBD`, cells that hold nothing else, templates such as `[TODO: …]`, lines that are
nothing but `[Insert …]`, `<your … here>` or `Coming soon`, `Lorem ipsum dolor`, and a description that was never
written. Judged are a skill and the Markdown files beside it that it names; not code blocks, not sentences about such
notes, and not templates.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL.format("TODO: say what the columns are.")},
    good={"skills/etf-data/SKILL.md": _SKILL.format("The columns are `code`, `trade_date` and `close`.")},
    precision="no finding in 867 public skills",
    check_skill=_check,
)
