"""Whether the same models ran in both periods."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from ..words import percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..evidence import SessionRecord
    from .periods import Periods

_MOST_MOVED = 0.25  # the share of sessions that may be of other models than before


def changed_models(periods: Periods) -> str | None:
    """Return in a clause how the models changed between the periods; None where they did not, or nothing tells.

    A mix may differ by a quarter of the sessions, and by as much more as a draw of so few sessions does.
    """
    before, after = _models(periods.before), _models(periods.after)
    sizes = before.total(), after.total()
    if not all(sizes):
        return None
    if not before.keys() & after.keys():
        return f"no model ran both before and after ({_most(before)}, then {_most(after)})"
    moved = by_chance = 0.0
    for model in before.keys() | after.keys():
        share = (before[model] + after[model]) / sum(sizes)
        moved += abs(before[model] / sizes[0] - after[model] / sizes[1]) / 2
        by_chance += math.sqrt(share * (1 - share) * (1 / sizes[0] + 1 / sizes[1])) / 2
    if moved <= _MOST_MOVED + by_chance:
        return None
    return f"other models ran in {percent(moved)} of the sessions (mostly {_most(before)}, then {_most(after)})"


def _models(records: Iterable[SessionRecord]) -> Counter[str]:
    return Counter(record.model for record in records if record.model)


def _most(models: Counter[str]) -> str:
    return min(models, key=lambda model: (-models[model], model))
