"""A file that only grew: what was read of it is kept, and what came after it is read and added.

The result is that of reading it anew. Where that is not certain, `is_apart` says no, and the file is read anew.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, TypeAlias

from ..engine import can_grow
from ..sources.stamp import Ends, ends_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..digests.digest import Digest, Waiting
    from ..sources.source import Source

_LEAST: Final = 1_000_000  # bytes; less is read anew as fast
_MOST_OPEN: Final = 100  # calls and results; more are best settled by reading anew

_Pair: TypeAlias = tuple[str, str]  # session and the id that a call and its result share


def ends_to_grow_from(source: Source, digest: Digest, size: int) -> Ends | None:
    """Return where a file of this size can be read on from when it has grown; None where it has to be read anew."""
    if size < _LEAST or len(digest.waiting) + len(digest.orphans) > _MOST_OPEN or not can_grow(source, size):
        return None
    return ends_of(source, size)


def is_apart(digest: Digest, other: Digest) -> bool:
    """Say whether lines and those behind them, read apart, tell what they do when they are read at once.

    They do where the only calls that both tell of are those that waited for a result and got it.
    """
    if _places(other) and len(_places(digest)) < len(digest.names):
        return False  # records without a session may belong to that of the record before
    calls, results = Counter(_open(digest.waiting)), set(_open(digest.orphans))
    known = {*_settled(digest), *calls, *results}
    answered = set(_open(other.orphans))
    told = {*_settled(other), *_open(other.waiting)}
    return known.isdisjoint(told) and all(calls[pair] == 1 or pair not in known for pair in answered)


def _places(digest: Digest) -> list[str]:
    """Return the sessions that have no id, and are named for their place."""
    return [session for session, name in digest.names.items() if name.partition("#")[0] == digest.file]


def _settled(digest: Digest) -> Iterator[_Pair]:
    return ((digest.threads[step.thread][0], step.id) for step in digest.steps)


def _open(waiting: Iterable[Waiting]) -> Iterator[_Pair]:
    for each in waiting:
        told = each.call or each.result
        if told is not None:
            yield told.session, told.id
