"""How often each skill was offered and loaded, and where a root cause that it warns about was met nevertheless."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..skills.skill import skills_by_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Set

    from ..evidence import SessionRecord
    from ..skills.skill import Skill


@dataclass(slots=True)
class Usage:
    """In how many sessions a skill was met; the counts grow while records are gone through."""

    offered: int = 0
    loaded: int = 0
    failed: int = 0  # loaded, and a root cause that it warns about was met


def usage_of(
    skills: Sequence[Skill], records: Iterable[SessionRecord], warns: Mapping[str, Set[str]]
) -> dict[str, Usage]:
    """Return the usage of each skill by its file; `warns` gives the ids of the causes that each has pitfalls for."""
    known = skills_by_name(skills)
    found = {skill.file: Usage() for skill in skills}
    for record in records:
        for file in {known[name].file for name in record.offered if name in known}:
            found[file].offered += 1
        for file in {known[name].file for name in record.loaded if name in known}:
            found[file].loaded += 1
            found[file].failed += not warns.get(file, frozenset()).isdisjoint(record.failures)
    return found
