"""What became of a root cause after its pitfall, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..effect.output import SAYS
from .pictures.interval import Interval, intervals

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from markupsafe import Markup

    from ..effect.result import Contrast, Effect, GoingOn, Tally, Verdict
    from .cause import Cause

_LEVEL = 0.95  # of a contrast, for this comparison alone
_WORDS: dict[Verdict, str] = {
    "prevented": "prevented",
    "reduced": "reduced",
    "worse": "worse",
    "no-evidence": "no evidence yet",
    "not-comparable": "not comparable",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """Two groups of sessions beside each other."""

    name: str
    sessions: int
    executions: int
    failures: int

    @property
    def rate(self) -> float:
        """Failures per execution."""
        return self.failures / self.executions if self.executions else 0.0


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a cause goes on, and how often for that reason."""

    words: str
    failures: int
    sessions: int


@dataclass(frozen=True, slots=True)
class EffectView:
    """An effect, ready to be shown."""

    verdict: str
    good: bool
    bad: bool
    reason: str
    since: datetime.date | None
    compared: tuple[Compared, ...]
    picture: Markup
    left_out: int  # sessions without a date, or of the day of the change


def effect_view(effect: Effect) -> EffectView:
    """Return an effect as the page of its cause shows it."""
    return EffectView(
        verdict=_WORDS[effect.verdict],
        good=effect.verdict in ("prevented", "reduced"),
        bad=effect.verdict == "worse",
        reason=effect.reason,
        since=effect.since,
        compared=tuple(_compared(effect)) if effect.since else (),
        picture=intervals(tuple(_intervals(effect)), "Failures, relative to what they are held against"),
        left_out=effect.left_out,
    )


def reasons(cause: Cause) -> tuple[Reason, ...]:
    """Return why a cause goes on, the commonest reason first."""
    return tuple(_reason(row) for row in cause.going_on)


def _reason(row: GoingOn) -> Reason:
    return Reason(SAYS[row.reason], row.failures, row.sessions)


def _compared(effect: Effect) -> Iterator[Compared]:
    yield _side("before the pitfall", effect.before)
    yield _side("after it", effect.after)
    for contrast, having, lacking in _contrasts(effect):
        yield _side(having, contrast.having)
        yield _side(lacking, contrast.lacking)


def _side(name: str, tally: Tally) -> Compared:
    return Compared(name, tally.sessions, tally.executions, tally.failures)


def _contrasts(effect: Effect) -> Iterator[tuple[Contrast, str, str]]:
    if effect.loaded is not None:
        yield effect.loaded, "skill loaded", "not loaded"
    if effect.hint is not None:
        yield effect.hint, "hint given", "withheld"


def _intervals(effect: Effect) -> Iterator[Interval]:
    if effect.rate_ratio is not None and effect.interval is not None and effect.level is not None:
        yield Interval("After against before", effect.rate_ratio, *effect.interval, effect.level)
    for contrast, having, lacking in _contrasts(effect):
        if contrast.rate_ratio is not None and contrast.interval is not None:
            label = f"{having.capitalize()} against {lacking}"
            yield Interval(label, contrast.rate_ratio, *contrast.interval, _LEVEL)
