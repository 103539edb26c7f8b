"""SK204: a pitfall says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    for item in skill.pitfalls:
        if item.id is not None and not item.advises:
            said = "has only a note to the author behind" if item.text else "says nothing after"
            yield Finding(
                f"the pitfall `{item.id}` {said} its id, and so covers nothing",
                item.span,
                f"go on with advice: `{item.id}`: what goes wrong, and what to do instead",
            )


_SKILL = """---
name: etf-data
description: Read ETF prices.
---
Open the store.

## Common pitfalls (from traces)

- `date-dtype-mismatch`{}
"""

RULE = Rule(
    code="SK204",
    name="pitfall-without-advice",
    severity="error",
    summary="A pitfall goes on with advice after its id.",
    explanation="""
An id alone, or one with a note that the advice is still to come (`TODO`, `FIXME`, `TBD`), teaches an agent nothing. It
does not count as coverage either.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL.format(":")},
    good={"skills/etf-data/SKILL.md": _SKILL.format(": compare dates as one type.")},
    check_skill=_check,
)
