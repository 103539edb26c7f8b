"""Pieces of a text: joined where they overlap, kept apart from others, shared out to the parts that they lie in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of a text that is to vanish: places in bytes, and what it is."""

    start: int
    end: int
    kind: str  # "user", or the kind of a secret: "github-pat", "password", …


def merged(spans: Iterable[Span], taken: list[Span]) -> list[Span]:
    """Return the spans joined where they overlap, without what is `taken`; the first kind names the whole."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end), joined[-1].kind)
        elif span.end > span.start:
            joined.append(span)
    return outside(joined, sorted(taken))


def outside(spans: list[Span], taken: list[Span]) -> list[Span]:
    """Return the parts of `spans` that are not in `taken`; both are sorted and without overlaps."""
    parts: list[Span] = []
    index = 0
    for span in spans:
        start = span.start
        while index < len(taken) and taken[index].end <= start:
            index += 1
        at = index
        while at < len(taken) and taken[at].start < span.end:
            if taken[at].start > start:
                parts.append(Span(start, taken[at].start, span.kind))
            start = max(start, taken[at].end)
            at += 1
        if start < span.end:
            parts.append(Span(start, span.end, span.kind))
    return parts


def shared_out(spans: Sequence[Span], parts: Iterable[tuple[int, int]]) -> Iterator[list[Span]]:
    """Yield for each part, a start and an end, the pieces of `spans` in it, with places from its start on.

    Both are sorted and without overlaps.
    """
    index = 0
    for start, end in parts:
        own: list[Span] = []
        while index < len(spans) and spans[index].start < end:
            span = spans[index]
            if span.end > start:
                own.append(Span(max(span.start, start) - start, min(span.end, end) - start, span.kind))
            if span.end > end:  # the next part may hold more of it
                break
            index += 1
        yield own
