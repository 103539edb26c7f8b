"""SK001: the file can be read, as text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...place import Span
from ...skills.parse import BOM_ERROR
from ..diagnostic import Edit, Fix
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import ParseError, Skill
    from ..repo import Repo

_WITHOUT_MARK = Fix("delete the byte order mark", (Edit(Span(1, 0, 1, 1), ""),), safe=True)


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    if skill.error and skill.error.kind == "file":
        yield _finding(skill.error)
    for side in repo.side_files(skill):
        flaw = repo.flaw(side.path)
        if flaw is not None and flaw != BOM_ERROR:  # it hides nothing where there is no frontmatter
            yield replace(_finding(flaw), file=side.file)


def _finding(error: ParseError) -> Finding:
    span = Span(error.line, error.column, error.line, error.column + 1)
    return Finding(error.message, span, error.way_out, fix=_WITHOUT_MARK if error == BOM_ERROR else None)


RULE = Rule(
    code="SK001",
    name="unreadable-file",
    severity="error",
    summary="A skill is a file of UTF-8 text that can be read.",
    explanation="""
An agent that cannot read a skill goes on without it, and says nothing. Found are files that cannot be opened, are empty
or binary, are not UTF-8, hold a NUL byte, or begin with a byte order mark, behind which many readers do not see the
frontmatter. Pipes, devices and links that lead out of the repo are found too, and never
read. Markdown files beside a skill that it names are judged by their bytes.
""",
    bad={
        "skills/etf-data/SKILL.md": "\ufeff---\nname: etf-data\ndescription: Read ETF prices.\n---\nOpen the store.\n"
    },
    good={"skills/etf-data/SKILL.md": "---\nname: etf-data\ndescription: Read ETF prices.\n---\nOpen the store.\n"},
    fix="safe",
    check_skill=_check,
)
