"""A root cause as the site may show it: the one place that decides what of the traces is shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..coverage.cover import pitfalls_of
from ..report.figures import shown_title
from ..triage.recovery import recoveries
from .facts import Assessment
from .names import addresses
from .numbers import numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..buckets.bucket import Bucket, Remedy, Source
    from ..coverage.result import BucketCoverage, Pitfall
    from ..effect.result import Effect, GoingOn
    from ..errors.reading import Step
    from ..report.movement import BucketHistory
    from ..triage.result import Alike, Assigned, BucketCount, BucketRecovery, TriageResult
    from .changes import Development
    from .facts import Facts
    from .numbers import Numbers

_MOST_JUDGED = 80  # failures of a top cause, in what came after them
_MOST_JUDGED_OF_OTHERS = 25  # there may be hundreds of these causes, which few people read about


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
    steps: tuple[Step, ...] = ()  # how its newest failure came into it; withheld with the texts of traces
    alike: tuple[str, ...] = ()  # ids of discovered groups that look like it
    why_alike: str | None = None  # withheld with the texts of traces
    numbers: Numbers | None = None
    history: BucketHistory | None = None  # over the reports; None where there are not two
    effect: Effect | None = None
    going_on: tuple[GoingOn, ...] = ()  # of these only the numbers are shown

    @property
    def top(self) -> bool:
        """True for the few that matter most."""
        return bool(self.count and self.count.top)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of causes by their ids, beside coverage."""

    facts: Facts
    uris: Mapping[str, str]
    recovered: Mapping[str, BucketRecovery]
    numbers: Mapping[str, Numbers]
    history: Mapping[str, BucketHistory]
    alike: Mapping[str, Alike]


def causes_of(facts: Facts, development: Development) -> tuple[Cause, ...]:
    """Return all root causes: those seen, the most important first, then those declared and not seen."""
    assessed = facts.assessment if isinstance(facts.assessment, Assessment) else None
    seen = assessed.coverage.buckets if assessed else ()
    ids = dict.fromkeys(item.bucket.id for item in seen)
    unseen = [bucket for bucket in facts.buckets if bucket.id not in ids]
    told = _Told(
        facts,
        addresses("causes", {id_: id_ for id_ in (*ids, *(bucket.id for bucket in unseen))}),
        recoveries(_newest(assessed.triage)) if assessed else {},
        numbers_of(facts.records, assessed.triage, _covering(facts, seen)) if assessed else {},
        development.by_bucket or {},
        {id_: item for item in assessed.triage.alike for id_ in item.groups} if assessed else {},
    )
    return (*(_seen(item, told) for item in seen), *_unseen(unseen, told))


def _newest(triage: TriageResult) -> TriageResult:
    """Return a triage with the newest failures of each cause alone: to judge tens of thousands takes half a minute."""
    most = {bucket.id: _MOST_JUDGED for bucket in triage.top}
    kept: Counter[str] = Counter()
    newest: list[Assigned] = []
    for item in sorted(triage.assigned, key=lambda item: item.failure.timestamp or "", reverse=True):
        kept[item.bucket] += 1
        if kept[item.bucket] <= most.get(item.bucket, _MOST_JUDGED_OF_OTHERS):
            newest.append(item)
    return triage if len(newest) == len(triage.assigned) else replace(triage, assigned=tuple(reversed(newest)))


def _covering(facts: Facts, seen: Sequence[BucketCoverage]) -> dict[str, frozenset[str]]:
    """Return the names of the skills that cover each cause, as sessions may have called them."""
    names = {skill.file: (skill.name, skill.folder) for skill in facts.skills}
    return {
        item.bucket.id: frozenset(name for pitfall in item.pitfalls for name in names.get(pitfall.place.file, ()))
        for item in seen
    }


def _seen(item: BucketCoverage, told: _Told) -> Cause:
    facts, id_ = told.facts, item.bucket.id
    publish, recovery, alike = facts.publish, told.recovered.get(id_), told.alike.get(id_)
    bucket = item.bucket
    withheld = publish == "counts"
    named_by_traces = withheld and bucket.source == "discovered"
    return Cause(
        uri=told.uris[id_],
        id=id_,
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
        steps=() if withheld else facts.grouped.get(id_, ()),
        alike=tuple(other for other in alike.groups if other != id_) if alike else (),
        why_alike=alike.why if alike and not withheld else None,
        numbers=told.numbers.get(id_),
        history=told.history.get(id_),
        effect=facts.effects.by_bucket.get(id_),
        going_on=facts.effects.going_on.get(id_, ()),
    )


def _unseen(buckets: Iterable[Bucket], told: _Told) -> Iterator[Cause]:
    pitfalls: dict[str, list[Pitfall]] = {}
    for pitfall in pitfalls_of(told.facts.skills):
        pitfalls.setdefault(pitfall.bucket, []).append(pitfall)
    for bucket in buckets:
        theirs = tuple(pitfalls.get(bucket.id, ()))
        yield Cause(
            uri=told.uris[bucket.id],
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
            history=told.history.get(bucket.id),
            effect=told.facts.effects.by_bucket.get(bucket.id),
        )
