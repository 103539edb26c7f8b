"""SK205: a bucket lists skills that there are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ...lines import split_lines
from ...place import Span, clearly_meant, did_you_mean
from ...skills.skill import skills_by_name
from ..diagnostic import Edit, Fix
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from ...buckets.bucket import Bucket
    from ...place import Place
    from ..repo import Repo

_KEY = re.compile(r"\s*(?P<key>\w+):(?=\s|$)")
_NEXT_BUCKET = re.compile(r"\s*- id:")


def _check(repo: Repo) -> Iterator[Finding]:
    known = skills_by_name(repo.skills)
    for bucket in repo.buckets:
        place = bucket.place
        if place is not None:
            yield from (_finding(bucket, place, name, known, repo) for name in bucket.skills if name not in known)


def _finding(bucket: Bucket, place: Place, name: str, known: Collection[str], repo: Repo) -> Finding:
    """Return the finding at the name itself; where that is written in another way, at the bucket's id."""
    lines = split_lines(repo.text(Path(place.file)) or "")
    first, column = place.line or 1, place.column or 1
    named = _named(name, lines, first)
    meant = clearly_meant(name, known) if named else None
    fix = Fix(f"list `{meant}`", (Edit(named, meant),), safe=False) if named and meant else None
    near = did_you_mean(name, known)
    return Finding(
        f"bucket `{bucket.id}` lists a skill that does not exist: `{name}`",
        named or Span(first, column, first, column + len("id")),
        f"did you mean `{near}`?" if near else "mend its `skills`, or write the skill",
        file=place.file,
        fix=fix,
    )


def _named(name: str, lines: Sequence[str], first: int) -> Span | None:
    """Return where a name stands in the `skills` of the bucket whose id is on line `first`."""
    word = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    within = False
    for number, line in enumerate(lines[first:], first + 1):
        if _NEXT_BUCKET.match(line):
            return None
        key = _KEY.match(line)
        within = key["key"] == "skills" if key else within
        found = word.search(line, key.end() if key else 0) if within else None
        if found:
            return Span(number, found.start() + 1, number, found.end() + 1)
    return None


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
    fix="unsafe",
    check_repo=_check,
)
