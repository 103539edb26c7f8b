"""Which failures of a bucket stand for all of them: few, and as different as they can be."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .result import Assigned

_Kind = tuple[str, str, bool]  # signature, format, whether the session had loaded a skill
_WORTH = (2, 1, 1)  # of each, where it was not shown yet
_WORTH_OF_SESSION = 2


def differing(assigned: Sequence[Assigned], loaded: Mapping[str, bool], most: int) -> tuple[Assigned, ...]:
    """Return at most so many failures: the newest first, then each time the one that is least like those before.

    They differ by signature and session, then by format and by whether a skill was `loaded` in the session, named by
    its key. Of those that differ as much, one of a session that is not shown yet is taken, then the newest.
    """
    waiting = _by_kind(assigned, loaded)
    shown: set[tuple[int, object]] = set()
    sessions: set[str] = set()
    found: list[Assigned] = []

    def worth(kind: _Kind) -> tuple[int, bool, str]:
        failure = _next(waiting[kind], sessions).failure
        fresh = failure.session not in sessions
        new = sum(value for value, part in zip(_WORTH, enumerate(kind), strict=True) if part not in shown)
        return new + _WORTH_OF_SESSION * fresh, fresh, failure.timestamp or ""

    while waiting and len(found) < most:
        kind = max(waiting, key=worth)
        item = _next(waiting[kind], sessions)
        found.append(item)
        shown.update(enumerate(kind))
        sessions.add(item.failure.session)
        waiting[kind].remove(item)
        if not waiting[kind]:
            del waiting[kind]
    return tuple(found)


def _by_kind(assigned: Iterable[Assigned], loaded: Mapping[str, bool]) -> dict[_Kind, list[Assigned]]:
    """Return the failures by what they can differ in, the newest first."""
    kinds: dict[_Kind, list[Assigned]] = defaultdict(list)
    for item in sorted(assigned, key=lambda item: item.failure.timestamp or "", reverse=True):
        kinds[item.signature, item.failure.format, loaded.get(item.failure.session_key, False)].append(item)
    return kinds


def _next(items: Sequence[Assigned], sessions: set[str]) -> Assigned:
    """Return the newest of a session that is not shown yet, or else the newest."""
    return next((item for item in items if item.failure.session not in sessions), items[0])
