"""SK001: the file can be read, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...place import Span
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    error = skill.error
    if error and error.kind == "file":
        yield Finding(error.message, Span(error.line, error.column, error.line, error.column + 1), error.way_out)


RULE = Rule(
    code="SK001",
    name="unreadable-file",
    severity="error",
    summary="A skill is a file of UTF-8 text that can be read.",
    explanation="""
An agent that cannot read a skill goes on without it, and says nothing. Found are files that cannot be opened, are empty
or binary, are not UTF-8, hold a NUL byte, or begin with a byte order mark, behind which many readers do not see the
frontmatter. Pipes, devices and links that lead out of the repo are found too, and never read.
""",
    bad={
        "skills/etf-data/SKILL.md": "\ufeff---\nname: etf-data\ndescription: Read ETF prices.\n---\nOpen the store.\n"
    },
    good={"skills/etf-data/SKILL.md": "---\nname: etf-data\ndescription: Read ETF prices.\n---\nOpen the store.\n"},
    check_skill=_check,
)
