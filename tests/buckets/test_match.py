from __future__ import annotations

import pytest

from skills_lint.buckets.bucket import MatchRule
from skills_lint.buckets.match import matches
from skills_lint.errors.fault import Fault
from skills_lint.errors.reading import Reading


def fault(type_: str | None = "BinderException", message: str | None = "", code: str | None = None) -> Fault:
    return Fault(type_, f"duckdb.{type_}" if type_ else None, message, None, code)


@pytest.mark.parametrize(
    ("rule", "failure", "holds"),
    [
        (MatchRule(exception="BinderException"), fault(), True),
        (MatchRule(exception="duckdb.BinderException"), fault(), True),
        (MatchRule(exception="other.BinderException"), fault(), False),
        (MatchRule(exception="Binder"), fault(), False),
        (MatchRule(message="column .* not found"), fault(message='the column "x" not found'), True),
        (MatchRule(message="column"), fault(message=None), False),
        (MatchRule(code=r"offset\s*="), fault(code="daily(offset = 3)"), True),
        (MatchRule(code="offset"), fault(code=None), False),
        (MatchRule(exception="BinderException", code="offset"), fault(code="limit"), False),
        (MatchRule(message="x"), fault(message="lone \udc80 surrogate x"), True),
        (MatchRule(message="a.*b"), fault(message="a\nb"), False),
    ],
)
def test_every_part_of_a_rule_must_hold(rule: MatchRule, failure: Fault, holds: bool) -> None:
    assert matches(rule, Reading(failure)) is holds


def test_a_pattern_that_would_explode_elsewhere_is_answered_at_once() -> None:
    assert not matches(MatchRule(message="(a+)+$"), Reading(fault(message="a" * 100_000 + "b")))
