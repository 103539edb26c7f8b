"""What the repo's own API says of the failures of a bucket, added to the bucket's texts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .result import Assigned

_MOST = 5


def details_of(assigned: Iterable[Assigned]) -> tuple[str, ...]:
    """Return the distinct sentences of failures, the commonest first, at most five."""
    often = Counter(item.detail for item in assigned if item.detail)
    return tuple(sorted(often, key=lambda detail: (-often[detail], detail))[:_MOST])


def with_details(text: str, details: Iterable[str]) -> str:
    """Return a cause or a hint, followed by the sentences that make it concrete."""
    sentences = (f"{detail[0].upper()}{detail[1:]}{'' if detail.endswith('?') else '.'}" for detail in details)
    return " ".join(part for part in (text.strip(), *sentences) if part)
