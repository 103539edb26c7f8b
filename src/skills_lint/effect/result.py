"""What effect returns; see schemas/effect.schema.json for its JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime

    from ..triage.result import Assigned

Verdict = Literal["prevented", "reduced", "no-evidence", "worse", "not-comparable"]
GoesOn = Literal["not-covered", "not-offered", "not-loaded", "ignored", "untold"]


@dataclass(frozen=True, slots=True)
class Cover:
    """A bucket that is covered: by which skills, and since when."""

    bucket: str
    skills: frozenset[str]  # all names of the skills with a pitfall for it
    since: datetime.date | None  # None: not yet, since the pitfall is not committed
    whole_day: bool = False  # the day itself counts as after


@dataclass(frozen=True, slots=True)
class Tally:
    """Sessions, what they ran, and how often it failed for one cause."""

    sessions: int
    executions: int
    failures: int


@dataclass(frozen=True, slots=True)
class Contrast:
    """Sessions of the same time, with something and without it; the ratio is of failures per execution."""

    having: Tally
    lacking: Tally
    rate_ratio: float | None
    interval: tuple[float, float | None] | None  # 95 %, for this comparison alone; None as a bound: infinite


@dataclass(frozen=True, slots=True)
class Effect:
    """What became of a cause after a pitfall for it."""

    bucket: str
    since: datetime.date | None
    before: Tally
    after: Tally
    verdict: Verdict
    reason: str  # for the verdict, as a clause
    rate_ratio: float | None = None  # relative to other causes; before is drawn toward the mean
    interval: tuple[float, float | None] | None = None
    level: float | None = None  # of the interval; all intervals together hold with 95 %
    chance: float | None = None  # p-value, corrected for the number of buckets
    crude_ratio: float | None = None  # of failures per execution, nothing accounted for
    others: int | None = None  # failures of the causes that it is held against, before
    others_after: int | None = None
    more_sessions: int | None = None  # after which a halving would show in four of five cases
    left_out: int = 0  # sessions without a date, or of the day of the change
    loaded: Contrast | None = None
    hint: Contrast | None = None


@dataclass(frozen=True, slots=True)
class GoingOn:
    """Failures of a cause that go on, for one of the reasons why a cause can go on."""

    bucket: str
    reason: GoesOn
    failures: int
    sessions: int
    example: Assigned | None  # the newest one; None where only evidence is known
