"""What coverage returns; see schemas/coverage.schema.json for its JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..place import Place
    from ..triage.result import BucketCount


@dataclass(frozen=True, slots=True)
class Pitfall:
    """A pitfall of a known bucket: the skill that has it, its advice, and where it stands."""

    bucket: str
    skill: str
    text: str  # what follows the id
    place: Place


@dataclass(frozen=True, slots=True)
class BucketCoverage:
    """One bucket, the skills that cover it and those that should and do not."""

    bucket: BucketCount
    pitfalls: tuple[Pitfall, ...]
    missing: tuple[str, ...]  # skills that the bucket lists and that have no pitfall for it
    covered: bool
    came_back: bool  # seen after the day on which it was `fixed`
    command: str | None  # the one command that would make it covered
    obstacle: str | None = None  # what a person has to mend first

    @property
    def skills(self) -> list[str]:
        """The names of the skills that have a pitfall for it, sorted."""
        return sorted({pitfall.skill for pitfall in self.pitfalls})

    @property
    def failing(self) -> bool:
        """True if the gate fails for it: a top bucket to be cured by a skill and not covered; a fixed one came back."""
        return self.came_back or (self.bucket.top and self.bucket.remedy == "skill" and not self.covered)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Coverage of all buckets with failures, top buckets first, and the verdict of the gate on the top ones."""

    buckets: tuple[BucketCoverage, ...]

    @property
    def failing(self) -> tuple[BucketCoverage, ...]:
        """What makes the gate fail."""
        return tuple(item for item in self.buckets if item.failing)

    @property
    def covered(self) -> bool:
        """True when the gate passes."""
        return not self.failing
