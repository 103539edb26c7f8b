"""The rule drafted for a group catches the group, and of the others as few as can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.buckets.bucket import MatchRule
from skills_lint.buckets.draft import draft_bucket, draft_rule, entry_of, slug
from skills_lint.buckets.load import load_buckets
from skills_lint.buckets.match import matches
from skills_lint.errors.fault import Fault
from skills_lint.errors.reading import Reading

TRACEBACK = """\
Traceback (most recent call last):
  File "<stdin>", line 1, in <module>
  File "/usr/lib/python3.12/site-packages/{0}/core.py", line 7, in load
    raise ValueError(message)
ValueError: {1}
"""


def error(type_: str, message: str, library: str | None = None) -> Reading:
    qualified = type_
    traceback = TRACEBACK.format(library, message) if library else None
    return Reading(Fault(type_.rpartition(".")[2], qualified, message, traceback, None))


def exit_(code: int | None) -> Reading:
    return Reading(Fault(None, None, None, None, "python x.py", code))


@pytest.mark.parametrize(
    ("members", "rule"),
    [
        (
            [error("AttributeError", f"'Store' object has no attribute '{name}'") for name in "ab"],
            MatchRule(form="missing-attribute", where={"owner": "Store", "of": "object"}),
        ),
        (
            [error("acme.OddError", "odd token 17 of 'a' (really)")],
            MatchRule(exception="OddError", message=r"odd token.*\(really\)"),
        ),
        ([error("AssertionError", "1 != 2 within 7 places (1 difference)")],
         MatchRule(exception="AssertionError", message=r"within.*places \(.*difference\)")),
        ([exit_(124)], MatchRule(form="exit", where={"code": "124"})),
        ([exit_(None)], MatchRule(form="exit", where={"code": r"\?"})),
        ([error("acme.OddError", "")], MatchRule(signature=error("acme.OddError", "").signature.key)),
    ],
)  # fmt: skip
def test_a_rule_says_what_the_signature_says(members: list[Reading], rule: MatchRule) -> None:
    draft = draft_rule(members, [])
    assert draft.rule == rule
    assert all(matches(draft.rule, member) for member in members)


def test_a_rule_that_would_catch_others_is_narrowed_by_what_its_failures_have_in_common() -> None:
    ours = [error("ValueError", f"cannot load part {n} of the file", "pandas") for n in range(3)]
    others = [error("ValueError", "cannot load part 1 of the file", "numpy")]
    draft = draft_rule(ours, others)
    assert draft.rule.library == "pandas"
    assert draft.narrowed_by == ("library",)
    assert not matches(draft.rule, others[0])


def test_a_rule_that_nothing_makes_narrow_enough_is_a_pin() -> None:
    ours, others = error("OddError", "we cannot go on"), error("OddError", "then we cannot go on and on")
    draft = draft_rule([ours], [others])
    assert draft.rule == MatchRule(signature=ours.signature.key)
    assert draft.narrowed_by == ("signature",)


readings = st.one_of(
    st.builds(error, st.sampled_from(["KeyError", "ValueError", "a.OddError"]), st.text(max_size=60)),
    st.builds(error, st.just("TypeError"), st.from_regex(r"[a-z]{1,4}\(\) got an unexpected keyword argument '[a-z]'")),
    st.builds(exit_, st.none() | st.integers(-70, 300)),
)


@given(readings, st.lists(readings, max_size=4))
def test_a_drafted_rule_catches_its_group_and_no_other_signature(member: Reading, others: list[Reading]) -> None:
    key = member.signature.key
    members = [member, *(other for other in others if other.signature.key == key)]
    strangers = [other for other in others if other.signature.key != key]
    rule = draft_rule(members, strangers).rule
    assert all(matches(rule, each) for each in members)
    assert not any(matches(rule, each) for each in strangers)


@given(readings)
def test_a_drafted_entry_is_a_valid_bucket_file(tmp_path_factory: pytest.TempPathFactory, member: Reading) -> None:
    bucket = draft_bucket(member, draft_rule([member], []).rule, set())
    file = tmp_path_factory.mktemp("draft") / "buckets.yaml"
    file.write_text(f"buckets:\n{entry_of(bucket)}", encoding="utf-8")
    (loaded,) = load_buckets(file)
    assert (loaded.id, loaded.match, loaded.unfinished) == (bucket.id, bucket.match, True)


def test_an_id_that_is_taken_is_given_a_number() -> None:
    member = error("acme.OddError", "no way")
    first = draft_bucket(member, MatchRule(exception="OddError"), set()).id
    assert draft_bucket(member, MatchRule(exception="OddError"), {first, f"{first}-2"}).id == f"{first}-3"


@given(st.text(max_size=80))
def test_a_slug_is_a_valid_bucket_id(text: str) -> None:
    import re

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(text))
