from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.buckets.bucket import Bucket, Instead, MatchRule
from skills_lint.buckets.catalogue import load_catalogue
from skills_lint.coverage.advice import MOST_LINES, pitfall_lines
from skills_lint.skills.parse import pitfalls_in

BUCKET = Bucket("bad-dates", "Bad dates", (MatchRule("TypeError"),), "Cause.", "Use one type", "Convert both sides.")
LEAD = "- `bad-dates`: "
PAIR = Instead("a >= 1", 'a >= "1"')


def lines(**changes: object) -> list[str]:
    return pitfall_lines(replace(BUCKET, **changes), LEAD)  # type: ignore[arg-type]


def test_it_says_what_to_do_then_what_goes_wrong() -> None:
    assert lines() == [f"{LEAD}Use one type. Convert both sides.", "  What goes wrong: Cause."]


def test_it_shows_wrong_and_right_and_when_it_does_not_apply_where_the_bucket_says_so() -> None:
    assert lines(instead=(PAIR, Instead("`x`", "y")), unless="both are text")[2:] == [
        '  `a >= 1` → `a >= "1"`; `` `x` `` → `y`.',
        "  Does not apply if both are text.",
    ]


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ([MatchRule("TypeError", "dates")], "  Does not apply to any other `TypeError`."),
        ([MatchRule("TypeError", "a"), MatchRule("TypeError", "b"), MatchRule("KeyError", "c")],
         "  Does not apply to any other `TypeError` or `KeyError`."),
        ([MatchRule("TypeError", "dates"), MatchRule("TypeError")], "  What goes wrong: Cause."),
        ([MatchRule(message="dates")], "  What goes wrong: Cause."),
    ],
)  # fmt: skip
def test_else_it_does_not_apply_to_what_its_rules_leave_to_other_buckets(rules: list[MatchRule], said: str) -> None:
    assert lines(match=tuple(rules))[-1] == said


def test_a_hint_that_says_what_the_fix_says_is_not_said_twice() -> None:
    assert lines(hint="Use one type")[0] == f"{LEAD}Use one type."
    assert lines(hint="Use one type. Really.")[0] == f"{LEAD}Use one type. Really."


def test_pairs_that_do_not_fit_into_six_lines_are_left_out() -> None:
    many = lines(instead=tuple(Instead(f"wrong_{n}({'x' * 40})", f"right_{n}()") for n in range(30)), unless="so")
    assert len(many) == MOST_LINES
    assert "wrong_0" in many[2]
    assert many[-1] == "  Does not apply if so."


def test_what_is_too_long_for_six_lines_is_left_out_down_to_the_fix() -> None:
    assert lines(cause="Because. " * 100) == [f"{LEAD}Use one type. Convert both sides."]
    assert lines(fix="Do it. " * 200)[0].startswith(f"{LEAD}Do it. Do it.")
    assert len(lines(fix="Do it. " * 200)) == 1


def test_code_is_not_broken_across_lines() -> None:
    code = f"`{'x ' * 40}y`"
    assert any(code in line for line in lines(fix=f"{'Look first. ' * 6}Then write {code} instead."))


def test_every_cause_of_the_catalogue_fits_into_six_lines_of_120() -> None:
    for bucket in load_catalogue():
        made = pitfall_lines(bucket, f"- `{bucket.id}`: ")
        assert len(made) <= MOST_LINES, bucket.id
        assert max(map(len, made)) <= 120, bucket.id
        assert bucket.fix in " ".join(line.strip() for line in made), bucket.id


WORDS = st.lists(
    st.sampled_from(["word", "-", "+", "1.", "2)", "#", ">", "===", "---", "```", "<div>", "|", "`a b`", "``", "* * *"])
)
TEXT = WORDS.map(lambda words: " ".join(["Do", *words * 12]))


@given(fix=TEXT, hint=TEXT, cause=TEXT)
def test_no_word_of_a_bucket_makes_more_than_one_list_item(fix: str, hint: str, cause: str) -> None:
    item = "\n".join(lines(fix=fix, hint=hint, cause=cause))
    after = "- `next-one`: still here.\n"
    found = pitfalls_in(f"## Common pitfalls (from traces)\n\n{item}\n{after}\n## Next\n")
    assert [pitfall.id for pitfall in found] == ["bad-dates", "next-one"]
