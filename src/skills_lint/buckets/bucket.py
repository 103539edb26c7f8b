"""A root cause, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime

    from ..place import Place
    from .match import MatchRule

Remedy = Literal["skill", "tooling", "environment"]
Source = Literal["repo", "catalogue", "discovered"]


@dataclass(frozen=True, slots=True)
class Bucket:
    """A root cause: how to know it, why it happens, what to do about it, and where it is cured."""

    id: str
    title: str
    match: tuple[MatchRule, ...]  # any one of them
    cause: str
    fix: str
    hint: str
    skills: tuple[str, ...] = ()  # these must cover it
    remedy: Remedy = "skill"
    fixed: datetime.date | None = None  # a failure after this day means that it came back
    source: Source = "repo"
    place: Place | None = None  # of its `id` in the bucket file
