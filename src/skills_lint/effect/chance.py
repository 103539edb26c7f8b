"""What chance does to causes: how failures cluster, how the worst fall back to the mean, how rates wander."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING

from .beta import beta_odds

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Collection, Iterable

    from ..evidence import SessionRecord
    from .periods import Periods

_FEWEST_CAUSES = 3  # whose rates tell how rates vary
_SURE = 0.99  # the level for which the quantiles of `wander` are compared
_DOUBT = 0.5  # standard errors that are added to what causes are seen to wander by


def common_dispersion(periods: Periods) -> float:
    """Return the dispersion of all causes taken together, 1 at least: the failures of each, held against all.

    The jackknife form of the sandwich again, as for a single cause.
    """
    squares = expected = 0.0
    for records, counts in ((periods.before, periods.failures_before), (periods.after, periods.failures_after)):
        whole = sum(counts.values())
        totals = [sum(record.failures.values()) for record in records]
        square_totals = sum(_left_out(total, whole) * total * total for total in totals)
        for cause, seen in _by_cause(records, totals, whole).items():
            share = counts[cause] / whole
            squares += seen[0] - 2 * share * seen[1] + share * share * square_totals
            expected += counts[cause] * (1 - share)
    return max(1.0, squares / expected) if expected else 1.0


def _by_cause(records: Iterable[SessionRecord], totals: Iterable[int], whole: int) -> dict[str, tuple[float, float]]:
    """Return for each cause the sums over sessions of its failures squared, and times all failures."""
    sums: dict[str, tuple[float, float]] = {}
    for record, total in zip(records, totals, strict=True):
        weight = _left_out(total, whole)
        for cause, count in record.failures.items():
            squares, products = sums.get(cause, (0.0, 0.0))
            sums[cause] = (squares + weight * count * count, products + weight * count * total)
    return sums


def _left_out(total: int, whole: int) -> float:
    return (whole / max(whole - total, 1)) ** 2


def credibility(failures: Counter[str], causes: Collection[str], spread: float) -> float:
    """Return how far the differences between causes are real, 0 to 1.

    The worst causes of a time owe their place to chance in part, and fall back without a cure. The best guess of the
    true number is the mean of all causes, and from there this share of the way to what was seen. That holds however
    causes were chosen. Source: linear credibility (Bühlmann 1967), the empirical Bayes estimate of Robbins 1956 for
    counts.
    """
    size = len(causes)
    if size < _FEWEST_CAUSES:
        return 1.0
    mean = sum(failures[cause] for cause in causes) / size
    variance = sum((failures[cause] - mean) ** 2 for cause in causes) / (size - 1)
    beyond = variance - spread * mean
    return max(0.0, beyond) / (max(0.0, beyond) + spread * mean) if mean else 1.0


def drawn(failures: Counter[str], chosen: Collection[str], causes: Collection[str], credible: float) -> float:
    """Return what the failures of some causes are multiplied by when each is drawn toward the mean of all."""
    mean = sum(failures[cause] for cause in causes) / len(causes)
    seen = sum(failures[cause] for cause in chosen)
    guessed = len(chosen) * mean + credible * (seen - len(chosen) * mean)
    return guessed / seen if seen else 1.0


def wander(periods: Periods, others: Collection[str], spread: float) -> float:
    """Return the variance of the logarithm of what a rate changes by, relative to other causes, beyond chance.

    Rates drift together, and each on its own too, as the other causes show. Source: the moment estimate of a variance
    between binomial shares from Pearson's statistic (Williams 1982), causes weighted by their failures. It is raised
    as the quantile of Student's t is over the normal one, since few causes tell it (Hartung and Knapp 2001), and by a
    half of the standard error that it has where nothing wanders: too small a variance claims what is not there, too
    large a one only asks for more sessions.
    """
    counts = [(periods.failures_before[cause], periods.failures_after[cause]) for cause in sorted(others)]
    counts = [(before, after) for before, after in counts if before + after]
    whole, late = sum(map(sum, counts)), sum(after for _, after in counts)
    if len(counts) < _FEWEST_CAUSES or not 0 < late < whole:
        return 0.0
    share = late / whole
    beyond = scale = squares = noise = 0.0
    for before, after in counts:
        size = before + after
        by_chance = spread * size * (1 - size / whole)
        beyond += (after - size * share) ** 2 / (share * (1 - share)) - by_chance
        noise += 2 * by_chance**2  # the variance of a squared normal variable
        scale += size * (size - 1) * share * (1 - share)
        squares += (size / whole) ** 2
    beyond += _DOUBT * math.sqrt(noise)
    if beyond <= 0 or not scale:
        return 0.0
    return beyond / scale * (1 + squares) * _raise(1 / squares - 1)


def _raise(freedom: float) -> float:
    """Return the square of a quantile of Student's t over that of the normal one."""
    freedom = max(1.0, freedom)
    squared = freedom * beta_odds(_SURE, 0.5, freedom / 2)  # F with 1 degree of freedom is t squared
    return squared / float(NormalDist().inv_cdf((1 + _SURE) / 2)) ** 2
