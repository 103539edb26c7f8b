"""SK205: a bucket lists skills that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...place import Span, did_you_mean
from ...skills.skill import skills_by_name
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..repo import Repo


def _check(repo: Repo) -> Iterator[Finding]:
    known = skills_by_name(repo.skills)
    for bucket in repo.buckets:
        place = bucket.place
        if place is None or place.line is None:
            continue
        column = place.column or 1
        for name in bucket.skills:
            if name not in known:
                near = did_you_mean(name, known)
                yield Finding(
                    f"bucket `{bucket.id}` lists a skill that does not exist: `{name}`",
                    Span(place.line, column, place.line, column + len("id")),
                    f"did you mean `{near}`?" if near else "mend its `skills`, or write the skill",
                    file=place.file,
                )


_BUCKETS = """buckets:
  - id: date-dtype-mismatch
    title: Date dtype mismatch
    match:
      - exception: TypeError
    cause: Dates are stored as text.
    fix: Turn them into dates.
    hint: Convert both sides first.
    skills: [{}]
"""
_SKILL = """---
name: etf-data
description: Read ETF prices.
---
Open the store.

## Common pitfalls (from traces)

None seen yet.
"""

RULE = Rule(
    code="SK205",
    name="bucket-unknown-skill",
    severity="error",
    summary="The skills that a bucket lists exist.",
    explanation="""
A bucket that lists skills is covered only when each of them has a pitfall for it, which a skill that does not exist
never has. A skill is known by its name and by its folder's.
""",
    bad={
        "routines/trace_failure_triage/buckets.yaml": _BUCKETS.format("eft-data"),
        "skills/etf-data/SKILL.md": _SKILL,
    },
    good={
        "routines/trace_failure_triage/buckets.yaml": _BUCKETS.format("etf-data"),
        "skills/etf-data/SKILL.md": _SKILL,
    },
    check_repo=_check,
)
