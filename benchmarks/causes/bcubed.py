"""How well one grouping agrees with another: B-cubed (Bagga & Baldwin, 1998)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Agreement:
    """Shares between 0 and 1, every item weighing alike."""

    precision: float  # of those in an item's group, how many have its label; the mean over the items
    recall: float  # of those with an item's label, how many are in its group

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def bcubed(labels: Sequence[str], groups: Sequence[str]) -> Agreement:
    """Return how well groups agree with labels, one of each an item, in the same order; there must be items.

    Source: A. Bagga and B. Baldwin, "Entity-Based Cross-Document Coreferencing Using the Vector Space Model", 1998.
    """
    both = Counter(zip(labels, groups, strict=True))
    of_label, of_group = Counter(labels), Counter(groups)
    precision = sum(n * n / of_group[group] for (_, group), n in both.items())
    recall = sum(n * n / of_label[label] for (label, _), n in both.items())
    return Agreement(precision / len(labels), recall / len(labels))
