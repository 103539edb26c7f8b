"""The sessions, week by week, and a short way to write one."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from ..script import Answer, Ask, Session
from ..story import ALL_SKILLS

if TYPE_CHECKING:
    from ..script import Call, Format, Scene

YEAR = 2026


def session(name: str, format_: Format, start: str, *parts: str | Scene | Call | Answer) -> Session:
    """Return a session that starts at `start` (`MM-DD HH:MM`, UTC); a text is what the user asks."""
    turns: list[Ask | Answer | Call] = []
    for part in parts:
        if isinstance(part, str):
            turns.append(Ask(part))
        elif isinstance(part, tuple):
            turns.extend(part)
        else:
            turns.append(part)
    begun = datetime.datetime.strptime(f"{YEAR}-{start}", "%Y-%m-%d %H:%M").replace(tzinfo=datetime.UTC)
    return Session(name, format_, begun, tuple(turns), offered=listed_skills(format_))


def listed_skills(format_: Format) -> tuple[str, ...] | None:
    """Return the skills that a trace says were offered; None where the format does not tell."""
    return ALL_SKILLS if format_ == "claude-code" else None
