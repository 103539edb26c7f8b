"""What remained open in single digests: calls and results that find each other across them, or stay alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from .digest import Digest, Step, Waiting
from .steps import make_step

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

Told: TypeAlias = tuple[Digest, Step]  # a step, and where it is told


def settled(digests: Sequence[Digest], python_tools: Collection[str]) -> Iterator[Told]:
    """Yield the steps of calls and results that found each other, in one file before across files, or stayed alone."""
    calls: list[tuple[Digest, Waiting]] = []
    results: dict[tuple[str, str], tuple[Digest, Waiting]] = {}
    for digest in digests:
        own: dict[tuple[str, str], Waiting] = {}
        for orphan in digest.orphans:
            own.setdefault(_pair(orphan), orphan)
        for waiting in digest.waiting:
            if _pair(waiting) in own:
                yield _told(digest, waiting, own.pop(_pair(waiting)), python_tools)
            else:
                calls.append((digest, waiting))
        for pair, orphan in own.items():
            results.setdefault(pair, (digest, orphan))
    for digest, waiting in calls:
        found = results.pop(_pair(waiting), None)
        yield _told(found[0] if found else digest, waiting, found[1] if found else None, python_tools)
    for digest, orphan in results.values():
        yield _told(digest, None, orphan, python_tools)


def _pair(waiting: Waiting) -> tuple[str, str]:
    told = waiting.call or waiting.result
    assert told is not None  # noqa: S101
    return told.session, told.id


def _told(digest: Digest, waiting: Waiting | None, orphan: Waiting | None, python_tools: Collection[str]) -> Told:
    call, result = waiting.call if waiting else None, orphan.result if orphan else None
    told = call or result
    assert told is not None  # noqa: S101
    thread = ((result or told).session, told.thread)
    if thread not in digest.threads:
        digest.threads.append(thread)
    request = waiting.request if waiting else orphan.request if orphan else None
    index = digest.threads.index(thread)
    step = make_step(index, call, result, request, python_tools, echoes=digest.echoes)
    step.checksum = waiting.checksum if waiting else 0
    return digest, step
