"""What became of each cause after its pitfall, and whether that can be chance."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import TYPE_CHECKING

from ..words import counted
from .chance import common_dispersion, credibility, drawn, wander
from .contrast import hint_contrast, loaded_contrast
from .models import changed_models
from .periods import split, tally
from .ratio import dispersion, ratio
from .result import Effect

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterable, Sequence

    from ..evidence import SessionRecord
    from .periods import Periods
    from .ratio import Ratio, Side
    from .result import Cover, Verdict

_LEVEL = 0.95  # at which all intervals together hold
_POWER = 0.8
_FEWEST_SESSIONS = 5  # before and after; fewer do not tell how failures cluster
_FEWEST_OTHERS = 5  # failures of other causes in each period, to tell drift by


@dataclass(frozen=True, slots=True)
class _Ground:
    """Two periods, and what chance does in them."""

    periods: Periods
    dispersion: float
    credible: float


@dataclass(frozen=True, slots=True)
class _Case:
    """A bucket that can be judged, before it is."""

    effect: Effect
    ratio: Ratio
    against_untaught: bool  # the other causes had no new pitfall
    spread: float
    wander: float
    a_session: float  # failures that a session would have if nothing had changed


def effects_of(records: Sequence[SessionRecord], covers: Iterable[Cover]) -> tuple[Effect, ...]:
    """Return what became of each covered bucket, those with most failures before first.

    The rate ratio is that of a bucket's failures to those of other causes, after over before: a difference in
    differences of logarithms, in which what drifts for all causes and what a session does to all cancels out. Sessions
    are the unit. Several buckets: Holm 1979, whose steps give the intervals their levels.
    """
    covers = tuple(covers)
    grounds: dict[tuple[datetime.date | None, bool], _Ground] = {}
    for cover in covers:
        day = (cover.since, cover.whole_day)
        grounds[day] = grounds.get(day) or _ground(split(records, cover))
    found = [_case(records, cover, covers, grounds[cover.since, cover.whole_day]) for cover in covers]
    open_cases = sorted((item for item in found if isinstance(item, _Case)), key=lambda case: case.ratio.chance)
    effects = [item for item in found if isinstance(item, Effect)]
    refused, least = 0, 0.0
    for place, case in enumerate(open_cases):
        parts = len(open_cases) - refused
        least = min(1.0, max(least, case.ratio.chance * (len(open_cases) - place)))
        refused += refused == place and case.ratio.chance * parts <= 1 - _LEVEL
        effects.append(_judged(case, 1 - (1 - _LEVEL) / parts, least))
    return tuple(sorted(effects, key=lambda effect: (-effect.before.failures, effect.bucket)))


def _ground(periods: Periods) -> _Ground:
    common = common_dispersion(periods)
    return _Ground(periods, common, credibility(periods.failures_before, periods.causes, common))


def _case(records: Sequence[SessionRecord], cover: Cover, covers: Sequence[Cover], ground: _Ground) -> _Case | Effect:
    """Return a bucket ready to be judged, or the effect where there is nothing to judge."""
    periods = ground.periods
    effect = _described(records, periods, cover)
    if cover.since is None:
        return replace(effect, reason="its pitfall is not committed yet")
    changed = changed_models(periods)
    if changed:
        return replace(effect, verdict="not-comparable", reason=changed)
    if not effect.before.failures:
        sessions = effect.before.sessions
        known = f"no failure is known from {counted(sessions, 'session')} before" if sessions else "no session before"
        return replace(effect, reason=known)
    others = _others(periods, cover.bucket, covers)
    untaught = _enough(periods, others)
    if not untaught:
        others = frozenset(periods.causes) - {cover.bucket}
    effect = replace(
        effect,
        others=sum(periods.failures_before[cause] for cause in others),
        others_after=sum(periods.failures_after[cause] for cause in others),
    )
    if not effect.after.sessions:
        return _awaited(effect, periods.sides(cover.bucket, others)[0])
    if not _enough(periods, others):
        return replace(effect, reason="other causes failed too rarely to tell how all rates drifted")
    return _weighed(effect, ground, cover.bucket, others, untaught)


def _awaited(effect: Effect, before: Side) -> Effect:
    """Return the effect that no session can show yet, with how many would."""
    spread, a_session = dispersion((before,)), before.total / effect.before.sessions
    more = _more_sessions(_LEVEL, spread=spread, left=spread / before.total, a_session=a_session)
    return replace(effect, reason=_wait("no session", more), more_sessions=more)


def _described(records: Sequence[SessionRecord], periods: Periods, cover: Cover) -> Effect:
    before, after = tally(periods.before, cover.bucket), tally(periods.after, cover.bucket)
    comparable = before.failures and before.executions and after.executions
    return Effect(
        cover.bucket,
        cover.since,
        before,
        after,
        "no-evidence",
        "",
        crude_ratio=(after.failures / after.executions) / (before.failures / before.executions) if comparable else None,
        left_out=len(records) - before.sessions - after.sessions if cover.since else 0,
        loaded=loaded_contrast(periods.after, cover),
        hint=hint_contrast(records, cover.bucket),
    )


def _others(periods: Periods, bucket: str, covers: Iterable[Cover]) -> frozenset[str]:
    """Return the other causes, without those that got a pitfall in the time that is looked at."""
    days = [record.date for record in (*periods.before, *periods.after) if record.date]
    first: datetime.date | None = min(days, default=None)
    taught = {cover.bucket for cover in covers if first and cover.since and cover.since > first}
    return frozenset(periods.causes) - taught - {bucket}


def _enough(periods: Periods, others: Collection[str]) -> bool:
    counts = (periods.failures_before, periods.failures_after)
    return all(sum(count[cause] for cause in others) >= _FEWEST_OTHERS for count in counts)


def _weighed(effect: Effect, ground: _Ground, bucket: str, others: frozenset[str], untaught: bool) -> _Case:
    periods = ground.periods
    before, after = periods.sides(bucket, others)
    own, theirs = (
        drawn(periods.failures_before, chosen, periods.causes, ground.credible) for chosen in ((bucket,), others)
    )
    draw = own / theirs
    spread, loose = dispersion((before, after)), wander(periods, others, ground.dispersion)
    expected = draw * before.total / before.held_against * after.held_against
    found = ratio(before, after, spread, wander=loose, draw=draw)
    return _Case(effect, found, untaught, spread, loose, expected / effect.after.sessions)


def _judged(case: _Case, level: float, chance: float) -> Effect:
    low, high = case.ratio.interval(level)
    verdict: Verdict = "no-evidence"
    enough = min(case.effect.before.sessions, case.effect.after.sessions) >= _FEWEST_SESSIONS
    if enough and high < 1:
        verdict = "reduced" if case.effect.after.failures else "prevented"
    elif enough and low > 1 and case.against_untaught:
        verdict = "worse"
    more = _still_needed(case, level) if verdict == "no-evidence" else None
    return replace(
        case.effect,
        verdict=verdict,
        reason=_reason(case, verdict, low, more),
        rate_ratio=case.ratio.value,
        interval=(low, high if math.isfinite(high) else None),
        level=level,
        chance=chance,
        more_sessions=more,
    )


def _still_needed(case: _Case, level: float) -> int | None:
    left = 1 / case.ratio.before + case.wander / 2
    needed = _more_sessions(level, spread=case.spread, left=left, a_session=case.a_session)
    return None if needed is None else max(0, max(needed, _FEWEST_SESSIONS) - case.effect.after.sessions)


def _more_sessions(level: float, *, spread: float, left: float, a_session: float) -> int | None:
    """Return how many sessions after would show a halving in four of five cases; None where no number would.

    `left` is the variance of the logarithm that is there without them, `a_session` the failures that one would have if
    nothing changed. Source: Wald's test of the logarithm.
    """
    normal = NormalDist()
    reach = normal.inv_cdf((1 + level) / 2) + normal.inv_cdf(_POWER)
    room = (math.log(2) / reach) ** 2 - left
    return math.ceil(spread / room / (a_session / 2)) if room > 0 else None


def _reason(case: _Case, verdict: Verdict, low: float, more: int | None) -> str:
    if verdict == "prevented":
        return "no failure since, where others went on"
    if verdict in ("reduced", "worse"):
        return f"it became {'rarer' if verdict == 'reduced' else 'more frequent'} relative to other causes"
    if low > 1 and not case.against_untaught:
        return "it rose relative to causes that have new pitfalls themselves"
    return _wait(counted(case.effect.after.sessions, "session"), more)


def _wait(after: str, more: int | None) -> str:
    """Return in a clause what is there after, and what is missing."""
    if more is None:
        return f"{after} after, and too few failures before to show a halving, however many follow"
    if not more:
        return f"{after} after would most likely have shown a halving"
    return f"{after} after; about {more:,} more would show a halving"
