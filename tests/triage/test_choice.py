"""The failures that stand for a bucket differ as much as they can."""

from __future__ import annotations

from skills_lint.errors.fault import Fault
from skills_lint.traces.result import Failure
from skills_lint.triage.choice import differing
from skills_lint.triage.result import Assigned


def failed(day: int, session: str, signature: str = "KeyError: '*'", format: str = "codex") -> Assigned:
    fault = Fault("KeyError", "KeyError", "'a'", None, "f['a']")
    time = f"2026-11-{day:02}T10:00:00Z"
    failure = Failure("a.jsonl", day, None, format, session, time, "python", fault, None, (), session)
    return Assigned(failure, signature, "k", "b")


def days(items: list[Assigned], most: int = 10, loaded: dict[str, bool] | None = None) -> list[int | None]:
    return [item.failure.line for item in differing(items, loaded or {}, most)]


def test_the_newest_comes_first_and_of_those_that_are_alike_those_of_other_sessions():
    assert days([failed(1, "s"), failed(2, "t"), failed(3, "t"), failed(4, "u")]) == [4, 3, 1, 2]


def test_a_rare_signature_is_shown_before_more_of_the_common_one():
    common = [failed(day, f"s{day}") for day in range(2, 30)]
    assert days([failed(1, "old", "KeyError: 'close'"), *common], most=3) == [29, 1, 28]


def test_another_format_and_a_session_with_a_skill_are_shown_before_more_of_the_same():
    alike = [failed(day, f"s{day}") for day in range(3, 30)]
    told = days([failed(1, "a", format="claude-code"), failed(2, "b"), *alike], 3, {"b": True})
    assert told == [29, 2, 1]


def test_there_are_never_more_than_asked_for_and_no_failure_twice():
    told = days([failed(day, "s") for day in range(1, 25)])
    assert told == list(range(24, 14, -1))
