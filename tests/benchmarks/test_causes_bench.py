"""The bench of causes: what it holds, and how well its failures are grouped."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from benchmarks.causes.bcubed import bcubed
from benchmarks.causes.catalogue import SNIPPETS, read_examples
from benchmarks.causes.failures import FAILURES, read_bench
from benchmarks.causes.records import read_records
from benchmarks.causes.score import by_set, distinct, groups_of, mixed_remedies, table

GUIDE = Path(__file__).parents[2] / "docs" / "grouping.md"
ROWS = read_records(FAILURES)


@pytest.fixture(scope="module")
def grouped() -> tuple[list[dict[str, Any]], list[str]]:
    rows = distinct(ROWS)
    return rows, groups_of(rows)


def test_the_failures_are_those_of_the_snippets() -> None:
    keys = ("set", "cause", "remedy", "snippet")
    assert [[row[key] for key in keys] for row in ROWS] == [[row[key] for key in keys] for row in read_bench()]


def test_a_cause_has_one_remedy_and_more_than_one_failure() -> None:
    remedies: dict[str, list[str]] = defaultdict(list)
    for row in ROWS:
        remedies[row["cause"]].append(row["remedy"])
    assert {cause for cause, found in remedies.items() if len(set(found)) != 1 or len(found) < 2} == set()


def test_no_failure_is_one_that_the_catalogue_was_written_from() -> None:
    known = {example.snippet.strip() for file in SNIPPETS.glob("*.yaml") for example in read_examples(file)}
    assert [row["snippet"] for row in ROWS if row["snippet"].strip() in known] == []


def test_the_figures_in_the_docs_are_those_of_today(grouped: tuple[list[dict[str, Any]], list[str]]) -> None:
    rows, groups = grouped
    told = GUIDE.read_text(encoding="utf-8")
    assert by_set(rows, groups) in told, "python -m benchmarks.causes.score --brief"
    assert table(rows, {"skills-lint": groups}).splitlines()[-1].split() in map(str.split, told.splitlines())


def test_what_is_joined_belongs_together(grouped: tuple[list[dict[str, Any]], list[str]]) -> None:
    rows, groups = grouped
    assert bcubed([row["cause"] for row in rows], groups).precision >= 0.95


def test_no_group_joins_causes_of_different_remedy(grouped: tuple[list[dict[str, Any]], list[str]]) -> None:
    assert [group for group, _ in mixed_remedies(*grouped)] == []
