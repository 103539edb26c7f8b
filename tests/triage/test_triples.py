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
NOT_YET = {  # what is in the way
    (1, "more memory than there is"): "torch's allocator has a bucket of its own",
    (1, "tensors of other shapes"): "the input of a layer has a bucket of its own",
    (1, "arrays of other shapes"): "broadcasting, products and stacking have a bucket each",
    (1, "text that is no number"): "pandas' own words have a bucket of their own",
    (1, "times with and without a zone"): "pandas' own words have a bucket of their own",
    (1, "package that is not installed"): "BeautifulSoup's parsers are not known as packages",
    (1, "code that was cut off"): "brackets and texts have a bucket each",
    (1, "input that breaks a model"): "a missing field has a bucket of its own",
    (3, "object is not callable"): "a name that hides a builtin and a value called like a function share a bucket",
}


def triples(groups: int) -> list[Any]:
    """Return the names of the sets that are to give so many groups."""
    names = dict.fromkeys(row["triple"] for row in ROWS if row["groups"] == groups)
    return [
        pytest.param(name, marks=pytest.mark.xfail(reason=NOT_YET[groups, name])) if (groups, name) in NOT_YET else name
        for name in names
    ]


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
