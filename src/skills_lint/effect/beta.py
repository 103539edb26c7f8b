"""The beta distribution, as far as intervals of counts need it, in plain Python."""

from __future__ import annotations

import math

_STEPS = 300  # of the continued fraction; it needs about the root of the larger shape
_TINY = 1e-300
_CLOSE = 1e-13
_HALVINGS = 100


def beta_below(x: float, a: float, b: float) -> float:
    """Return the probability that a beta variable with shapes `a` and `b` is below `x`: I_x(a, b).

    A shape of 0 puts it all at that end. Source: DLMF 8.17.22, evaluated by the modified method of Lentz (Thompson and
    Barnett 1986).
    """
    if x >= 1 or b <= 0:
        return 1.0 if x >= 1 else 0.0
    if x <= 0 or a <= 0:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):  # the fraction converges fast on the other side
        return 1 - beta_below(1 - x, b, a)
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(front) * _fraction(x, a, b) / a


def _fraction(x: float, a: float, b: float) -> float:
    numerator, denominator = 1.0, 1 / _far_from_zero(1 - (a + b) * x / (a + 1))
    value = denominator
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        step = 1.0
        for term in (even, odd):
            denominator = 1 / _far_from_zero(1 + term * denominator)
            numerator = _far_from_zero(1 + term / numerator)
            step = denominator * numerator
            value *= step
        if abs(step - 1) < _CLOSE:
            break
    return value


def _far_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def beta_odds(level: float, a: float, b: float) -> float:
    """Return the odds x / (1 - x) of the point `x` below which a beta variable lies with probability `level`.

    That is a quantile of the ratio of two gamma variables with these shapes: 0 without `a`, infinite without `b`.
    """
    if a <= 0 or b <= 0:
        return 0.0 if a <= 0 else math.inf
    low, high = -700.0, 700.0  # of the logarithm of the odds
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if beta_below(1 / (1 + math.exp(-middle)), a, b) < level:
            low = middle
        else:
            high = middle
    return math.exp(low)
