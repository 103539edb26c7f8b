from __future__ import annotations

import contextlib
import datetime
import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.evidence import SessionRecord, merge, read_evidence, write_evidence
from skills_lint.place import InputError
from skills_lint.shipped import load_schema

words = st.text(max_size=12)
records = st.builds(
    SessionRecord,
    session=st.integers(0, 2**64 - 1).map("{:016x}".format),
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
    assert read_evidence(path) == kept
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


@pytest.mark.parametrize(
    "line", ["{", "[]", "{}", "<<<<<<< HEAD", "Infinity", "[" * 99_999, '{"session": 1, "date": "x"}']
)
def test_a_broken_line_is_an_error_that_names_it(tmp_path: Path, line: str) -> None:
    path = tmp_path / "evidence.jsonl"
    write_evidence(path, [SessionRecord("0" * 16, datetime.date(2026, 11, 2), "events", None, 1)])
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(InputError) as error:
        read_evidence(path)
    assert str(error.value.place).endswith("evidence.jsonl:2")


def test_no_file_is_no_evidence(tmp_path: Path) -> None:
    assert read_evidence(tmp_path / "none.jsonl") == ()


GOOD = {
    "session": "0" * 16, "date": None, "format": "events", "model": None, "executions": 1, "failures": {"a": 1},
    "offered": [], "loaded": [], "hint": None, "pipeline": 1,
}  # fmt: skip


@pytest.mark.parametrize(
    "odd",
    [
        {"executions": "7"}, {"executions": -1}, {"executions": True}, {"failures": {"a": 0}}, {"failures": []},
        {"offered": "abc"}, {"loaded": [1]}, {"hint": "whatever"}, {"date": "2026-02-30"}, {"date": 5}, {"pipeline": 0},
    ],
)  # fmt: skip
def test_a_value_of_another_kind_is_refused(tmp_path: Path, odd: dict[str, object]) -> None:
    path = tmp_path / "evidence.jsonl"
    path.write_text(json.dumps(GOOD) + "\n", encoding="utf-8")
    assert len(read_evidence(path)) == 1
    path.write_text(json.dumps({**GOOD, **odd}) + "\n", encoding="utf-8")
    with pytest.raises(InputError):
        read_evidence(path)


@given(st.text())
def test_any_line_is_a_record_or_a_clear_error(tmp_path_factory: pytest.TempPathFactory, line: str) -> None:
    path = tmp_path_factory.mktemp("evidence") / "evidence.jsonl"
    path.write_text(line, encoding="utf-8")
    with contextlib.suppress(InputError):
        read_evidence(path)


def test_recording_again_keeps_whether_hints_were_given() -> None:
    old = SessionRecord("0" * 16, None, "events", None, 1, hint="withheld")
    (merged,) = merge([old], [SessionRecord("0" * 16, None, "events", None, 2)])
    assert (merged.executions, merged.hint) == (2, "withheld")


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="cannot write the evidence"):
        write_evidence(tmp_path / "file" / "evidence.jsonl", [])
