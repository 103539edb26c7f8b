"""Sessions asked again after the skills were upgraded: the same questions, and what agents made of the pitfalls.

Dates are read and heeded by all, so that this cause is gone. Four of five heed what is said about empty data. What is
said about the store changes nothing: every third agent was not offered the skill, some do not load it, some load it
and do as before. What was covered earlier, or by no skill, happens as often as before.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

from .formats import session_id
from .script import OTHER_TOOL, Answer, Ask, LoadSkill, RunPython, RunShell
from .story import ALL_SKILLS, COVERED_SINCE, FEW_SKILLS, HINTS, SKILLS, UPGRADE, arm_of, model_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from .script import Scene, Session, Turn

FIRST_DAY = datetime.date(2026, 10, 12)
DAYS = 16  # working days before the upgrade, and as many since

_HEEDED = "date-dtype-mismatch"
_MOSTLY_HEEDED = "empty-data-missing-columns"


def working_days(first: datetime.date) -> tuple[datetime.date, ...]:
    """Return the working days of one of the two times, from its first."""
    days = (first + datetime.timedelta(n) for n in range(2 * DAYS))
    return tuple(day for day in days if day.weekday() < 5)[:DAYS]


def asked_again(sessions: Sequence[Session]) -> tuple[Session, ...]:
    """Return sessions as they went after the upgrade: the same working days, the first question only."""
    days = dict(zip(working_days(FIRST_DAY), working_days(UPGRADE), strict=True))
    return tuple(_again(session, days[session.start.date()], number) for number, session in enumerate(sessions))


def _again(session: Session, day: datetime.date, number: int) -> Session:
    moved = replace(session, start=datetime.datetime.combine(day, session.start.timetz()), model=model_of(day))
    return upgraded(replace(moved, turns=tuple(_first_question(session.turns))), number)


def upgraded(session: Session, number: int) -> Session:
    """Return a session with what skills and hints did in it; `number` varies who was offered and who heeds what."""
    failing = {turn.fails for turn in session.turns if not isinstance(turn, Ask | Answer) and turn.fails}
    heeded = failing & ({_HEEDED} if number % 5 == 0 else {_HEEDED, _MOSTLY_HEEDED})
    offered = _offered(session, number)
    read = [SKILLS[cause] for cause in sorted(heeded)]
    ignored = sorted(cause for cause in failing - heeded if cause in SKILLS and _covered(cause, session))
    if ignored and number % 4 == 1 and (offered is None or SKILLS[ignored[0]] in offered):
        read.append(SKILLS[ignored[0]])
    turns = [turn for turn in session.turns if not _is_avoided(turn, heeded, read)]
    loads = [LoadSkill(f"The skill `{name}` is about this; I read it first.", name) for name in read]
    hint = arm_of(session_id(session)) if session.format == "claude-code" else None
    if hint == "withheld":
        turns = list(_tried_twice(turns))
    return replace(session, turns=(turns[0], *loads, *turns[1:]), offered=offered, hint=hint)


def _first_question(turns: Scene) -> Iterator[Turn]:
    for turn in turns:
        yield turn
        if isinstance(turn, Answer):
            return


def _offered(session: Session, number: int) -> tuple[str, ...] | None:
    if session.format != "claude-code":  # the other formats do not tell
        return None
    return FEW_SKILLS if number % 3 == 0 else ALL_SKILLS


def _covered(cause: str, session: Session) -> bool:
    return COVERED_SINCE[cause] <= session.start.date()


def _is_avoided(turn: Turn, heeded: Collection[str], read: Collection[str]) -> bool:
    if isinstance(turn, LoadSkill):
        return turn.name in read
    return not isinstance(turn, Ask | Answer) and turn.fails in heeded


def _tried_twice(turns: Iterable[Turn]) -> Iterator[Turn]:
    """Yield the turns; without a hint, what fails is tried once more as it is."""
    for turn in turns:
        yield turn
        if isinstance(turn, RunPython | RunShell) and turn.fails in HINTS and turn.fails != OTHER_TOOL:
            yield replace(turn, say="Was that by chance? I run it once more.")
