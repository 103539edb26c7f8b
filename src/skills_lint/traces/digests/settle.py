"""What remained open in single digests: calls and results that find each other across them, or stay alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from .digest import Digest, Step, Waiting
from .steps import code_of, make_step

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from .digest import Thread

Told: TypeAlias = tuple[Digest, Step]  # a step, and where it is told


def settled(digests: Sequence[Digest], python_tools: Collection[str]) -> Iterator[Told]:
    """Yield the steps of calls and results that found each other, in one file before across files, or stayed alone."""
    threads = _Threads()
    calls: list[tuple[Digest, Waiting]] = []
    results: dict[tuple[str, str], tuple[Digest, Waiting]] = {}
    for digest in digests:
        own: dict[tuple[str, str], Waiting] = {}
        for orphan in digest.orphans:
            own.setdefault(_pair(orphan), orphan)
        for waiting in digest.waiting:
            if _pair(waiting) in own:
                yield _told(digest, waiting, own.pop(_pair(waiting)), python_tools, threads)
            else:
                calls.append((digest, waiting))
        for pair, orphan in own.items():
            results.setdefault(pair, (digest, orphan))
    for digest, waiting in calls:
        found = results.pop(_pair(waiting), None)
        yield _told(found[0] if found else digest, waiting, found[1] if found else None, python_tools, threads)
    answered = _answered(digests, {call_id for _, call_id in results})
    for pair, (digest, orphan) in results.items():
        if pair not in answered:  # else it is told a second time
            yield _told(digest, None, orphan, python_tools, threads)


def _answered(digests: Sequence[Digest], ids: Collection[str]) -> set[tuple[str, str]]:
    """Return session and id of the calls that found their results in single digests, of those with these ids."""
    if not ids:
        return set()
    return {(d.threads[step.thread][0], step.id) for d in digests for step in d.steps if step.id in ids}


class _Threads:
    """The threads of digests by their index."""

    def __init__(self) -> None:
        self._known: dict[int, dict[Thread, int]] = {}

    def index(self, digest: Digest, thread: Thread) -> int:
        """Return the index of a thread in its digest, to which it is added where it is new."""
        known = self._known.get(id(digest))
        if known is None:
            known = self._known[id(digest)] = {thread: at for at, thread in enumerate(digest.threads)}
        if thread not in known:
            known[thread] = len(digest.threads)
            digest.threads.append(thread)
        return known[thread]


def _pair(waiting: Waiting) -> tuple[str, str]:
    told = waiting.call or waiting.result
    assert told is not None  # noqa: S101
    return told.session, told.id


def _told(
    digest: Digest,
    waiting: Waiting | None,
    orphan: Waiting | None,
    python_tools: Collection[str],
    threads: _Threads,
) -> Told:
    call, result = waiting.call if waiting else None, orphan.result if orphan else None
    told = call or result
    assert told is not None  # noqa: S101
    index = threads.index(digest, ((result or told).session, told.thread))
    request = waiting.request if waiting else orphan.request if orphan else None
    step = make_step(index, call, result, request, python_tools, echoes=digest.echoes)
    step.checksum = waiting.checksum if waiting else 0
    if call is not None and step.python and not step.kept:  # its call may lie in another file, so it is not read again
        step.code, step.kept = code_of(call, python_tools), True
    return digest, step
