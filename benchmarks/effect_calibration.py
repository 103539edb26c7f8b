"""Measures how often `effect` claims what is not there, and sees what is: `python -m benchmarks.effect_calibration`.

Data sets are drawn by lot, seeded: sessions whose failures vary together (a gamma factor each) and cause by cause
(another, so that counts are negative binomial), a drift that is common to all causes (log-normal), and pitfalls for
the five worst of thirty causes, chosen by the sessions before. Each row of the table is a world: how many of its data
sets of 20, 50, 100, 200 and 400 sessions get a verdict of *prevented* or *reduced*, of *worse*, or of any of the
three; of the single causes, how many are found to have become rarer; and how many Wald's test would find that knows
the rates, the clustering and the drift and has nothing to estimate, with the level divided by five.

Where nothing changes, `any` should be 5 % at most.
"""

from __future__ import annotations

import argparse
import datetime
import math
import random
from collections import Counter
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import TYPE_CHECKING

from skills_lint.effect.judge import effects_of
from skills_lint.effect.result import Cover
from skills_lint.evidence import SessionRecord

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIZES = (20, 50, 100, 200, 400)
_FIRST = datetime.date(2026, 1, 1)
_SINCE = datetime.date(2026, 7, 1)
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class World:
    """How data sets come about. Variances of gamma factors are of mean 1; drifts are of the logarithm."""

    name: str
    effect: float = 1.0  # what the rates of chosen causes are multiplied by
    causes: int = 30
    chosen: int = 5
    selected: bool = True  # chosen are the worst before; else any
    alike: bool = False  # all causes have the same rate
    rate: float = 0.3  # failures per execution, all causes together
    sessions: float = 1.0  # variance between sessions, for all causes
    cause_in_session: float = 0.5  # variance of a cause between sessions, on top
    tail: float | None = None  # the exponent of Pareto's law for sessions, instead of the gamma factor
    drift: float = 0.3  # standard deviation, common to all causes
    own_drift: float = 0.0  # of each cause
    late: float = 0.5  # share of sessions after
    models: float = 0.0  # share of a second model before, and 1 - that after; it fails twice as often
    bursts: float = 1.0  # a failure that happens is retried so many times, on average


_NOTHING = (
    World("gamma sessions"),
    World("all causes alike", alike=True),
    World("no selection", selected=False),
    World("failures cluster more", cause_in_session=3.0),
    World("retries", bursts=3.0),
    World("heavy tail (1.5)", tail=1.5),
    World("few failures", rate=0.05),
    World("one in five after", late=0.2),
    World("four in five after", late=0.8),
    World("three causes, one chosen", causes=3, chosen=1),
    World("six causes, three chosen", causes=6, chosen=3),
    World("two models, mix moves a little", models=0.4),
    World("drift of sd 1", drift=1.0),
    World("each cause drifts, sd 0.1", own_drift=0.1),
    World("each cause drifts, sd 0.3", own_drift=0.3),
)
_HALVED = tuple(
    replace(world, name=f"halved: {world.name}", effect=0.5)
    for world in _NOTHING
    if world.name in ("gamma sessions", "no selection", "retries", "heavy tail (1.5)", "four in five after")
)
_OTHER = (World("to a tenth: gamma sessions", effect=0.1), World("doubled: gamma sessions", effect=2.0))


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A data set, its chosen causes, and how many of them a test that knows the truth would find."""

    records: tuple[SessionRecord, ...]
    chosen: tuple[str, ...]
    power: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", metavar="N", type=int, default=1_000, help="data sets a world")
    given = parser.parse_args()
    print(f"{'':34}{'rarer':>7}{'worse':>7}{'any':>7}   any by sessions: {'  '.join(map(str, _SIZES))}")
    for world in (*_NOTHING, *_HALVED, *_OTHER):
        _measure(world, given.sets)


def _measure(world: World, sets: int) -> None:
    lot = random.Random(world.name)
    rarer = worse = any_ = 0
    found = theory = 0.0
    by_size: Counter[int] = Counter()
    for number in range(sets):
        size = _SIZES[number % len(_SIZES)]
        data = draw(world, size, lot)
        covers = [Cover(cause, frozenset(), _SINCE, whole_day=True) for cause in data.chosen]
        verdicts = [effect.verdict for effect in effects_of(data.records, covers)]
        down, up = sum(verdict in ("prevented", "reduced") for verdict in verdicts), "worse" in verdicts
        rarer += bool(down)
        worse += up
        any_ += bool(down or up)
        by_size[size] += bool(down or up)
        found += down / world.chosen
        theory += data.power
    each = sets / len(_SIZES)
    shares = "".join(f"{by_size[size] / each:>7.1%}" for size in _SIZES)
    power = f"   of causes {found / sets:.1%}, theory {theory / sets:.1%}" if world.effect != 1 else ""
    print(f"{world.name:34}{rarer / sets:>7.1%}{worse / sets:>7.1%}{any_ / sets:>7.1%}   {shares}{power}", flush=True)


def draw(world: World, sessions: int, lot: random.Random) -> _Drawn:
    """Return a data set of a world."""
    weights = [1.0 if world.alike else 0.05 + lot.gammavariate(1, 1) for _ in range(world.causes)]
    rates = {f"cause-{number:02}": world.rate * w / sum(weights) for number, w in enumerate(weights)}
    after = round(sessions * world.late)
    before = tuple(_session(world, rates, number, lot, late=False) for number in range(sessions - after))
    seen = Counter[str]()
    for record in before:
        seen.update(record.failures)
    ranked = sorted(rates, key=lambda cause: (-seen[cause], cause))
    chosen = tuple(ranked[: world.chosen] if world.selected else sorted(lot.sample(ranked, world.chosen)))
    drift = math.exp(lot.gauss(0, world.drift))
    moved = {
        cause: rate * drift * math.exp(lot.gauss(0, world.own_drift)) * (world.effect if cause in chosen else 1)
        for cause, rate in rates.items()
    }
    records = (*before, *(_session(world, moved, number, lot, late=True) for number in range(after)))
    return _Drawn(records, chosen, _power(world, rates, moved, chosen, (sessions - after, after)))


def _session(world: World, rates: dict[str, float], number: int, lot: random.Random, *, late: bool) -> SessionRecord:
    executions = 1 + _poisson(9, lot)
    second = lot.random() < (1 - world.models if late else world.models)
    factor = (2.0 if second and world.models else 1.0) * (
        lot.paretovariate(world.tail) * (world.tail - 1) / world.tail if world.tail else _gamma(world.sessions, lot)
    )
    failures = {}
    for cause, rate in rates.items():
        mean = executions * rate * factor * _gamma(world.cause_in_session, lot)
        count = _poisson(mean / world.bursts, lot)
        if world.bursts > 1:
            count = sum(_tries(world.bursts, lot) for _ in range(count))
        if count:
            failures[cause] = count
    model = ("second" if second else "first") if world.models else None
    day = (_SINCE if late else _FIRST) + datetime.timedelta(days=number % 180)
    return SessionRecord(f"{late:d}{number:015x}", day, "lot", model, executions, failures)


def _tries(mean: float, lot: random.Random) -> int:
    """Return a geometric number, 1 at least."""
    return 1 + int(math.log(1 - lot.random()) / math.log(1 - 1 / mean))


def _gamma(variance: float, lot: random.Random) -> float:
    return lot.gammavariate(1 / variance, variance) if variance else 1.0


def _poisson(mean: float, lot: random.Random) -> int:
    """Return a Poisson number: arrivals of a unit rate before `mean`."""
    count, at = 0, lot.expovariate(1)
    while at < mean:
        count += 1
        at += lot.expovariate(1)
    return count


def _power(
    world: World, rates: dict[str, float], moved: dict[str, float], chosen: Sequence[str], sessions: tuple[int, int]
) -> float:
    """Return the power of Wald's test on the logarithm of the ratio of odds, for a cause on average.

    A session's common factor cancels out of the odds; its factor for one cause does not.
    """
    crossed = 0.0
    for cause in chosen:
        variance = 0.0
        for count, here in zip(sessions, (rates, moved), strict=True):
            variance += _variance(world, 10 * here[cause], count)
            others = [10 * here[other] for other in here if other not in chosen]
            whole = sum(others)
            variance += sum((mean / whole) ** 2 * _variance(world, mean, count) for mean in others)
        z = abs(math.log(world.effect)) / math.sqrt(variance) if world.effect != 1 else 0.0
        crossed += _NORMAL.cdf(z - _NORMAL.inv_cdf(1 - 0.025 / len(chosen)))
    return crossed / len(chosen)


def _variance(world: World, mean: float, sessions: int) -> float:
    """Return the variance of the logarithm of a rate, given the common factors, for `mean` failures a session."""
    of_sessions = 1 + (world.sessions if world.tail is None else 0.0)
    retries = 2 * world.bursts - 1
    return (retries / mean + world.cause_in_session * of_sessions) / sessions


if __name__ == "__main__":
    main()
