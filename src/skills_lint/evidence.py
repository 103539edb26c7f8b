"""Evidence: what is known of the sessions without their texts, one record a session, kept in the repo."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One session: when it was, how much Python it ran, and which failures it had. No text of a trace."""

    session: str  # a hash of the session's id
    date: datetime.date | None
    format: str
    model: str | None
    executions: int
    failures: Mapping[str, int] = field(default_factory=dict)  # bucket id or signature hash: count
    offered: tuple[str, ...] = ()  # names of skills
    loaded: tuple[str, ...] = ()
    hint: Literal["given", "withheld"] | None = None
    pipeline: int = 1
