"""A root cause, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from ..place import Place

Remedy = Literal["skill", "tooling", "environment"]
Source = Literal["repo", "catalogue", "discovered"]


@dataclass(frozen=True, slots=True)
class MatchRule:
    """One way to know a bucket: every part that is given must hold."""

    exception: str | None = None  # a class or a base of it, as `except` would name it: last part or full name
    message: str | None = None  # RE2 expression, searched
    code: str | None = None  # RE2 expression, searched
    form: str | None = None  # of a message of CPython: "missing-attribute"
    where: Mapping[str, str] = field(default_factory=dict)  # part or fact → RE2 expression that is all of it
    library: str | None = None  # the package whose code raised it
    signature: str | None = None  # the hash that `triage` prints: pins what has it
    bucket: str | None = None  # the id of a catalogue bucket: takes all that it catches
    fallback: bool = False  # asked only when no other rule of any bucket holds


@dataclass(frozen=True, slots=True)
class Instead:
    """Code that goes wrong, and what to write instead; each on one line."""

    wrong: str
    right: str


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
    instead: tuple[Instead, ...] = ()
    covered_since: datetime.date | None = None  # the first day with the pitfall, where no commit tells it
    unless: str = ""  # when the advice does not apply, as the end of a sentence that begins with "if"

    @property
    def unfinished(self) -> bool:
        """True when a person has yet to say why it happens or what to do, as in a draft."""
        return any(text.startswith("TODO") for text in (self.cause, self.fix, self.hint))
