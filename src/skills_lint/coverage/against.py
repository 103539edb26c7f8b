"""Coverage held against that of the commit which a change began from: the change answers for what it made worse."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .result import Base

if TYPE_CHECKING:
    from .result import Blame, BucketCoverage, Coverage


def against(now: Coverage, then: Coverage, then_on_this_evidence: Coverage, base: tuple[str, str]) -> Coverage:
    """Return coverage that says, of each bucket that fails, whether it failed before.

    `then` is the base judged by its own evidence; `then_on_this_evidence`, its skills and buckets judged by the
    evidence of now, so that a change is not blamed for what it only makes visible. `base` is its name and its commit.
    """
    before, shown = ({item.bucket.id: item for item in coverage.failing} for coverage in (then, then_on_this_evidence))
    blame: dict[str, Blame] = {}
    for item in now.buckets:
        if item.failing:
            id_ = item.bucket.id
            was = _as_bad(item, before.get(id_))
            blame[id_] = "base" if was else "evidence" if _as_bad(item, shown.get(id_)) else "change"
    mended = sorted((before.keys() | shown.keys()) - blame.keys())
    return replace(now, base=Base(*base, blame, tuple(mended)))


def against_unreadable(now: Coverage, why: str, base: tuple[str, str]) -> Coverage:
    """Return coverage in which all that fails counts, since the base cannot be judged."""
    blame: dict[str, Blame] = {item.bucket.id: "change" for item in now.buckets if item.failing}
    return replace(now, base=Base(*base, blame, (), why))


def _as_bad(now: BucketCoverage, then: BucketCoverage | None) -> bool:
    """Return whether a bucket failed before as it does now: no skill more lacks it, and not the last one lost it."""
    if then is None:
        return False
    return set(now.missing) <= set(then.missing) and (bool(now.pitfalls) or not then.pitfalls)
