"""How agents got out of failures, from sessions made by hand."""

from __future__ import annotations

import datetime

import jsonschema
import pytest

from skills_lint.errors.fault import Fault
from skills_lint.evidence import SessionRecord
from skills_lint.shipped import load_schema
from skills_lint.traces.result import Attempt, Failure
from skills_lint.triage.got_out import as_lines, duration
from skills_lint.triage.output import as_json, as_text
from skills_lint.triage.rank import Known, by_cost, rank
from skills_lint.triage.recovery import recoveries
from skills_lint.triage.result import Assigned, BucketRecovery, TriageResult

DAY = datetime.date(2026, 11, 20)
WRONG = "late = df[df['day'] > 20240101]"
RIGHT = "late = df[df['day'].astype(int) > 20240101]"


def at(second: int | None) -> str | None:
    return None if second is None else f"2026-11-20T10:{second // 60:02}:{second % 60:02}Z"


def attempt(line: int, code: str | None, second: int | None, *, failed: bool = False) -> Attempt:
    return Attempt(line, None, failed, code, at(second))


def failed(
    *after: Attempt,
    line: int = 1,
    second: int | None = 0,
    code: str | None = WRONG,
    session: str = "s",
    bucket: str = "b",
) -> Assigned:
    fault = Fault("TypeError", "TypeError", "'>' not supported", None, code)
    failure = Failure("a.jsonl", line, None, "events", session, at(second), "python", fault, None, after, session)
    return Assigned(failure, "TypeError: '>' not supported", "k", bucket)


def triage(*assigned: Assigned, more: int = 0) -> TriageResult:
    """Return a triage of failures in traces, and of `more` that are known from evidence alone, in bucket `e`."""
    found: dict[str, dict[str, int]] = {}
    for item in assigned:
        own = found.setdefault(item.failure.session_key, {})
        own[item.bucket] = own.get(item.bucket, 0) + 1
    records = [SessionRecord(session, DAY, "events", None, 9, counts) for session, counts in found.items()]
    records += [SessionRecord("evidence", DAY, "events", None, 9, {"e": more})] * bool(more)
    return rank(records, assigned, (), days=30, known=Known(len(found), bool(more)))


def recovery(*assigned: Assigned) -> BucketRecovery:
    return recoveries(triage(*assigned))["b"]


def test_attempts_and_time_are_those_until_what_failed_succeeds() -> None:
    found = recovery(
        failed(attempt(2, "df[0]", 20, failed=True), attempt(3, RIGHT, 60)),
        failed(attempt(2, RIGHT, 10), session="t"),
        failed(attempt(2, RIGHT, 20), session="u"),
    )
    assert (found.failures, found.recovered, found.attempts, found.seconds) == (3, 3, 1, 20)


def test_a_session_that_gave_up_or_went_on_to_something_else_did_not_recover() -> None:
    gave_up = failed(attempt(2, WRONG, 5, failed=True))
    elsewhere = failed(attempt(2, "print(1)", 5), session="t")
    last = failed(session="u")
    found = recovery(gave_up, elsewhere, last)
    assert (found.failures, found.recovered, found.attempts, found.seconds, found.pairs) == (3, 0, None, None, ())


def test_failures_without_code_are_counted_and_not_judged() -> None:
    found = recovery(failed(attempt(2, RIGHT, 5), code=None), failed(attempt(2, None, 5), session="t"))
    assert (found.failures, found.recovered) == (2, 0)


def test_pairs_that_differ_in_names_and_values_are_counted_as_one() -> None:
    other = "x = prices[prices['date'].astype(int) > 5]"
    found = recovery(
        failed(attempt(2, RIGHT, 5)),
        failed(attempt(2, RIGHT, 5), session="t"),
        failed(attempt(2, other, 5), code="x = prices[prices['date'] > 5]", session="u"),
        failed(attempt(2, "late = df[df['day'] > '20240101']", 5), session="v"),
    )
    assert [(pair.wrong, pair.right, pair.count) for pair in found.pairs] == [
        (WRONG, RIGHT, 3),
        (WRONG, "late = df[df['day'] > '20240101']", 1),
    ]
    assert [item.failure.session for item in found.pairs[0].examples] == ["s", "t", "u"]


def test_several_failures_before_one_success_count_its_edit_once_and_their_time_once() -> None:
    success = attempt(3, RIGHT, 90)
    again = "late = df[df['day'] >= 20240101]"
    found = recovery(
        failed(attempt(2, again, 30, failed=True), success), failed(success, line=2, second=30, code=again)
    )
    assert [(pair.wrong, pair.count) for pair in found.pairs] == [(again, 1)]
    assert (found.recovered, found.wasted_attempts, found.wasted_seconds) == (2, 2, 90)


def test_traces_without_times_have_attempts_only() -> None:
    found = recovery(failed(attempt(2, RIGHT, None), second=None))
    assert (found.attempts, found.seconds, found.wasted_seconds) == (1, None, None)


def test_times_that_run_backwards_are_no_times() -> None:
    assert recovery(failed(attempt(2, RIGHT, 5), second=50)).wasted_seconds is None


def test_what_comes_first_by_cost_is_what_wasted_most_executions_then_time() -> None:
    long = [attempt(line, WRONG, line, failed=True) for line in range(2, 8)]
    result = triage(
        failed(attempt(2, RIGHT, 5), bucket="often"),
        failed(attempt(2, RIGHT, 5), bucket="often", session="t"),
        failed(*long, bucket="long", session="u"),
        failed(attempt(2, RIGHT, 500), bucket="slow", session="v"),
        failed(attempt(2, RIGHT, 5), bucket="quick", session="w"),
        more=4,
    )
    ranked = by_cost(result, recoveries(result))
    assert [bucket.id for bucket in ranked.buckets] == ["long", "e", "often", "slow", "quick"]
    assert result.buckets[0].id == "often"
    assert sum(bucket.count for bucket in ranked.buckets if not bucket.top) == ranked.other


def test_the_json_keeps_its_schema_and_shows_pairs_with_places() -> None:
    result = triage(failed(attempt(2, RIGHT, 5)), more=1)
    printed = as_json(result, recoveries(result))
    jsonschema.Draft202012Validator(load_schema("triage")).validate(printed)
    shown = {bucket["id"]: bucket.get("recovery") for bucket in printed["buckets"]}
    assert shown["e"] is None
    assert shown["b"]["pairs"] == [
        {"wrong": WRONG, "right": RIGHT, "count": 1, "examples": [{"file": "a.jsonl", "line": 1, "pointer": None}]}
    ]


def test_the_terminal_tells_how_many_got_out_and_how() -> None:
    result = triage(failed(attempt(2, RIGHT, 5)), failed(attempt(2, RIGHT, 7), session="t"))
    lines = as_text(result, None, recoveries(result)).splitlines()
    assert lines[-3:] == [
        "   got out    2 of 2 failures (100 %), after 1 attempt and 6 s (median); wasted 2 failed executions, 12 s",
        f"   wrong      {WRONG}",
        f"   right      {RIGHT} (2 times)",
    ]


def test_a_hostile_edit_is_inert_on_the_terminal() -> None:
    found = recovery(failed(attempt(2, "f('\x1b[2J', 2)", 5), code="f('\x1b[2J')"))
    assert not any("\x1b" in line for line in as_lines(found))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "0 s"), (59, "59 s"), (60, "1 min"), (185, "3 min 5 s"), (3600, "1 h"), (7800, "2 h 10 min")],
)
def test_a_time_is_told_in_its_two_largest_units(seconds: float, words: str) -> None:
    assert duration(seconds) == words
