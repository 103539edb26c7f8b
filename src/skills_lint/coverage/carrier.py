"""The skills that should carry a bucket's pitfall."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..lines import split_lines
from ..lint.overlap import words_of
from ..place import InputError
from ..skills.skill import skills_by_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..buckets.bucket import Bucket
    from ..evidence import SessionRecord
    from ..skills.skill import Skill

_NEAR = 0.12  # below it a bucket and a skill share only words that any two texts share
_OFTEN = 0.5  # of the loads of the skill that was loaded most


@dataclass(frozen=True, slots=True)
class Carrier:
    """A skill that should carry a pitfall, and why this one, as part of a sentence."""

    skill: Skill
    why: str


def has_pitfall(skill: Skill, bucket: Bucket) -> bool:
    """Tell whether a skill says something about a bucket."""
    return any(item.id == bucket.id and item.advises for item in skill.pitfalls)


def listed_carriers(bucket: Bucket, skills: Sequence[Skill]) -> tuple[Skill, ...]:
    """Return the skills that a bucket lists and that lack its pitfall.

    Raises InputError when a listed skill does not exist.
    """
    known = skills_by_name(skills)
    for name in bucket.skills:
        if name not in known:
            raise InputError(
                f"bucket `{bucket.id}` lists a skill that does not exist: `{name}`",
                place=bucket.place,
                way_out="correct the bucket's `skills`, or write the skill",
            )
    wanted = [known[name] for name in bucket.skills]
    return tuple(skill for skill in skills if skill in wanted and not has_pitfall(skill, bucket))


def best_carrier(bucket: Bucket, skills: Sequence[Skill], records: Iterable[SessionRecord]) -> Carrier | None:
    """Return the skill that should carry the pitfall of a bucket that lists none; None if no skill is near.

    It is one that the failing sessions in `records` had loaded, for there it would have been read; else the one whose
    text is nearest to the bucket's. Of skills that were loaded about as often, the nearest is taken: one that every
    session loads is seldom about the failure.
    """
    sound = [skill for skill in skills if skill.error is None]
    near = _nearness(bucket, sound)
    failing = [record for record in records if bucket.id in record.failures]
    loads = _loads(failing, sound)
    most = max(loads.values(), default=0)
    often = [skill for skill in sound if loads[skill.file] > _OFTEN * most]
    if often:
        best = max(often, key=lambda skill: (near[skill.file], loads[skill.file], skill.file))
        return Carrier(best, f"loaded in {loads[best.file]} of {len(failing)} failing sessions")
    best_of_all = max(sound, key=lambda skill: (near[skill.file], skill.file), default=None)
    if best_of_all is None or near[best_of_all.file] < _NEAR:
        return None
    return Carrier(best_of_all, "its text is nearest")


def _loads(failing: Iterable[SessionRecord], skills: Sequence[Skill]) -> Counter[str]:
    """Return in how many failing sessions each skill was loaded, by its file."""
    known = skills_by_name(skills)
    return Counter(file for record in failing for file in {known[name].file for name in record.loaded if name in known})


def _nearness(bucket: Bucket, skills: Sequence[Skill]) -> dict[str, float]:
    """Return for each skill, by its file, how near its words are to the bucket's, from 0 to 1.

    It is the cosine of the two sets of words, each weighted by how few skills have it (tf-idf with binary tf: Salton
    and Buckley, *Term-weighting approaches in automatic text retrieval*, 1988).
    """
    wanted = words_of(f"{bucket.id} {bucket.title} {bucket.cause} {bucket.fix} {bucket.hint}".replace("-", " "))
    words = {skill.file: words_of(_about(skill)) for skill in skills}
    often = Counter(word for of_one in words.values() for word in of_one)
    weight = {word: math.log(1 + len(skills) / (often[word] or 1)) for word in wanted | often.keys()}
    return {file: _cosine(wanted, of_one, weight) for file, of_one in words.items()}


def _cosine(one: frozenset[str], other: frozenset[str], weight: Mapping[str, float]) -> float:
    shared, first, second = (math.fsum(weight[word] ** 2 for word in words) for words in (one & other, one, other))
    return shared / math.sqrt(first * second) if shared else 0.0


def _about(skill: Skill) -> str:
    """Return what a skill says, without the pitfalls that it has: they are about other failures."""
    lines = split_lines(skill.text)
    if skill.pitfalls_section:
        del lines[skill.pitfalls_section.line - 1 : skill.pitfalls_section.end_line]
    return f"{skill.name} {' '.join(lines)}".replace("-", " ")
