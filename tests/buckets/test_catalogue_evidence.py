"""The evidence of the catalogue: errors that were really raised fall where their entry says.

Recorded with the libraries by `make causes`; here they are only read.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks.causes.catalogue import SNIPPETS, Example, misfit, read_examples
from benchmarks.causes.records import read_records
from skills_lint.buckets.catalogue import RAISED, load_catalogue
from skills_lint.buckets.match import Matcher

CATALOGUE = load_catalogue()
IDS = [bucket.id for bucket in CATALOGUE]
EXAMPLES: list[Example] = [example for file in sorted(SNIPPETS.glob("*.yaml")) for example in read_examples(file)]
RECORDS: list[dict[str, Any]] = read_records(RAISED)
MATCHER = Matcher(CATALOGUE)
_VALUE = re.compile(r"""'[^'\n]*'|"[^"\n]*"|\d+""")


def records_of(entry: str, kind: str) -> list[dict[str, Any]]:
    return [record for record in RECORDS if (record["entry"], record["kind"]) == (entry, kind)]


def test_no_two_entries_have_one_id() -> None:
    assert sorted(IDS) == sorted(set(IDS))


def test_every_snippet_belongs_to_an_entry() -> None:
    assert {example.entry for example in EXAMPLES} - set(IDS) == set()
    assert {example.falls for example in EXAMPLES} - {*IDS, None} == set()


def test_the_records_are_those_of_the_snippets() -> None:
    def key(entry: str, kind: str, n: int, falls: str | None, snippet: str) -> tuple[Any, ...]:
        return entry, kind, n, falls, snippet

    recorded = [key(r["entry"], r["kind"], r["n"], r["falls"], r["snippet"]) for r in RECORDS]
    written = [key(e.entry, e.kind, e.n, e.falls, e.snippet) for e in EXAMPLES]
    assert sorted(map(repr, recorded)) == sorted(map(repr, written)), "make causes"


@pytest.mark.parametrize("entry", IDS)
def test_an_entry_has_two_errors_that_were_really_raised_and_a_near_miss(entry: str) -> None:
    assert len(records_of(entry, "raised")) >= 2
    assert len(records_of(entry, "near")) >= 1
    assert all(record["falls"] != entry for record in records_of(entry, "near"))


@pytest.mark.parametrize("entry", IDS)
def test_two_errors_of_an_entry_differ_in_wording_or_situation(entry: str) -> None:
    raised = records_of(entry, "raised")
    told = {tuple(_VALUE.sub("*", str(r[key])) for key in ("exception_type", "message", "snippet")) for r in raised}
    assert len(told) >= 2, "they differ in names and numbers only"


@pytest.mark.parametrize("entry", IDS)
def test_an_error_falls_where_its_entry_says(entry: str) -> None:
    found = {
        f"{record['kind']} {record['n']}": trouble
        for record in RECORDS
        if record["entry"] == entry and (trouble := misfit(record, MATCHER)) is not None
    }
    assert found == {}


def test_a_record_tells_nothing_of_the_machine() -> None:
    places = (".venv", "/tmp/causes-", str(Path(__file__).parents[2]))
    assert [record for record in RECORDS if any(place in str(record) for place in places)] == []
