"""The ratio of two rates with its interval, with sessions as the unit."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .beta import beta_below, beta_odds

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Side:
    """What is compared of some sessions, a number a session: failures, and what they are held against."""

    failures: Sequence[int]
    against: Sequence[int]  # executions, or failures of other causes

    @property
    def total(self) -> int:
        """All failures."""
        return sum(self.failures)

    @property
    def held_against(self) -> int:
        """All that they are held against."""
        return sum(self.against)


@dataclass(frozen=True, slots=True)
class Ratio:
    """The rate after as a multiple of the rate before, by counts that are worth as much as independent failures.

    `value` is the best guess. The interval takes in the ratio as seen and the one with the rates before drawn toward
    the mean, since either may be too sure: `seen` and `drawn` are what a ratio of counts is multiplied by.
    """

    value: float
    before: float  # failures, divided by their dispersion
    after: float
    seen: float
    drawn: float

    def interval(self, level: float) -> tuple[float, float]:
        """Return the bounds that hold with probability `level`; the upper one may be infinite.

        Source: two Poisson counts given their sum are binomial (Przyborowski and Wilenski 1940), with the interval of
        Jeffreys for that (Brown, Cai and DasGupta 2001); no failures at all leave one side open.
        """
        tail, shapes = (1 - level) / 2, (self.after + 0.5, self.before + 0.5)
        low = beta_odds(tail, *shapes) * min(self.seen, self.drawn) if self.after else 0.0
        high = beta_odds(1 - tail, *shapes) * max(self.seen, self.drawn) if self.before else math.inf
        return low, high

    @property
    def chance(self) -> float:
        """How probable so great a change is where there is none, in either direction: the p-value of `interval`."""
        shapes = (self.after + 0.5, self.before + 0.5)
        lower, upper = min(self.seen, self.drawn), max(self.seen, self.drawn)
        fallen = 1 - beta_below(1 / (1 + upper), *shapes) if self.before else 1.0
        risen = beta_below(1 / (1 + lower), *shapes) if self.after else 1.0
        return min(1.0, 2 * min(fallen, risen))


def dispersion(sides: Sequence[Side]) -> float:
    """Return how many times more the failures vary than independent ones, which is 1 at least.

    Executions of one session are not independent, and what they are held against varies too. From the residuals of a
    ratio estimator by session, each as it is without its session (the jackknife form of the sandwich: Cochran 1977,
    6.4; Mancl and DeRouen 2001), over the variance of a Poisson count.
    """
    failures = sum(side.total for side in sides)
    return max(1.0, sum(map(_squares, sides)) / failures) if failures else 1.0


def _squares(side: Side) -> float:
    """Return the sum of the squared residuals."""
    whole = side.held_against
    if not whole or not side.total:
        return 0.0
    rate = side.total / whole
    squares = 0.0
    for failures, against in zip(side.failures, side.against, strict=True):
        if failures or against:
            squares += ((failures - rate * against) * whole / max(whole - against, 1)) ** 2
    return squares


def ratio(before: Side, after: Side, spread: float, *, wander: float = 0.0, draw: float = 1.0) -> Ratio:
    """Return the rate of one side as a multiple of that of the other; both are held against something.

    `spread` is the dispersion. `wander` is the variance of the logarithm of what rates change by without a reason;
    `draw` is what the rate before is multiplied by when it is drawn toward the mean.
    """
    size = before.held_against / after.held_against
    value = after.total / before.total * size / draw if before.total else math.inf
    # A failure is worth so many independent ones that the logarithm of all varies as much as it should.
    worth_before, worth_after = (1 / (spread + side.total * wander / 2) for side in (before, after))
    seen = size * worth_before / worth_after
    return Ratio(value, before.total * worth_before, after.total * worth_after, seen, seen / draw)
