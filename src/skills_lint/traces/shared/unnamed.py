"""Ids for the calls of chats that give them none, such as `function_call` and `"id": null`."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from typing import TYPE_CHECKING, Any

from ..mark import mark

if TYPE_CHECKING:
    from ..event import Spot


class UnnamedCalls:
    """Gives each call an id of its own, and each result that of the call it answers.

    The ids are the same in a copy of the file, and, where messages have times, others in the file's continuation.
    """

    def __init__(self) -> None:
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)  # by session: calls of a tool, perhaps at a time
        self._open: dict[str, deque[tuple[str, str]]] = defaultdict(deque)  # by session: tool and id
        self._tools: dict[str, Counter[str | None]] = defaultdict(Counter)  # by session: of open calls
        self._last: dict[str, Spot] = {}  # the message that called last
        self._answering: set[str] = set()  # sessions whose last calls have an answer
        self._openings: dict[str, str] = {}  # by session: the mark of its first message

    def begin(self, session: str, opening: Any) -> None:
        """Note that a record tells a session from the message `opening` on; ids begin anew where it tells all again."""
        known = mark(opening)
        if self._openings.setdefault(session, known) == known:
            self._counts.pop(session, None)

    def call(self, session: str, tool: str, spot: Spot | None, time: Any) -> str:
        """Return an id for a call; what earlier messages called and got no answer to stays unanswered.

        Where each call is a record of its own, `spot` is None, and calls are of one message until an answer comes.
        """
        if session in self._answering if spot is None else self._last.get(session) != spot:
            self._open[session].clear()
            self._tools[session].clear()
        if spot is not None:
            self._last[session] = spot
        self._answering.discard(session)
        call_id = self._minted(session, tool, time)
        self._open[session].append((tool, call_id))
        self._tools[session][tool] += 1
        return call_id

    def answered(self, session: str, tool: str | None, time: Any) -> str:
        """Return the id of the call that a result answers: the earliest open one of its tool, else the earliest."""
        waiting = self._open[session]
        self._answering.add(session)
        if not waiting:
            return self._minted(session, f"answer of {tool}", time)
        has_open = self._tools[session][tool] > 0
        found = next(pair for pair in waiting if pair[0] == tool) if has_open else waiting[0]
        waiting.remove(found)
        self._tools[session][found[0]] -= 1
        return found[1]

    def _minted(self, session: str, tool: str, time: Any) -> str:
        name = f"{tool} {time}" if time else tool
        self._counts[session][name] += 1
        return f"{name}#{self._counts[session][name]}"
