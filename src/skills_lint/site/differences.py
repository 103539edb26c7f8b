"""What changed from each report to the next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ..report.movement import histories
from .changes import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..report.figures import ReportFigures
    from ..report.movement import Movement


@dataclass(frozen=True, slots=True)
class Change:
    """A root cause that does not stay as it was in the report before."""

    id: str
    movement: Movement
    before: int  # failures
    now: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A report against the one before it."""

    earlier: ReportFigures
    changes: tuple[Change, ...]  # what is worse comes first

    @property
    def in_words(self) -> str:
        """How many root causes went where: `2 new, 1 gone`."""
        counts = Counter(change.movement for change in self.changes)
        told = ", ".join(f"{counts[movement]} {word}" for movement, word in WORDS.items() if counts[movement])
        return told or "nothing"


def differences_of(reports: Sequence[ReportFigures]) -> Mapping[str, Difference]:
    """Return the difference of each report to the one before it, by its file; the first has none.

    A cause is *growing* or *falling* where its failures per execution differ by more than chance. One that an earlier
    report has, and not the one before, came back. Where the pipeline changed in between, discovered groups are left
    out, since they went by other hashes.
    """
    found: dict[str, Difference] = {}
    seen: set[str] = set()
    for earlier, report in pairwise(reports):
        order = list(WORDS)
        changes = sorted(_changes(earlier, report, seen), key=lambda change: order.index(change.movement))
        found[report.file] = Difference(earlier, tuple(changes))
        seen.update(bucket.id for bucket in earlier.buckets)
    return found


def _changes(earlier: ReportFigures, report: ReportFigures, seen: set[str]) -> Iterable[Change]:
    for history in histories((earlier, report)):
        movement: Movement = "back" if history.movement == "new" and history.id in seen else history.movement
        if history.moved:
            yield Change(history.id, movement, history.points[0].failures, history.points[-1].failures)
