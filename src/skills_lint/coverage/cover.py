"""Who covers what: pitfalls put beside the buckets that were seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors.signature import is_key
from ..place import Place
from .result import BucketCoverage, Coverage, Pitfall

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..buckets.bucket import Bucket
    from ..skills.skill import Skill
    from ..triage.result import BucketCount, TriageResult


def pitfalls_of(skills: Iterable[Skill]) -> tuple[Pitfall, ...]:
    """Return the pitfalls of all skills that name a bucket and say something about it."""
    return tuple(
        Pitfall(item.id, skill.name, item.text, Place(skill.file, item.line, item.column))
        for skill in skills
        for item in skill.pitfalls
        if item.id and item.text
    )


def cover(triage: TriageResult, buckets: Iterable[Bucket], skills: Sequence[Skill]) -> Coverage:
    """Return the coverage of each bucket that was seen in the window, top buckets first."""
    declared = {bucket.id: bucket for bucket in buckets}
    by_bucket: dict[str, list[Pitfall]] = {}
    for pitfall in pitfalls_of(skills):
        by_bucket.setdefault(pitfall.bucket, []).append(pitfall)
    known = {name: skill.name for skill in skills for name in (skill.folder, skill.name)}
    items = (_cover(b, declared.get(b.id), by_bucket.get(b.id, []), known) for b in triage.buckets)
    return Coverage(tuple(sorted(items, key=lambda item: not item.bucket.top)))


def _cover(
    count: BucketCount, declared: Bucket | None, pitfalls: Sequence[Pitfall], known: dict[str, str]
) -> BucketCoverage:
    covering = {pitfall.skill for pitfall in pitfalls}
    listed = declared.skills if declared else ()
    missing = tuple(name for name in listed if known.get(name, name) not in covering)
    covered = bool(pitfalls) and not missing
    fixed = declared.fixed if declared else None
    return BucketCoverage(
        bucket=count,
        pitfalls=tuple(pitfalls),
        missing=missing,
        covered=covered,
        came_back=bool(fixed and count.last_seen and count.last_seen > fixed),
        command=None if covered or count.remedy != "skill" else _command(count),
    )


def _command(count: BucketCount) -> str:
    if count.source != "discovered":
        return f"skills-lint upgrade {count.id} --write"
    if is_key(count.id):
        return f"skills-lint promote {count.id}"
    return "skills-lint triage --record"  # the evidence names a bucket that is not declared any more
