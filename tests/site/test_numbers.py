"""The numbers of a root cause: by format, by whether a covering skill was loaded, and what failed beside it."""

from __future__ import annotations

import datetime
from dataclasses import replace

from skills_lint.evidence import SessionRecord
from skills_lint.site.numbers import Row, numbers_of
from skills_lint.triage.result import TriageResult

DAY = datetime.date(2026, 11, 20)
WINDOW = TriageResult(1, datetime.date(2026, 10, 22), DAY, 0, 0, 0, (), (), 0, 0, 0)
NAMES = {"a": frozenset(("dates", "trade-dates"))}


def session(name: str, failures: dict[str, int], format: str = "claude-code", **changes: object) -> SessionRecord:
    return replace(SessionRecord(name, DAY, format, None, 10, failures), **changes)  # type: ignore[arg-type]


def test_each_format_tells_its_sessions_and_those_with_the_cause():
    records = [session("1", {"a": 2}), session("2", {}), session("3", {"a": 1}, "codex"), session("4", {}, "aider")]
    assert numbers_of(records, WINDOW, {})["a"].by_format == (
        Row("claude-code", 2, 1, 20, 2),
        Row("codex", 1, 1, 10, 1),
    )


def test_sessions_before_the_window_do_not_count():
    records = [session("1", {"a": 1}), session("2", {"a": 5}, date=datetime.date(2026, 10, 21))]
    assert numbers_of(records, WINDOW, {})["a"].by_format == (Row("claude-code", 1, 1, 10, 1),)


def test_sessions_are_told_apart_by_what_became_of_a_covering_skill():
    records = [
        session("1", {"a": 2}, offered=("dates", "sql"), loaded=("shop:dates",)),
        session("2", {"a": 1}, offered=("trade-dates",)),
        session("3", {}, offered=("sql",), loaded=("sql",)),
        session("4", {"a": 4}, "codex"),
    ]
    assert numbers_of(records, WINDOW, NAMES)["a"].by_skill == (
        Row("a covering skill was loaded", 1, 1, 10, 2),
        Row("offered, not loaded", 1, 1, 10, 1),
        Row("neither offered nor loaded", 1, 0, 10, 0),
        Row("not loaded; the format does not tell what was offered", 1, 1, 10, 4),
    )


def test_a_cause_that_nothing_covers_is_not_told_by_skill():
    assert numbers_of([session("1", {"b": 1})], WINDOW, NAMES)["b"].by_skill == ()


def test_causes_of_the_same_sessions_are_neighbours_the_commonest_first():
    records = [session("1", {"a": 1, "b": 1, "c": 9}), session("2", {"a": 1, "b": 1}), session("3", {"c": 1})]
    assert numbers_of(records, WINDOW, {})["a"].beside == (("b", 2), ("c", 1))


def test_a_session_that_ran_nothing_has_no_rate():
    assert Row("x", 1, 0, 0, 0).rate == 0
