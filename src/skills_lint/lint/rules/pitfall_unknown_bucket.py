"""SK203: a pitfall names a bucket that there is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...buckets.catalogue import load_catalogue
from ...place import clearly_meant, did_you_mean
from ..diagnostic import Edit, Fix
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo

_DISCOVERED = re.compile(r"[0-9a-f]{12}")  # the hash of a signature: known from traces, which no rule reads


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    if not repo.has_buckets:
        return
    declared_ids = {bucket.id for bucket in repo.buckets}
    for item in skill.pitfalls:
        if item.id is None or item.id in declared_ids or _DISCOVERED.fullmatch(item.id):
            continue
        catalogue_ids = {bucket.id for bucket in load_catalogue()}
        if item.id in catalogue_ids:
            continue
        near = did_you_mean(item.id.lower(), declared_ids | catalogue_ids)
        meant = clearly_meant(item.id.lower(), declared_ids | catalogue_ids)
        declared = f"buckets are declared in {repo.config.buckets}, or in the built-in catalogue"
        yield Finding(
            f"pitfall names no known bucket: `{item.id}`",
            item.span,
            f"did you mean `{near}`? {declared[0].upper()}{declared[1:]}" if near else declared,
            fix=Fix(f"name the bucket `{meant}`", (Edit(item.span, meant),), safe=False) if meant else None,
        )


_BUCKETS = """buckets:
  - id: date-dtype-mismatch
    title: Date dtype mismatch
    match:
      - exception: TypeError
    cause: Dates are stored as text.
    fix: Turn them into dates.
    hint: Convert both sides first.
"""
_SKILL = """---
name: etf-data
description: Read ETF prices.
---
Open the store.

## Common pitfalls (from traces)

- `{}`: compare dates as one type.
"""

RULE = Rule(
    code="SK203",
    name="pitfall-unknown-bucket",
    severity="error",
    summary="A pitfall names a bucket that there is.",
    explanation="""
A pitfall covers the bucket whose id it begins with: one that the repo declares, or one of the built-in catalogue.
With an id that no bucket has it covers nothing, and the gate goes on failing. Not judged without a bucket file, nor
is the hash of a group that was discovered and not yet promoted.
""",
    bad={
        "routines/trace_failure_triage/buckets.yaml": _BUCKETS,
        "skills/etf-data/SKILL.md": _SKILL.format("date-dtyp-mismatch"),
    },
    good={
        "routines/trace_failure_triage/buckets.yaml": _BUCKETS,
        "skills/etf-data/SKILL.md": _SKILL.format("date-dtype-mismatch"),
    },
    fix="unsafe",
    check_skill=_check,
)
