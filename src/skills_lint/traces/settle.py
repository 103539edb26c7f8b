"""What remained open in single digests: calls and results that find each other across them, or stay alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from .digest import Digest, Step, Waiting
from .steps import make_step

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

Told: TypeAlias = tuple[Digest, Step]  # a step, and where it is told


def settled(digests: Sequence[Digest], python_tools: Collection[str]) -> Iterator[Told]:
    """Yield the steps of calls and results that found each other across files, and of those that remained alone."""
    results: dict[tuple[str, str], tuple[Digest, Waiting]] = {}
    for digest in digests:
        for orphan in digest.orphans:
            if orphan.result is not None:
                results.setdefault((orphan.result.session, orphan.result.id), (digest, orphan))
    for digest in digests:
        for waiting in digest.waiting:
            if waiting.call is not None:
                found = results.pop((waiting.call.session, waiting.call.id), None)
                yield _told(found[0] if found else digest, waiting, found[1] if found else None, python_tools)
    answered = _answered(digests, {call_id for _, call_id in results})
    for call, (digest, orphan) in results.items():
        if call not in answered:  # else it is told a second time
            yield _told(digest, None, orphan, python_tools)


def _answered(digests: Sequence[Digest], ids: Collection[str]) -> set[tuple[str, str]]:
    """Return session and id of the calls that found their results in single digests, of those with these ids."""
    if not ids:
        return set()
    return {(d.threads[step.thread][0], step.id) for d in digests for step in d.steps if step.id in ids}


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
