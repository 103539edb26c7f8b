"""What the evidence tells of a bucket, and of the skills that have a pitfall for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterable, Sequence

    from ..evidence import SessionRecord
    from ..skills.skill import Skill


@dataclass(frozen=True, slots=True)
class Seen:
    """How often a bucket was seen."""

    failures: int
    sessions: int
    last: datetime.date | None


def seen(bucket: str, evidence: Iterable[SessionRecord]) -> Seen | None:
    """Return how often a bucket was seen; None if it never was."""
    having = [record for record in evidence if record.failures.get(bucket)]
    days = [record.date for record in having if record.date]
    total = sum(record.failures[bucket] for record in having)
    return Seen(total, len(having), max(days, default=None)) if having else None


@dataclass(frozen=True, slots=True)
class Silence:
    """How long a bucket has not been seen."""

    last: datetime.date
    newest: datetime.date  # the day of the newest session
    sessions: int  # since then
    unwarned: int  # of these, the ones that did not load the skill

    @property
    def days(self) -> int:
        """The days from the last failure to the newest session."""
        return (self.newest - self.last).days


def silence(bucket: str, skill: Skill, evidence: Iterable[SessionRecord]) -> Silence | None:
    """Return how long a bucket has not been seen; None if it never was, or where no session has a date."""
    dated = [(record.date, record) for record in evidence if record.date is not None]
    failed = [date for date, record in dated if record.failures.get(bucket)]
    if not failed:
        return None
    last = max(failed)
    later = [record for date, record in dated if date > last]
    unwarned = [record for record in later if not loaded(skill, record)]
    return Silence(last, max(date for date, _ in dated), len(later), len(unwarned))


def failed_with(bucket: str, evidence: Iterable[SessionRecord]) -> Sequence[SessionRecord]:
    """Return the sessions that failed with a bucket and tell which skills they had."""
    return [record for record in evidence if record.failures.get(bucket) and (record.offered or record.loaded)]


def loaded(skill: Skill, record: SessionRecord) -> bool:
    """Say whether a session loaded a skill."""
    return _is_among(skill, record.loaded)


def offered(skill: Skill, record: SessionRecord) -> bool:
    """Say whether a session was offered a skill."""
    return _is_among(skill, record.offered)


def _is_among(skill: Skill, names: Collection[str]) -> bool:
    """Say whether some names of a trace hold the skill's; agents put the name of a plugin before it: `funds:etf`."""
    return any(name.rpartition(":")[2] in (skill.name, skill.folder) for name in names)
