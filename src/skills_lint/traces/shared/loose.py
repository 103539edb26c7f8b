"""Calls and results of JSON of unknown shape that lie in different records, tied by any id they share or by order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..event import Call

_MOST: Final = 1000  # calls that wait for a result


@dataclass(frozen=True, slots=True)
class OpenCall:
    """A call that no result has answered yet."""

    call: Call
    ids: tuple[str, ...]
    told: bool  # it is an event already


class OpenCalls:
    """Holds the calls that no result has answered yet, by all their ids."""

    def __init__(self) -> None:
        self._waiting: dict[int, OpenCall] = {}  # by number, in order
        self._by_id: dict[str, list[int]] = {}
        self._count = 0

    def add(self, call: Call, ids: Sequence[str], *, told: bool) -> None:
        """Note a call, and whether it is an event already."""
        self._count += 1
        self._waiting[self._count] = OpenCall(call, tuple(ids), told)
        for shared in ids:
            self._by_id.setdefault(shared, []).append(self._count)
        if len(self._waiting) > _MOST:
            self._take(next(iter(self._waiting)))

    def answered_by_id(self, ids: Sequence[str]) -> OpenCall | None:
        """Return the call to which one of these ids leads, and which then waits no more; else None.

        An id that several calls have leads to none of them.
        """
        for shared in ids:
            numbers = self._by_id.get(shared, [])
            if len(numbers) == 1:
                return self._take(numbers[0])
        return None

    def told_again(self, ids: Sequence[str], arguments: Any) -> OpenCall | None:
        """Return the call that is told again with its result, under one of its ids; it then waits no more."""
        for shared in ids:
            for number in self._by_id.get(shared, []):
                if self._waiting[number].call.arguments == arguments:
                    return self._take(number)
        return None

    def answered_next(self) -> OpenCall | None:
        """Return the last call noted, if it waits and is not told; it then waits no more."""
        last = self._waiting.get(self._count)
        return None if last is None or last.told else self._take(self._count)

    def _take(self, number: int) -> OpenCall:
        taken = self._waiting.pop(number)
        for shared in taken.ids:
            self._by_id[shared].remove(number)
            if not self._by_id[shared]:
                del self._by_id[shared]
        return taken
