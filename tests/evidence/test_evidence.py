from __future__ import annotations

import datetime
import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.evidence import SessionRecord, merge, read_evidence, session_hash, write_evidence
from skills_lint.place import InputError
from skills_lint.shipped import load_schema

words = st.text(max_size=12)
records = st.builds(
    SessionRecord,
    session=words.map(session_hash),
    date=st.none() | st.dates(),
    format=words,
    model=st.none() | words,
    executions=st.integers(0, 10**6),
    failures=st.dictionaries(words, st.integers(1, 99), max_size=3),
    offered=st.lists(words, max_size=2).map(tuple),
    loaded=st.lists(words, max_size=2).map(tuple),
    hint=st.sampled_from([None, "given", "withheld"]),
)


@given(st.lists(records, max_size=6))
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, some: list[SessionRecord]) -> None:
    path = tmp_path_factory.mktemp("evidence") / "evidence.jsonl"
    kept = merge((), some)
    write_evidence(path, kept)
    assert read_evidence(path, "evidence.jsonl") == kept
    validator = jsonschema.Draft202012Validator(load_schema("evidence"))
    for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
        validator.validate(json.loads(line))


@given(st.lists(records, max_size=6), st.lists(records, max_size=6))
def test_merging_again_changes_nothing_and_a_session_counts_once(
    old: list[SessionRecord], new: list[SessionRecord]
) -> None:
    once = merge(old, new)
    assert merge(once, new) == once
    assert len({record.session for record in once}) == len(once)


@pytest.mark.parametrize("line", ["{", "[]", "{}", "<<<<<<< HEAD", '{"session": 1, "date": "x"}'])
def test_a_broken_line_is_an_error_that_names_it(tmp_path: Path, line: str) -> None:
    path = tmp_path / "evidence.jsonl"
    write_evidence(path, [SessionRecord("0" * 16, datetime.date(2026, 11, 2), "events", None, 1)])
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(InputError) as error:
        read_evidence(path, "evidence.jsonl")
    assert str(error.value.place) == "evidence.jsonl:2"


def test_no_file_is_no_evidence(tmp_path: Path) -> None:
    assert read_evidence(tmp_path / "none.jsonl", "none.jsonl") == ()
