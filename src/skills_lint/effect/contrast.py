"""Sessions of the same time that differ in one thing: the skill was loaded, or the hint was given."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .names import is_named
from .periods import per_execution, tally
from .ratio import dispersion, ratio
from .result import Contrast

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..evidence import SessionRecord
    from .result import Cover

_LEVEL = 0.95


def loaded_contrast(records: Iterable[SessionRecord], cover: Cover) -> Contrast | None:
    """Return the sessions that had a covering skill loaded beside those that had not; None where either is missing.

    Agents load a skill for tasks that it is about, and those may fail more often: this shows no cause.
    """
    records = tuple(records)
    having = [record for record in records if is_named(cover.skills, record.loaded)]
    return _contrast(having, [record for record in records if not is_named(cover.skills, record.loaded)], cover.bucket)


def hint_contrast(records: Iterable[SessionRecord], bucket: str) -> Contrast | None:
    """Return the sessions with hints beside those from which they were withheld by lot; None where either is missing.

    Only sessions from the first day to the last on which both were done are of the same time.
    """
    drawn = [record for record in records if record.hint and record.date]
    sides = [[record for record in drawn if record.hint == hint] for hint in ("given", "withheld")]
    if not all(sides):
        return None
    days = [sorted(record.date for record in side if record.date) for side in sides]
    first, last = max(dates[0] for dates in days), min(dates[-1] for dates in days)
    given, withheld = ([record for record in side if record.date and first <= record.date <= last] for side in sides)
    return _contrast(given, withheld, bucket)


def _contrast(having: Sequence[SessionRecord], lacking: Sequence[SessionRecord], bucket: str) -> Contrast | None:
    if not having or not lacking:
        return None
    sides = per_execution(lacking, bucket), per_execution(having, bucket)
    tallies = tally(having, bucket), tally(lacking, bucket)
    if not all(side.held_against for side in sides) or not any(side.total for side in sides):
        return Contrast(*tallies, None, None)
    found = ratio(*sides, dispersion(sides))
    low, high = found.interval(_LEVEL)
    finite = math.isfinite(high)
    return Contrast(*tallies, found.value if finite else None, (low, high if finite else None))
