"""SK408: tables are written so that they are tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...lines import LineIndex
from ...place import Span
from ...words import counted
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...skills.skill import Skill
    from ..page import Page
    from ..repo import Repo

_ROW = r" {0,3}\|[^\n]*"
_ROWS = re.compile(rf"\n(?P<head>{_ROW})\n(?P<second>{_ROW})(?P<others>(?:\n{_ROW})*)")
_DASHES = re.compile(r"[|:\- \t]*-[|:\- \t]*")
_BETWEEN_CELLS = re.compile(r"(?<!\\)\|")  # in inline code too, as GitHub reads it

_Flaw = tuple[str, str]  # the message and the way out


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    for page in repo.pages(skill):
        broken = [(rows, flaw) for rows in _ROWS.finditer(f"\n{page.text}") if (flaw := _flaw(rows))]
        if broken:
            yield from page.holding(_findings(page, broken))


def _findings(page: Page, broken: Iterable[tuple[re.Match[str], _Flaw]]) -> Iterator[Finding]:
    index, prose = LineIndex(page.text), dict(page.prose_lines())
    for rows, (message, way_out) in broken:
        line, column = index.place(rows.start("head") - 1)
        if line in prose and "|" not in prose.get(line - 1, ""):  # else they go on with a table of another style
            yield Finding(message, Span(line, column, line, column + len(rows["head"].rstrip())), way_out)


def _flaw(rows: re.Match[str]) -> _Flaw | None:
    """Return why rows are no table, and the way out; None for a table, and for lines that may be meant otherwise."""
    head, second = _cells(rows["head"]), _cells(rows["second"])
    if _DASHES.fullmatch(rows["head"].strip()) or head < 2 or not rows["head"].rstrip().endswith("|"):
        return None
    if not _DASHES.fullmatch(rows["second"].strip()):
        alike = all(_cells(row) == head for row in (rows["second"], *rows["others"].split("\n")[1:]))
        message = "these rows are no table: a line of dashes is missing below the first"
        way_out = f"add `{'| --- ' * min(head, 9)}|`; if they go on with a table above, delete what parts them"
        return (message, way_out) if alike else None
    if head == second:
        return None
    message = f"this is no table: its head has {counted(head, 'cell')}, and the line of dashes below it {second}"
    return message, "give both as many"


def _cells(row: str) -> int:
    row = row.strip()
    return len(_BETWEEN_CELLS.findall(row)) - row.startswith("|") - (row.endswith("|") and row[-2:] != "\\|") + 1


_SKILL = """---
name: etf-data
description: Read ETF prices.
---
| column | type |
{}| close | float |
| code | text |
"""

RULE = Rule(
    code="SK408",
    name="table-broken",
    severity="warning",
    summary="Tables are written so that they are tables.",
    explanation="""
Without a line of dashes below its head that has as many cells, a table is a paragraph: all rows run into one line, and
which column a value belongs to can no longer be seen. Found are rows between `|` where that line is missing or has
another number of cells, in a skill and in the Markdown files beside it that it names, outside of code blocks. Not
judged are single rows, rows of different lengths without such a line, and tables within lists and quotes.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL.format("")},
    good={"skills/etf-data/SKILL.md": _SKILL.format("| --- | --- |\n")},
    precision="1 of 1 finding in 867 public skills",
    check_skill=_check,
)
