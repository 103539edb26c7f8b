"""Which steps of a long session are shown: the first, the last, and those around failures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_ALL: Final = 160  # steps that are shown of a session, at most
_FIRST: Final = 30
_LAST: Final = 15
_BEFORE: Final = 3  # a failure
_AFTER: Final = 4


def chosen(failed: Sequence[bool]) -> list[int]:
    """Return the places of the steps that are shown, in order; `failed` tells of each step whether it is a failure."""
    if len(failed) <= _ALL:
        return list(range(len(failed)))
    kept = {*range(_FIRST), *range(len(failed) - _LAST, len(failed))}
    for at, failure in enumerate(failed):
        around = range(max(at - _BEFORE, 0), min(at + _AFTER + 1, len(failed)))
        if failure and len(kept | set(around)) <= _ALL:
            kept.update(around)
    return sorted(kept)
