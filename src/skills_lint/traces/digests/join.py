"""The digests of parts of one file put together, in the order of the parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .digest import Digest, Facts


def join(digest: Digest, other: Digest) -> None:
    """Add to the digest of some lines that of the lines behind them, which is used up."""
    other.moved(digest.lines)
    _add_requests(digest, other)
    index = {thread: at for at, thread in enumerate(digest.threads)}
    threads = [index.setdefault(thread, len(index)) for thread in other.threads]
    for step in other.steps:
        step.thread = threads[step.thread]
    digest.threads = list(index)
    digest.lines += other.lines
    digest.steps += other.steps
    digest.waiting += other.waiting
    digest.orphans += other.orphans
    digest.skipped += other.skipped
    digest.anchors += other.anchors
    digest.names = {**other.names, **digest.names}
    for session, facts in other.facts.items():
        if session in digest.facts:
            _add_facts(digest.facts[session], facts)
        else:
            digest.facts[session] = facts


def _add_requests(digest: Digest, other: Digest) -> None:
    """Tell what comes before the first request of the other lines what was asked for above them."""
    above = dict(digest.requests)
    for step in other.steps:
        if step.failure is not None and step.failure.request is None:
            step.failure.request = above.get(other.threads[step.thread])
    for waiting in (*other.waiting, *other.orphans):
        told = waiting.call or waiting.result
        if waiting.request is None and told is not None:
            waiting.request = above.get((told.session, told.thread))
    digest.requests = list({**above, **dict(other.requests)}.items())


def _add_facts(facts: Facts, other: Facts) -> None:
    facts.model = facts.model or other.model
    facts.start = min((start for start in (facts.start, other.start) if start), default=None)
    facts.end = max((end for end in (facts.end, other.end) if end), default=None)
    facts.offered = list(dict.fromkeys((*facts.offered, *other.offered)))
    facts.loaded += other.loaded
