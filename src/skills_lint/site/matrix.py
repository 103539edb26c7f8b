"""Which skill covers which root cause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..skills.skill import Skill
    from .cause import Cause
    from .pictures.marks import Mark

_MOST_SKILLS = 30


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A skill, and for each root cause whether it covers it."""

    name: str
    file: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Skills as rows, root causes as columns."""

    causes: tuple[Cause, ...]
    rows: tuple[SkillRow, ...]
    left_out: int  # further skills that cover one of them


def matrix(skills: Iterable[Skill], causes: Sequence[Cause]) -> Matrix:
    """Return the skills that cover one of these causes or should, those that have most to do with them first."""
    covering = [{pitfall.place.file for pitfall in cause.pitfalls} for cause in causes]
    drawn = (_row(skill, causes, covering) for skill in skills)
    rows = [row for row in drawn if set(row.marks) - {"none"}]
    rows.sort(key=lambda row: (sum(mark == "none" for mark in row.marks), row.name))
    return Matrix(tuple(causes), tuple(rows[:_MOST_SKILLS]), max(len(rows) - _MOST_SKILLS, 0))


def _row(skill: Skill, causes: Sequence[Cause], covering: Sequence[set[str]]) -> SkillRow:
    return SkillRow(
        skill.name, skill.file, tuple(_mark(skill, cause, files) for cause, files in zip(causes, covering, strict=True))
    )


def _mark(skill: Skill, cause: Cause, covering: set[str]) -> Mark:
    if skill.file in covering:
        return "covers"
    return "owes" if {skill.name, skill.folder}.intersection(cause.missing) else "none"
