"""A root cause as the site may show it: the one place that decides what of the traces is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..coverage.cover import pitfalls_of
from ..report.figures import shown_title
from ..triage.recovery import recoveries
from .facts import Assessment
from .names import addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..buckets.bucket import Bucket, Remedy, Source
    from ..config import Publish
    from ..coverage.result import BucketCoverage, Pitfall
    from ..triage.result import Assigned, BucketCount, BucketRecovery
    from .facts import Facts


@dataclass(frozen=True, slots=True)
class Cause:
    """A root cause with what may be shown of it, and the address of its page."""

    uri: str
    id: str
    title: str
    source: Source
    remedy: Remedy
    cause: str | None  # None: withheld, or not known
    fix: str | None
    hint: str | None
    signature: str | None
    details: tuple[str, ...]  # how the repo's own API is misused
    examples: tuple[Assigned, ...]
    recovery: BucketRecovery | None  # without its pairs where texts are withheld; None: no traces of it
    count: BucketCount | None  # None: declared, and not seen in the window; only its numbers and days are shown
    pitfalls: tuple[Pitfall, ...]
    missing: tuple[str, ...]
    covered: bool
    came_back: bool
    failing: bool  # the gate fails for it
    command: str | None
    obstacle: str | None  # what a person has to mend first

    @property
    def top(self) -> bool:
        """True for the few that matter most."""
        return bool(self.count and self.count.top)


def causes_of(facts: Facts) -> tuple[Cause, ...]:
    """Return all root causes: those seen, the most important first, then those declared and not seen."""
    assessed = facts.assessment if isinstance(facts.assessment, Assessment) else None
    seen = assessed.coverage.buckets if assessed else ()
    recovered = recoveries(assessed.triage) if assessed else {}
    ids = dict.fromkeys(item.bucket.id for item in seen)
    unseen = [bucket for bucket in facts.buckets if bucket.id not in ids]
    uris = addresses("causes", {id_: id_ for id_ in (*ids, *(bucket.id for bucket in unseen))})
    return (
        *(_seen(item, uris[item.bucket.id], facts.publish, recovered.get(item.bucket.id)) for item in seen),
        *_unseen(unseen, uris, facts),
    )


def _seen(item: BucketCoverage, uri: str, publish: Publish, recovery: BucketRecovery | None) -> Cause:
    bucket = item.bucket
    withheld = publish == "counts"
    named_by_traces = withheld and bucket.source == "discovered"
    return Cause(
        uri=uri,
        id=bucket.id,
        title=shown_title(bucket, publish),
        source=bucket.source,
        remedy=bucket.remedy,
        cause=None if named_by_traces else bucket.cause,
        fix=None if named_by_traces else bucket.fix,
        hint=None if named_by_traces else bucket.hint,
        signature=None if withheld else bucket.signature,
        details=() if withheld else bucket.details,
        examples=() if withheld else bucket.examples,
        recovery=replace(recovery, pairs=()) if recovery and withheld else recovery,
        count=bucket,
        pitfalls=item.pitfalls,
        missing=item.missing,
        covered=item.covered,
        came_back=item.came_back,
        failing=item.failing,
        command=item.command,
        obstacle=item.obstacle,
    )


def _unseen(buckets: Iterable[Bucket], uris: dict[str, str], facts: Facts) -> Iterator[Cause]:
    pitfalls = pitfalls_of(facts.skills)
    for bucket in buckets:
        theirs = tuple(pitfall for pitfall in pitfalls if pitfall.bucket == bucket.id)
        yield Cause(
            uri=uris[bucket.id],
            id=bucket.id,
            title=bucket.title,
            source=bucket.source,
            remedy=bucket.remedy,
            cause=bucket.cause,
            fix=bucket.fix,
            hint=bucket.hint,
            signature=None,
            details=(),
            examples=(),
            recovery=None,
            count=None,
            pitfalls=theirs,
            missing=(),
            covered=bool(theirs),
            came_back=False,
            failing=False,
            command=None,
            obstacle=None,
        )
