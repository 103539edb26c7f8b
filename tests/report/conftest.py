"""A small triage result, made by hand."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from skills_lint.coverage.result import BucketCoverage, Coverage, Pitfall
from skills_lint.errors.fault import Fault
from skills_lint.place import Place
from skills_lint.traces.result import Failure
from skills_lint.triage.result import Assigned, BucketCount, TriageResult

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = datetime.date(2026, 11, 20)


def make_example(message: str, file: str = "traces/a.jsonl") -> Assigned:
    fault = Fault("BinderError", "duckdb.BinderError", message, f"BinderError: {message}", "con.sql(query)")
    failure = Failure(file, 12, None, "tool-events", "s1", "2026-11-20T10:00:00Z", "python", fault, "plot it", ())
    return Assigned(failure, f"BinderError: {message}", "abc123", "sql-binder")


def make_bucket(**changes: object) -> BucketCount:
    values: dict[str, object] = {
        "id": "sql-binder",
        "title": "Column not found in SQL",
        "source": "repo",
        "remedy": "skill",
        "count": 6,
        "share": 0.6,
        "sessions": 4,
        "first_seen": datetime.date(2026, 11, 2),
        "last_seen": DAY,
        "by_day": {datetime.date(2026, 11, 2): 2, DAY: 4},
        "signature": "BinderError: column <name> not found",
        "cause": "The query names a column that `prices` does not have.",
        "fix": "Read the schema first.",
        "hint": "Run DESCRIBE prices.",
        "examples": (make_example("column foo not found"),),
        "top": True,
    }
    return BucketCount(**{**values, **changes})  # type: ignore[arg-type]


def make_triage(*buckets: BucketCount) -> TriageResult:
    return TriageResult(
        pipeline=1,
        start=datetime.date(2026, 10, 22),
        end=DAY,
        sessions=20,
        executions=80,
        failures=10,
        assigned=(),
        buckets=buckets,
        other=10 - sum(bucket.count for bucket in buckets if bucket.top),
        from_traces=18,
        from_evidence=2,
    )


def make_coverage(*buckets: BucketCount, covered: bool = True) -> Coverage:
    return Coverage(
        tuple(
            BucketCoverage(
                bucket,
                (Pitfall(bucket.id, "sql-store", "Read the schema first.", Place("skills/sql/SKILL.md", 30, 4)),)
                if covered
                else (),
                (),
                covered,
                False,
                None if covered else f"skills-lint upgrade {bucket.id} --write",
            )
            for bucket in buckets
        )
    )


@pytest.fixture
def bucket() -> Callable[..., BucketCount]:
    return make_bucket


@pytest.fixture
def example() -> Callable[..., Assigned]:
    return make_example


@pytest.fixture
def triage() -> Callable[..., TriageResult]:
    return make_triage


@pytest.fixture
def coverage() -> Callable[..., Coverage]:
    return make_coverage
