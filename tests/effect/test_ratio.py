from __future__ import annotations

import math

import pytest

from skills_lint.effect.beta import beta_below, beta_odds
from skills_lint.effect.ratio import Side, dispersion, ratio


def binomial_at_least(count: int, of: int, share: float) -> float:
    return sum(math.comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(count, of + 1))


@pytest.mark.parametrize(("x", "a", "b"), [(0.3, 2, 5), (0.9, 40, 3), (0.5, 100, 101), (0.01, 1, 300)])
def test_the_beta_distribution_agrees_with_sums_of_binomial_chances(x: float, a: int, b: int) -> None:
    assert beta_below(x, a, b) == pytest.approx(binomial_at_least(a, a + b - 1, x), rel=1e-9)


@pytest.mark.parametrize("level", [0.005, 0.5, 0.975])
def test_odds_are_where_the_distribution_reaches_the_level(level: float) -> None:
    odds = beta_odds(level, 2.5, 30.5)
    assert beta_below(odds / (1 + odds), 2.5, 30.5) == pytest.approx(level)


def test_independent_failures_have_a_dispersion_of_one_and_repeated_ones_more() -> None:
    alone = Side([1, 0] * 50, [2] * 100)
    assert dispersion([alone]) == 1.0
    repeated = Side([10, *[0] * 9] * 10, [2] * 100)
    assert dispersion([repeated]) == pytest.approx(9, rel=0.1)


def test_a_session_that_repeats_its_failures_makes_the_interval_wider() -> None:
    before, after = Side([1] * 40, [5] * 40), Side([1] * 20 + [0] * 20, [5] * 40)
    narrow, wide = ratio(before, after, 1.0), ratio(before, after, 4.0)
    assert narrow.value == wide.value == pytest.approx(0.5)
    assert wide.interval(0.95)[1] > narrow.interval(0.95)[1]
    assert wide.chance > narrow.chance


def test_the_chance_is_where_the_interval_ends_at_one() -> None:
    found = ratio(Side([30], [100]), Side([12], [100]), 1.3, wander=0.01, draw=0.9)
    assert found.interval(1 - found.chance)[1] == pytest.approx(1)


def test_wandering_widens_the_interval_and_moves_it_nowhere() -> None:
    before, after = Side([400], [1000]), Side([40], [100])
    calm, loose = ratio(before, after, 1.0), ratio(before, after, 1.0, wander=0.1)
    for found in (calm, loose):
        low, high = found.interval(0.95)
        assert low < 1 < high
        assert math.sqrt(low * high) == pytest.approx(1, abs=0.06)
    assert loose.interval(0.95)[1] > calm.interval(0.95)[1]


def test_no_failure_after_leaves_the_lower_bound_at_none() -> None:
    low, high = ratio(Side([20], [100]), Side([0], [100]), 1.0).interval(0.95)
    assert low == 0
    assert 0 < high < 0.3


def test_no_failure_before_leaves_the_upper_bound_open() -> None:
    assert ratio(Side([0], [100]), Side([3], [100]), 1.0).interval(0.95)[1] == math.inf
