"""B-cubed, on groupings small enough to count by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.causes.bcubed import Agreement, bcubed


@pytest.mark.parametrize(
    ("labels", "groups", "precision", "recall"),
    [
        ("aabb", "1122", 1, 1),
        ("aabb", "1111", 1 / 2, 1),  # all joined
        ("aabb", "1234", 1, 1 / 2),  # all split
        ("aab", "112", 1, 1),
        ("aab", "122", (1 + 1 / 2 + 1 / 2) / 3, (1 / 2 + 1 / 2 + 1) / 3),
    ],
)
def test_every_item_weighs_alike(labels: str, groups: str, precision: float, recall: float) -> None:
    found = bcubed(list(labels), list(groups))
    assert (found.precision, found.recall) == pytest.approx((precision, recall))


def test_f1_is_the_harmonic_mean() -> None:
    assert Agreement(0.5, 1.0).f1 == pytest.approx(2 / 3)
    assert Agreement(0.0, 0.0).f1 == 0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("123")), min_size=1))
def test_labels_and_groups_change_places_as_precision_and_recall_do(pairs: list[tuple[str, str]]) -> None:
    labels, groups = [label for label, _ in pairs], [group for _, group in pairs]
    there, back = bcubed(labels, groups), bcubed(groups, labels)
    assert (there.precision, there.recall) == pytest.approx((back.recall, back.precision))
