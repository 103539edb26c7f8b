"""What coverage returns; see schemas/coverage.schema.json for its JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from ..place import Place
    from ..triage.result import BucketCount

# Why the gate finds something: this change made it so; the evidence shows it since; it was so before, at the base.
Blame = Literal["change", "evidence", "base"]


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
    fixed: datetime.date | None = None  # the day (UTC) on which it was cured
    place: Place | None = None  # where the mending begins: a skill that lacks it, or else its bucket

    @property
    def skills(self) -> list[str]:
        """The names of the skills that have a pitfall for it, sorted."""
        return sorted({pitfall.skill for pitfall in self.pitfalls})

    @property
    def failing(self) -> bool:
        """True if the gate fails for it: a top bucket to be cured by a skill and not covered; a fixed one came back."""
        return self.came_back or (self.bucket.top and self.bucket.remedy == "skill" and not self.covered)


@dataclass(frozen=True, slots=True)
class Base:
    """The commit that a change is held against, and what it tells of the buckets that fail now."""

    name: str  # as it was asked for
    commit: str
    blame: Mapping[str, Blame]  # by bucket
    mended: tuple[str, ...]  # buckets that failed there, and no longer do
    unreadable: str | None = None  # why it cannot be judged; then all that fails is blamed on the change


@dataclass(frozen=True, slots=True)
class Coverage:
    """Coverage of all buckets with failures, top buckets first, and the verdict of the gate on the top ones."""

    buckets: tuple[BucketCoverage, ...]
    base: Base | None = None  # None: all that fails counts

    @property
    def failing(self) -> tuple[BucketCoverage, ...]:
        """What makes the gate fail."""
        return tuple(item for item in self.buckets if item.failing and self.counts(item))

    @property
    def excused(self) -> tuple[BucketCoverage, ...]:
        """What would make the gate fail, and does not since the change did not make it so."""
        return tuple(item for item in self.buckets if item.failing and not self.counts(item))

    def counts(self, item: BucketCoverage) -> bool:
        """Return whether a failing bucket counts: against a base, if the change made it so or it came back."""
        return self.base is None or item.came_back or self.base.blame.get(item.bucket.id) == "change"

    @property
    def covered(self) -> bool:
        """True when the gate passes."""
        return not self.failing
