"""Suggestions: discovered groups that look alike, never joined."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from skills_lint.triage.alike import alike
from skills_lint.triage.result import BucketCount


def group(id_: str, signature: str | None, source: str = "discovered") -> BucketCount:
    numbers = {"count": 1, "share": 0.1, "sessions": 1, "first_seen": None, "last_seen": None, "by_day": {}}
    texts = {"title": "", "remedy": "skill", "cause": "", "fix": "", "hint": "", "examples": (), "top": False}
    return BucketCount(id=id_, source=source, signature=signature, **numbers, **texts)  # type: ignore[arg-type]


CANNOT_OPEN = [
    group("a1", "StoreError: cannot open table '*' of the store for reading"),
    group("b2", "StoreError: cannot open table '*' of the old store for reading"),
    group("c3", "StoreError: cannot open view '*' of the store for reading"),
]
OTHERS = [
    group("d4", "StoreError: quota is used up for today"),
    group("e5", "OSError: cannot open table '*' of the store for reading"),
    group("f6", "StoreError"),
    group("g7", None),
    group("known", "StoreError: cannot open table '*' of the store for reading", "catalogue"),
]


def test_groups_of_one_type_that_say_nearly_the_same_are_suggested_together() -> None:
    (suggestion,) = alike([*CANNOT_OPEN, *OTHERS])
    assert suggestion.groups == ("a1", "b2", "c3")
    assert 0.6 <= suggestion.score < 1
    assert suggestion.why == "all are StoreError and say cannot, open, reading, store"


def test_a_chain_of_likenesses_joins_no_strangers() -> None:
    chain = [
        group("a", "E: alpha beta gamma delta epsilon"),
        group("b", "E: beta gamma delta epsilon zeta"),
        group("c", "E: gamma delta epsilon zeta theta"),
    ]
    assert [item.groups for item in alike(chain)] == [("a", "b")]


@given(st.permutations([*CANNOT_OPEN, *OTHERS]))
def test_suggestions_do_not_depend_on_the_order(groups: list[BucketCount]) -> None:
    assert alike(groups) == alike([*CANNOT_OPEN, *OTHERS])


def test_no_suggestion_is_made_of_one_group() -> None:
    assert alike(CANNOT_OPEN[:1]) == ()
