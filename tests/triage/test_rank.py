from __future__ import annotations

import datetime
from pathlib import Path

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.buckets.bucket import Bucket
from skills_lint.errors.fault import Fault
from skills_lint.errors.reading import Reading
from skills_lint.evidence import SessionRecord
from skills_lint.shipped import load_schema
from skills_lint.triage.output import as_json
from skills_lint.triage.rank import Known, rank
from skills_lint.triage.result import TriageResult

DAY = datetime.date(2026, 11, 20)


def session(number: int, *, days_ago: int = 0, executions: int = 5, **failures: int) -> SessionRecord:
    named = {id_.replace("_", "-"): count for id_, count in failures.items()}
    return SessionRecord(f"{number:016x}", DAY - datetime.timedelta(days_ago), "events", None, executions, named)


def triage(*records: SessionRecord, buckets: tuple[Bucket, ...] = (), days: int = 30) -> TriageResult:
    return rank(records, (), buckets, days=days, known=Known(0, len(records)))


def test_a_cause_in_more_sessions_ranks_before_one_with_more_failures() -> None:
    result = triage(*(session(n, wide=1) for n in range(4)), *(session(9 + n, loud=20) for n in range(3)))
    assert [bucket.id for bucket in result.buckets] == ["wide", "loud"]


def test_a_cause_of_one_session_is_not_at_the_top_where_there_are_five() -> None:
    result = triage(session(0, once=9), *(session(n, often=1) for n in range(1, 6)))
    assert [bucket.id for bucket in result.top] == ["often"]
    assert result.other == 9


def test_sessions_before_the_window_do_not_count() -> None:
    result = triage(session(0), session(1, days_ago=29, old=1), session(2, days_ago=30, older=1))
    assert (result.sessions, result.executions, result.failures) == (2, 10, 1)
    assert result.start == DAY - datetime.timedelta(days=29)


def test_no_more_than_five_are_at_the_top_and_small_ones_do_not_pad() -> None:
    many = {f"cause_{letter}": 10 for letter in "abcdefg"}
    assert len(triage(session(0, **many), session(1, **many)).top) == 5
    few = {"a": 40, "b": 40, "c": 40, "d": 1}
    assert [bucket.id for bucket in triage(session(0, **few), session(1, **few)).top] == ["a", "b", "c"]


def test_an_exit_status_that_names_no_cause_is_never_at_the_top() -> None:
    key = Reading(Fault(None, None, None, None, None, 1)).signature.key
    records = [SessionRecord(f"{n:016x}", DAY, "events", None, 5, {key: 3, "named": 1}) for n in range(6)]
    assert [bucket.id for bucket in triage(*records).top] == ["named"]


@given(st.permutations(list(range(8))))
def test_the_order_of_the_sessions_does_not_matter(order: list[int]) -> None:
    records = [session(n, days_ago=n, a=1 + n % 3, b=1) for n in range(8)]
    assert triage(*(records[n] for n in order)).buckets == triage(*records).buckets


def test_shares_are_of_all_failures_and_add_up() -> None:
    result = triage(session(0, a=3, b=1), session(1, a=1))
    assert {bucket.id: bucket.share for bucket in result.buckets} == {"a": 0.8, "b": 0.2}
    assert sum(bucket.count for bucket in result.buckets) == result.failures == 5


def test_the_json_keeps_its_schema() -> None:
    jsonschema.Draft202012Validator(load_schema("triage")).validate(as_json(triage(session(0, a=3), session(1, a=1))))


def test_the_schema_is_a_schema() -> None:
    for path in (Path(__file__).parents[2] / "schemas").glob("*.json"):
        jsonschema.Draft202012Validator.check_schema(load_schema(path.name.removesuffix(".schema.json")))
