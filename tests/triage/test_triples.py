"""Three phrasings of one cause give one group; three causes under one preamble give three.

The failures were raised by the libraries that each record names; their snippets are in benchmarks/causes/triples.yaml.
"""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.causes.failures import TRIPLES, read_triples
from benchmarks.causes.records import read_records
from benchmarks.causes.score import groups_of

Row = dict[str, Any]

ROWS = read_records(TRIPLES)


def triples(groups: int) -> list[str]:
    """Return the names of the sets that are to give so many groups."""
    names = dict.fromkeys(row["triple"] for row in ROWS if row["groups"] == groups)
    return list(names)


@pytest.fixture(scope="module")
def grouped() -> list[tuple[Row, str]]:
    """Each failure with the group that `skills-lint group` gives it."""
    return list(zip(ROWS, groups_of(ROWS), strict=True))


def groups_in(grouped: list[tuple[Row, str]], groups: int, name: str) -> dict[str, str]:
    """Return the group of each failure of a set, by what it said."""
    return {
        f"{row['exception_type']}: {row['message']} ({row['snippet']})": group
        for row, group in grouped
        if (row["groups"], row["triple"]) == (groups, name)
    }


@pytest.mark.parametrize("name", triples(1))
def test_three_phrasings_of_one_cause_give_one_group(grouped: list[tuple[Row, str]], name: str) -> None:
    found = groups_in(grouped, 1, name)
    assert (len(found), len(set(found.values()))) == (3, 1), found


@pytest.mark.parametrize("name", triples(3))
def test_three_causes_under_one_preamble_give_three_groups(grouped: list[tuple[Row, str]], name: str) -> None:
    found = groups_in(grouped, 3, name)
    assert (len(found), len(set(found.values()))) == (3, 3), found


def test_the_failures_are_those_of_the_snippets() -> None:
    keys = ("groups", "triple", "snippet")
    assert [[row[key] for key in keys] for row in ROWS] == [[row[key] for key in keys] for row in read_triples()]
