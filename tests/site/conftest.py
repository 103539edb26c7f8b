"""A small repo as facts, made by hand: two skills, three root causes, one report."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from skills_lint.buckets.bucket import Bucket
from skills_lint.coverage.cover import cover
from skills_lint.errors.fault import Fault
from skills_lint.lint.diagnostic import Diagnostic
from skills_lint.report.figures import figures_of
from skills_lint.site.build import build_site
from skills_lint.site.facts import Assessment, Facts
from skills_lint.skills.parse import parse_skill
from skills_lint.traces.result import Attempt, Failure, ScanResult, Skipped
from skills_lint.triage.result import Assigned, BucketCount, TriageResult

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = datetime.date(2026, 11, 20)
SKILL = """---
name: {name}
description: How to use {name}.
---

# {name}

See [the other skill](../dates/SKILL.md#when-to-use) and [a script](scripts/run.py).

## When to use

```python
print("{name}")
```

## Common pitfalls (from traces)

{pitfalls}
"""
TRACEBACK = (
    'Traceback (most recent call last):\n  File "<stdin>", line 1, in <module>\nBinderError: column foo not found'
)


def make_failure(**changes: object) -> Failure:
    fault = Fault("BinderError", "duckdb.BinderError", "column foo not found", TRACEBACK, "con.sql('select foo')")
    after = (Attempt(14, None, False, "con.sql('select bar')", None),)
    failure = Failure(
        "traces/a.jsonl", 12, None, "tool-events", "s1", "2026-11-20T10:00:00Z", "python", fault, "Plot foo", after
    )
    return replace(failure, **changes)  # type: ignore[arg-type]


def make_bucket(name: str, title: str, count: int, **changes: object) -> BucketCount:
    bucket = BucketCount(
        id=name,
        title=title,
        source="repo",
        remedy="skill",
        count=count,
        share=count / 10,
        sessions=4,
        first_seen=datetime.date(2026, 11, 2),
        last_seen=DAY,
        by_day={datetime.date(2026, 11, 2): 1, DAY: count - 1},
        signature="BinderError: column <name> not found",
        cause="The query names a column that `prices` does not have.",
        fix="Read the schema first.",
        hint="Run DESCRIBE prices.",
        examples=(Assigned(make_failure(), "BinderError: column <name> not found", "abc123", name),),
        top=True,
    )
    return replace(bucket, **changes)  # type: ignore[arg-type]


def make_facts(folder: Path, **changes: object) -> Facts:
    """Return facts about a repo in `folder`, whose two skills are written there."""
    skills = []
    for name, pitfalls in (("sql-store", "- `sql-binder`: read the schema first."), ("dates", "None seen yet.")):
        path = folder / "skills" / name / "SKILL.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SKILL.format(name=name, pitfalls=pitfalls), encoding="utf-8")
        skills.append(parse_skill(path, str(path)))
    file = skills[0].file
    buckets = (
        make_bucket("sql-binder", "Column not found in SQL", 6),
        make_bucket("date-dtype-mismatch", "Date dtype mismatch", 3),
        make_bucket("abc123", "KeyError: 'foo'", 1, source="discovered", top=False),
    )
    triage = TriageResult(1, datetime.date(2026, 10, 22), DAY, 20, 80, 10, (), buckets, 1, 20, 0)
    coverage = cover(triage, (), skills)
    facts = Facts(
        root=folder,
        publish="examples",
        skills=tuple(skills),
        diagnostics=(Diagnostic(file, 7, 1, 7, 3, "SK101", "frontmatter-schema", "error", "found `x`", "write `y`"),),
        buckets=(Bucket("never-seen", "Never seen", (), "No idea.", "None.", "None."),),
        scan=ScanResult(18, 200, 80, 9, (Skipped("traces/a.jsonl", 3, "not JSON"),), (), ()),
        assessment=Assessment(triage, coverage),
        reports=(replace(figures_of(DAY, triage, coverage, files=18, publish="examples"), file="2026-11-20.md"),),
    )
    return replace(facts, **changes)  # type: ignore[arg-type]


def pages_of(facts: Facts) -> dict[str, str]:
    """Return the HTML of every page by its address; a link is the address that it leads to."""
    site = build_site(facts, overview="index.md", documents={})
    links = site.links(lambda uri: uri)
    return {page.uri: str(page.body(links)) for page in site.pages}


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    return make_facts(tmp_path)


@pytest.fixture
def pages() -> Callable[[Facts], dict[str, str]]:
    return pages_of


@pytest.fixture
def failure() -> Callable[..., Failure]:
    return make_failure


@pytest.fixture
def bucket() -> Callable[..., BucketCount]:
    return make_bucket
