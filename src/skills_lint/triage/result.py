"""What triage returns; see schemas/triage.schema.json for its JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from ..buckets.bucket import Remedy, Source
    from ..traces.result import Failure


@dataclass(frozen=True, slots=True)
class Assigned:
    """A failure with the signature and the bucket that it was given."""

    failure: Failure
    signature: str  # the text
    key: str  # the text's hash
    bucket: str  # a bucket's id, or `key` where no bucket matches
    detail: str | None = None  # how it misuses the repo's own API, in a sentence
    earlier: tuple[str, ...] = ()  # its hashes in earlier pipelines, the latest first


@dataclass(frozen=True, slots=True)
class BucketCount:
    """A bucket with its numbers over the window."""

    id: str
    title: str
    source: Source
    remedy: Remedy
    count: int  # failures
    share: float  # of all failures in the window, 0 to 1
    sessions: int  # that had such a failure
    first_seen: datetime.date | None
    last_seen: datetime.date | None
    by_day: Mapping[datetime.date, int]
    signature: str | None  # the commonest one; None where only evidence is known
    cause: str
    fix: str
    hint: str
    examples: tuple[Assigned, ...]  # at most ten: the newest, then those that differ most
    top: bool
    details: tuple[str, ...] = ()  # how the repo's own API is misused: the commonest sentences, at most five


@dataclass(frozen=True, slots=True)
class Pair:
    """An edit that got agents out of a failure: what was wrong and what is right, a statement a line."""

    wrong: str
    right: str
    count: int  # successes with this edit, whatever their variables and values
    examples: tuple[Assigned, ...]  # at most three failures that it ended


@dataclass(frozen=True, slots=True)
class BucketRecovery:
    """How sessions got out of the failures of a bucket that the traces show, and what that cost."""

    failures: int
    recovered: int  # of them: the first success after it ran again what had failed
    attempts: float | None  # to recovery, the success included; the median; None where there was none
    seconds: float | None  # to recovery, the median; None where there was none or the traces have no times
    wasted_attempts: int  # failed executions: these failures, and what failed after them, each once
    wasted_seconds: float | None  # from a failure to the first success or the last attempt, overlaps counted once
    pairs: tuple[Pair, ...]  # the commonest edits, at most five


@dataclass(frozen=True, slots=True)
class Alike:
    """Discovered groups that a person may want to join; they are counted apart."""

    groups: tuple[str, ...]  # ids, sorted
    score: float  # 0 to 1: how alike the two are that are least so
    why: str


@dataclass(frozen=True, slots=True)
class TriageResult:
    """The failures of the window by root cause, the most important first."""

    pipeline: int
    start: datetime.date | None  # of the window, first day included
    end: datetime.date | None  # the day of the newest session
    sessions: int
    executions: int
    failures: int
    assigned: tuple[Assigned, ...]  # every failure of the window that the traces show
    buckets: tuple[BucketCount, ...]  # those with failures, ranked
    other: int  # failures outside the top buckets
    from_traces: int  # sessions known from traces
    from_evidence: int  # sessions known from the evidence file alone
    alike: tuple[Alike, ...] = ()

    @property
    def top(self) -> tuple[BucketCount, ...]:
        """The three to five buckets that matter most, or fewer."""
        return tuple(bucket for bucket in self.buckets if bucket.top)
