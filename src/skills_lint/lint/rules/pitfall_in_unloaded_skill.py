"""SK604: a pitfall stands where those who fail read it."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from ...words import counted
from ..pitfall_facts import failed_with, loaded, offered
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...evidence import SessionRecord
    from ...skills.skill import Skill
    from ..repo import Repo

_FEWEST = 2  # sessions: one may have been an accident


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    for item in skill.pitfalls:
        if item.id is None or not item.advises:
            continue
        failed = failed_with(item.id, repo.evidence)
        carriers = [other for other in repo.skills if any(each.id == item.id for each in other.pitfalls)]
        if len(failed) < _FEWEST or any(loaded(other, record) for other in carriers for record in failed):
            continue
        shown = sum(offered(skill, record) for record in failed)
        yield Finding(
            f"{counted(len(failed), 'session')} failed with `{item.id}` and tell which skills they loaded; none loaded "
            f"this one{f', though it was offered to {shown:,}' if shown else ''}",
            item.span,
            _way_out(failed),
        )


def _way_out(failed: Sequence[SessionRecord]) -> str:
    often = Counter(name for record in failed for name in set(record.loaded))
    if not often:
        return "they loaded no skill: let the description say when this one is needed"
    name, times = min(often.items(), key=lambda pair: (-pair[1], pair[0]))
    return (
        f"put the pitfall into `{name}`, which {times:,} of them loaded, or let the description say when this is needed"
    )


def _record(number: int, loaded_skills: list[str]) -> str:
    values = {"session": f"{number:032x}", "date": "2026-09-30", "format": "claude-code", "model": None}
    counts = {"executions": 4, "failures": {"date-dtype-mismatch": 2}, "hint": None, "pipeline": 1}
    return json.dumps({**values, **counts, "offered": ["etf-data", "reports"], "loaded": loaded_skills}) + "\n"


_EVIDENCE = "routines/trace_failure_triage/evidence.jsonl"
_SKILL = """---
name: etf-data
description: Read ETF prices.
---
Open the store.

## Common pitfalls (from traces)

- `date-dtype-mismatch`: compare dates as one type.
"""

RULE = Rule(
    code="SK604",
    name="pitfall-in-unloaded-skill",
    severity="info",
    summary="A pitfall stands in a skill that the failing sessions load.",
    explanation="""
A pitfall helps only those who read it. Found are pitfalls whose bucket two or more sessions failed with that tell which
skills they were offered or loaded, none of which loaded a skill with this pitfall. Either it belongs into the skill
that they did load, or the description of this one does not say that it is needed. Traces that tell nothing of skills
are not judged.
""",
    bad={_EVIDENCE: _record(1, ["reports"]) + _record(2, []), "skills/etf-data/SKILL.md": _SKILL},
    good={_EVIDENCE: _record(1, ["reports"]) + _record(2, ["etf-data"]), "skills/etf-data/SKILL.md": _SKILL},
    preview=True,
    precision="not studied: it needs a repo's own evidence",
    check_skill=_check,
)
