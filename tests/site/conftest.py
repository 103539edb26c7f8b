"""A small repo as facts, made by hand: two skills, three root causes, one report."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
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
        known=0,
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


BUCKETS = """buckets:
  - id: date-dtype-mismatch
    title: Date dtype mismatch
    match:
      - exception: TypeError
        message: not supported between instances
    cause: Dates are text here and numbers there.
    fix: Turn `trade_date` into one type.
    hint: Convert both sides first.
"""
PITFALL_SKILL = """---
name: dates
description: Filter by date.
---

# Dates

Read this first.

## Common pitfalls (from traces)

- `date-dtype-mismatch`: compare dates as one type.
"""


def make_events(session: int, error: str, code: str = "a < b", request: str = "Filter it") -> str:
    """Return a session of tool events in which one execution fails with `error`."""
    run, second = f"run-{session}", 1_795_000_000.0 + session * 86_400
    traceback = f'Traceback (most recent call last):\n  File "<stdin>", line 1, in <module>\n{error}'
    events = [
        {"event": "message", "direction": "in", "message_type": "HumanMessage", "content": request},
        {"event": "tool_start", "tool": "tool_execute_python", "args": {"code": code}},
        {
            "event": "tool_end",
            "tool": "tool_execute_python",
            "result": {"success": False, "output": "", "error": traceback},
        },
    ]
    return "".join(json.dumps({"ts": second + n, "run_id": run, **event}) + "\n" for n, event in enumerate(events))


def write_repo(folder: Path, files: dict[str, str]) -> Path:
    """Write a repo with one bucket, one skill and the traces of three sessions; `files` adds to it or replaces."""
    error = "TypeError: '<' not supported between instances of 'str' and 'int'"
    defaults = {
        "skills-lint.toml": 'publish = "examples"\nbuckets = "buckets.yaml"\n',
        "mkdocs.yml": "site_name: Small\ntheme:\n  name: material\n  font: false\nplugins: [search, skills-lint]\n",
        "docs/about.md": "# About\n\nA small repo.\n",
        "buckets.yaml": BUCKETS,
        "skills/dates/SKILL.md": PITFALL_SKILL,
        **{f"traces/{n}.jsonl": make_events(n, error) for n in range(3)},
    }
    for name, content in (defaults | files).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def build_repo(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Build the site of a repo into `folder/site`, as a user would."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )


@pytest.fixture(scope="session")
def events() -> Callable[..., str]:
    return make_events


@pytest.fixture(scope="session")
def repo() -> Callable[[Path, dict[str, str]], Path]:
    return write_repo


@pytest.fixture(scope="session")
def build() -> Callable[..., subprocess.CompletedProcess[str]]:
    return build_repo
