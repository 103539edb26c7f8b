"""The events of spans: what programs that trace agents write of each operation, one record for its call and its result.

A format says what each of its spans is. Here they are put into the order in which they began, given their session, and
tied to what the user asked at the root of their trace. Where a trace has no calls of its own, those are taken that its
models were told of.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from ..clock import utc
from ..event import Call, Result, SessionFacts, UserSaid
from .asked import asked_in
from .told import ToldCall, told_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..event import Event, Spot

Kind: TypeAlias = Literal["tool", "leaf", "model", "other"]  # a leaf is a call if no span lies in it

_HELD: Final = 1000  # spans that are held to put them in order
_DEPTH: Final = 50  # spans above another that are looked at


@dataclass(frozen=True, slots=True)
class Span:
    """One operation of an agent."""

    spot: Spot
    id: str
    trace: str
    kind: Kind
    parent: str = ""  # the id of the span around it; empty at the root of a trace
    session: str = ""
    name: str = "unknown"
    input: Any = None
    start: Any = None
    end: Any = None
    model: str | None = None
    content: Any = None  # what a tool returned; this and what follows as in `Result`
    ok: bool | None = None
    error: tuple[str, str] | None = None
    stderr: str | None = None


def span_events(spans: Iterable[Span], by: str) -> Iterator[Event]:
    """Yield the events of spans, which may come in any order that keeps those of a trace near each other.

    `by` names the program whose ids these are; other programs may use the same ones for other calls.
    """
    told, waiting = _Told(by), iter(spans)
    while held := list(islice(waiting, _HELD)):
        yield from told.events(sorted(held, key=lambda span: utc(span.start) or ""))


class _Told:
    """What is known of the traces so far."""

    def __init__(self, by: str) -> None:
        self._by = by
        self._sessions: dict[str, str] = {}  # by trace
        self._asked: dict[str, str] = {}  # by trace, at its root
        self._called: set[str] = set()  # traces with calls of their own
        self._heard: set[tuple[str, type, str]] = set()  # by trace: the calls and results that models were told of
        self._threads: set[tuple[str, str]] = set()  # traces and the calls in them under which an agent works

    def events(self, spans: list[Span]) -> Iterator[Event]:
        """Yield the events of spans that are in order."""
        for span in spans:
            if span.session:
                self._sessions.setdefault(span.trace, span.session)
        decided = list(_decided(spans))
        by_id = {(span.trace, span.id): span for span in decided}
        self._called |= {span.trace for span in decided if span.kind == "tool"}
        for span in decided:
            above = _call_around(span, by_id)
            if above is None or not _is_told_by(above, span):
                yield from self._events(span, above)

    def _events(self, span: Span, above: Span | None) -> Iterator[Event]:
        session = span.session or self._sessions.get(span.trace, span.trace)
        thread = "" if above is None else above.id
        yield SessionFacts(span.spot, session=session, model=span.model, time=span.start)
        said = self._said(span, above)
        if said:
            yield UserSaid(span.spot, said, session=session, thread=thread, time=span.start)
        if span.kind == "model" and span.trace not in self._called:
            yield from self._from_messages(span, session)
        if span.kind == "tool":
            call_id = f"{self._by} {span.trace}:{span.id}"
            yield Call(span.spot, call_id, span.name, span.input, session=session, thread=thread, time=span.start)
            yield Result(
                span.spot, call_id, span.content, ok=span.ok, error=span.error, stderr=span.stderr,
                session=session, thread=thread, time=span.end or span.start,
            )  # fmt: skip

    def _from_messages(self, span: Span, session: str) -> Iterator[Event]:
        """Yield the calls and results that a model is told of for the first time."""
        for told in told_in(span.input):
            key = (span.trace, type(told), told.id)
            if key in self._heard:
                continue
            self._heard.add(key)
            if isinstance(told, ToldCall):
                yield Call(span.spot, told.id, told.tool, told.arguments, session=session, time=span.start)
            else:
                yield Result(span.spot, told.id, told.content, ok=told.ok, session=session, time=span.start)

    def _said(self, span: Span, above: Span | None) -> str:
        """Return what the user asks in a span; within a call, once, what its agent was asked to do."""
        if above is not None:
            if (above.trace, above.id) in self._threads:
                return ""
            self._threads.add((above.trace, above.id))
            return asked_in(above.input) or self._asked.get(span.trace, "")
        if span.kind != "tool" and not span.parent:
            said = asked_in(span.input)
            if said:
                self._asked[span.trace] = said
            return said
        return asked_in(span.input) if span.kind == "model" and span.trace not in self._asked else ""


def _decided(spans: list[Span]) -> Iterator[Span]:
    """Yield spans with the leaves among them told from those that hold others."""
    holders = {(span.trace, span.parent) for span in spans}
    for span in spans:
        if span.kind == "leaf":
            yield replace(span, kind="other" if (span.trace, span.id) in holders else "tool")
        else:
            yield span


def _call_around(span: Span, by_id: dict[tuple[str, str], Span]) -> Span | None:
    """Return the innermost call in which a span lies."""
    around = span
    for _ in range(_DEPTH):
        above = by_id.get((around.trace, around.parent)) if around.parent else None
        if above is None or above.kind == "tool":
            return above
        around = above
    return None


def _is_told_by(call: Span, span: Span) -> bool:
    """Return whether a span within a call is the same call once more, traced by another layer."""
    return span.kind == "tool" and (call.input == span.input or (call.name == span.name and call.id == span.parent))
