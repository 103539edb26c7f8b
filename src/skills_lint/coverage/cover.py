"""Who covers what: pitfalls put beside the buckets that were seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors.signature import is_key
from ..place import Place
from ..skills.skill import skills_by_name
from .result import BucketCoverage, Coverage, Pitfall

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..buckets.bucket import Bucket
    from ..skills.skill import Skill
    from ..triage.result import BucketCount, TriageResult


def pitfalls_of(skills: Iterable[Skill]) -> tuple[Pitfall, ...]:
    """Return the pitfalls of all skills that name a bucket and say something about it."""
    return tuple(
        Pitfall(item.id, skill.name, item.text, Place(skill.file, item.line, item.column))
        for skill in skills
        for item in skill.pitfalls
        if item.id and item.advises
    )


def cover(triage: TriageResult, buckets: Iterable[Bucket], skills: Sequence[Skill]) -> Coverage:
    """Return the coverage of each bucket that was seen in the window, top buckets first."""
    declared = {bucket.id: bucket for bucket in buckets}
    by_bucket: dict[str, list[Pitfall]] = {}
    for pitfall in pitfalls_of(skills):
        by_bucket.setdefault(pitfall.bucket, []).append(pitfall)
    known = skills_by_name(skills)
    items = (_cover(b, declared.get(b.id), by_bucket.get(b.id, []), known) for b in triage.buckets)
    return Coverage(tuple(sorted(items, key=lambda item: not item.bucket.top)))


def _cover(
    count: BucketCount, declared: Bucket | None, pitfalls: Sequence[Pitfall], known: Mapping[str, Skill]
) -> BucketCoverage:
    covering = {pitfall.skill for pitfall in pitfalls}
    listed = declared.skills if declared else ()
    missing = tuple(name for name in listed if name not in known or known[name].name not in covering)
    covered = bool(pitfalls) and not missing
    fixed = declared.fixed if declared else None
    obstacle = _obstacle(count, declared, known)
    to_do = not covered and count.remedy == "skill"
    return BucketCoverage(
        bucket=count,
        pitfalls=tuple(pitfalls),
        missing=missing,
        covered=covered,
        came_back=bool(fixed and count.last_seen and count.last_seen > fixed),
        command=_command(count) if to_do and not obstacle else None,
        obstacle=obstacle if to_do else None,
        fixed=fixed,
        place=_place(missing, declared, known),
    )


def _place(missing: Iterable[str], declared: Bucket | None, known: Mapping[str, Skill]) -> Place | None:
    """Return the pitfalls section of a skill that lacks the pitfall, or else where the bucket is declared."""
    lacking = next((known[name] for name in missing if name in known), None)
    if lacking:
        return Place(lacking.file, lacking.pitfalls_section.line if lacking.pitfalls_section else 1)
    return declared.place if declared else None


def _obstacle(count: BucketCount, declared: Bucket | None, known: Mapping[str, Skill]) -> str | None:
    """Return what no command can mend, in words."""
    if declared is None:
        if count.source != "discovered" or is_key(count.id):
            return None
        return "no bucket has this id; declare it, or run `skills-lint triage --record` where the traces are"
    if declared.unfinished:
        return f"say what is still TODO in the bucket at {declared.place}"
    unknown = [name for name in declared.skills if name not in known]
    if unknown:
        return f"it lists a skill that does not exist: `{unknown[0]}`; correct it at {declared.place}"
    return None


def _command(count: BucketCount) -> str:
    if count.source == "discovered":
        return f"skills-lint promote {count.id}"
    return f"skills-lint upgrade {count.id} --write"
