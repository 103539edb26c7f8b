"""SK603: a pitfall warns about what still happens."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ...words import counted
from ..pitfall_facts import silence
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo

_SO_LONG = 90  # days


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    for item in skill.pitfalls:
        if item.id is None or not item.advises:
            continue
        quiet = silence(item.id, skill, repo.evidence)
        if quiet is None or quiet.days < _SO_LONG or not quiet.unwarned:
            continue
        yield Finding(
            f"the bucket `{item.id}` was last seen on {quiet.last.isoformat()}, {counted(quiet.days, 'day')} before "
            f"the newest session; {counted(quiet.sessions, 'session')} since had no such failure, "
            f"{quiet.unwarned:,} of them without this skill",
            item.span,
            "if its cause is gone, delete the pitfall: an agent reads it each time",
        )


def _record(number: int, date: str, failures: dict[str, int]) -> str:
    values = {"session": f"{number:032x}", "date": date, "format": "claude-code", "model": None, "executions": 4}
    return json.dumps({**values, "failures": failures, "offered": [], "loaded": [], "hint": None, "pipeline": 1}) + "\n"


_EVIDENCE = "routines/trace_failure_triage/evidence.jsonl"
_FAILED = {"date-dtype-mismatch": 2}
_NEWER = _record(2, "2026-09-30", {})
_SKILL = """---
name: etf-data
description: Read ETF prices.
---
Open the store.

## Common pitfalls (from traces)

- `date-dtype-mismatch`: compare dates as one type.
"""

RULE = Rule(
    code="SK603",
    name="stale-pitfall",
    severity="info",
    summary="A pitfall warns about what still happens.",
    explanation="""
Every pitfall takes room in the window of a model, and the ones that no longer matter hide the ones that do. Found are
pitfalls whose bucket was seen in the evidence, but not in the 90 days up to the newest session, although there were
sessions since that did not load this skill: it is not the pitfall alone that prevents the failure. Not judged are
buckets that were never seen.
""",
    bad={_EVIDENCE: _record(1, "2026-05-01", _FAILED) + _NEWER, "skills/etf-data/SKILL.md": _SKILL},
    good={_EVIDENCE: _record(1, "2026-09-01", _FAILED) + _NEWER, "skills/etf-data/SKILL.md": _SKILL},
    preview=True,
    precision="not studied: it needs a repo's own evidence",
    check_skill=_check,
)
