"""SK605: a pitfall says what to do, and not only what to avoid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo

_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)[^`]+\1(?!`)")
_CLAUSE = re.compile(r"[.!?;:](?:\s+|$)|\n|\s[–—-]\s|→|=>")
_FORBIDS = re.compile(
    r"(?i)[\s*_]*(?:please\s+)?(?:do\s+not|don['’]t|never|avoid|must\s+not|mustn['’]t|should\s+not|shouldn['’]t"
    r"|stop|beware\s+of|watch\s+out\s+for|be\s+careful\s+(?:with|not)|refrain\s+from)\b"
)
# With these a sentence says in its own way what to do.
_TELLS = re.compile(
    r"(?i)\b(?:instead|rather|but|only|use|by|without|before|until|unless|first|except|always|prefer|and|forget|fail|skip"
    r"|omit)\b"
)


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    for item in skill.pitfalls:
        if item.id is not None and item.advises and _only_forbids(item.text):
            yield Finding(
                f"the pitfall `{item.id}` says only what to avoid",
                item.span,
                "say what to do instead: an agent that must do the task looks for another way, and finds any",
            )


def _only_forbids(text: str) -> bool:
    clauses = [clause for clause in _CLAUSE.split(_CODE.sub("x", text)) if clause and clause.strip(" \t*_`>-")]
    return bool(clauses) and all(_FORBIDS.match(clause) and not _TELLS.search(clause) for clause in clauses)


_SKILL = """---
name: etf-data
description: Read ETF prices.
---
Open the store.

## Common pitfalls (from traces)

- `date-dtype-mismatch`: never compare dates of different types{}.
"""

RULE = Rule(
    code="SK605",
    name="pitfall-only-forbids",
    severity="warning",
    summary="A pitfall says what to do, and not only what to avoid.",
    explanation="""
An agent that is told what not to do still has its task, and takes the next way that it can think of. Found are pitfalls
of which every sentence begins with `do not`, `never`, `avoid` or the like, and none goes on with what is right. A
sentence with words such as `instead`, `but`, `only`, `before` or `without` is taken to say it.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL.format("")},
    good={"skills/etf-data/SKILL.md": _SKILL.format("; convert both to dates first")},
    preview=True,
    precision="not studied: it needs a repo's own pitfalls",
    check_skill=_check,
)
