from __future__ import annotations

import pytest

from skills_lint.words import counted, part_of, percent


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 failures"), (1, "1 failure"), (2, "2 failures"), (1200, "1,200 failures")]
)
def test_a_number_agrees_with_its_noun(number: int, words: str) -> None:
    assert counted(number, "failure") == words


@pytest.mark.parametrize(("share", "words"), [(0, "0 %"), (0.004, "<1 %"), (0.006, "1 %"), (0.6, "60 %"), (1, "100 %")])
def test_a_small_share_is_not_shown_as_none(share: float, words: str) -> None:
    assert percent(share) == words


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(3, 5, "3 of 5 failures (60 %)"), (1, 1, "1 of 1 failure (100 %)"), (0, 0, "0 of 0 failures")],
)
def test_a_part_names_its_whole(part: int, whole: int, words: str) -> None:
    assert part_of(part, whole, "failure") == words
