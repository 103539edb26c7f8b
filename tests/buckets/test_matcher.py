"""The matcher tries few rules, and finds what trying all of them in order finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.buckets.bucket import Bucket, MatchRule
from skills_lint.buckets.match import Match, Matcher, matches
from skills_lint.buckets.patterns import PatternError, PatternSet, compile_pattern
from skills_lint.errors.fault import Fault
from skills_lint.errors.limit import LONGEST, shortened
from skills_lint.errors.reading import Reading

TYPES = (
    "KeyError",
    "pandas.errors.ParserError",
    "AttributeError",
    "json.decoder.JSONDecodeError",
    "ModuleNotFoundError",
)
MESSAGES = (
    "'price'", "'NoneType' object has no attribute 'group'", "No module named 'pandas'", "Error tokenizing data.",
    "Expecting value: line 1 column 1 (char 0)", "größer \udc80", "", "a\nb",
)  # fmt: skip

rules = st.builds(
    MatchRule,
    exception=st.sampled_from([None, "KeyError", "LookupError", "ValueError", "ParserError", TYPES[3]]),
    message=st.sampled_from([None, "No module", "^'", "a.b", "(?s)a.b", "object|line", "ö", r"\d+", "$"]),
    code=st.sampled_from([None, "import", r"\["]),
    form=st.sampled_from([None, None, "missing-attribute", "missing-key", "missing-module"]),
    where=st.sampled_from([{}, {}, {"owner": "NoneType"}, {"key": "p.*"}]),
    library=st.sampled_from([None, None, None, "pandas"]),
    bucket=st.sampled_from([None, None, None, "none-where-a-value-is-needed"]),
    fallback=st.booleans(),
)
buckets = st.lists(st.lists(rules, min_size=1, max_size=3), max_size=8).map(
    lambda lists: [Bucket(f"b{n}", "", tuple(own), "", "", "") for n, own in enumerate(lists)]
)
faults = st.builds(
    lambda qualified, message, code, status: Fault(
        qualified.rpartition(".")[2] if qualified else None, qualified, message, None, code, status
    ),
    st.sampled_from((*TYPES, None)),
    st.sampled_from((*MESSAGES, None)) | st.text(max_size=20),
    st.sampled_from((None, "import pandas", "x['price']")),
    st.sampled_from((None, 1, 124)),
)


@given(buckets, st.lists(faults, max_size=8))
def test_the_first_bucket_that_matches_wins_fallbacks_last_whichever_rules_are_skipped(
    declared: list[Bucket], failures: list[Fault]
) -> None:
    matcher = Matcher(declared)
    for failure in failures:
        found = [Match(bucket, rule) for bucket in declared for rule in bucket.match if matches(rule, Reading(failure))]
        in_order = sorted(found, key=lambda match: match.rule.fallback)
        assert matcher.first(Reading(failure)) == next(iter(in_order), None)


@given(
    st.lists(st.sampled_from(["a", "b+", "^c", "a.*b", r"\bz", "ö", ""]), unique=True), st.text("abcözé\n", max_size=30)
)
def test_what_is_found_in_a_text_is_among_what_may_be(patterns: list[str], text: str) -> None:
    likely = PatternSet(patterns).likely_in(text.encode())
    assert {pattern for pattern in patterns if compile_pattern(pattern).search(text)} <= set(likely)


@pytest.mark.parametrize("count", [1_000, 6_000])
def test_of_thousands_of_patterns_those_that_are_found_are_among_the_likely(count: int) -> None:
    many = [f"(?i)other{n} {'long ' * 12}.*{n}" for n in range(count)]
    text = f"abc OTHER7 {'long ' * 12}777"
    assert {many[7], "b+"} <= set(PatternSet([*many, "b+"]).likely_in(text.encode()))


def test_a_pattern_that_is_refused_is_told_with_the_reason() -> None:
    with pytest.raises(PatternError, match=r"invalid perl operator: \(\?="):
        PatternSet(["a", "(?=x)"])


@given(st.text(max_size=60), st.integers(10, 50))
def test_a_shortened_text_keeps_its_ends_and_is_not_shortened_again(text: str, longest: int) -> None:
    short = shortened(text, longest)
    assert len(short) == min(len(text), longest)
    assert shortened(short, longest) == short
    assert text.startswith(short[:2])
    assert text.endswith(short[-2:])


@pytest.mark.parametrize(("place", "found"), [(0, True), (LONGEST * 9, True), (LONGEST * 5, False)])
def test_of_a_long_message_both_ends_are_searched(place: int, found: bool) -> None:
    message = f"{'x' * place}needle{'x' * (LONGEST * 9 - place)}"
    assert matches(MatchRule(message="needle"), Reading(Fault("E", "E", message, None, None))) is found
