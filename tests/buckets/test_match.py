from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.buckets.bucket import MatchRule
from skills_lint.buckets.draft import draft_rule, slug
from skills_lint.buckets.match import matches
from skills_lint.errors.fault import Fault
from skills_lint.errors.reading import Reading
from skills_lint.errors.signature import signature


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


@given(st.text(max_size=80), st.sampled_from(["KeyError", "ValueError"]))
def test_a_drafted_rule_catches_the_failure_that_it_was_drafted_from(message: str, kind: str) -> None:
    failure = Fault(kind, kind, message, None, None)
    assert matches(draft_rule(failure, signature(failure).text), Reading(failure))


@given(st.text(max_size=80))
def test_a_slug_is_a_valid_bucket_id(text: str) -> None:
    import re

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(text))
