"""A session, played: every call with what it gave, and when."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .sandbox import Outcome
from .script import OTHER_TOOL, Answer, Ask, RunShell, runs_python

if TYPE_CHECKING:
    from .sandbox import Sandbox
    from .script import Call, Session, Turn

NOTHING = Outcome()


class ScriptError(Exception):
    """A call did not end as the script says."""


@dataclass(frozen=True, slots=True)
class Played:
    """A turn with its times (UTC) and, for a call, its outcome."""

    turn: Turn
    start: datetime.datetime
    end: datetime.datetime
    outcome: Outcome = NOTHING


@dataclass(frozen=True, slots=True)
class Recording:
    """A session with all that happened in it."""

    session: Session
    turns: tuple[Played, ...]


def play(session: Session, sandbox: Sandbox) -> Recording:
    """Return the recording of a session. Its times are scripted too; raises `ScriptError`."""
    played: list[Played] = []
    now = session.start
    for number, turn in enumerate(session.turns):
        if isinstance(turn, Ask | Answer):
            now += datetime.timedelta(seconds=_draw(session.name, number, 3, 20))
            played.append(Played(turn, now, now))
            continue
        start = now + datetime.timedelta(seconds=_draw(session.name, number, 6, 40))
        outcome = sandbox.run(turn, session.format)
        _agree(session, turn, outcome)
        now = start + datetime.timedelta(milliseconds=_draw(session.name, number, 400, 3800))
        played.append(Played(turn, start, now, outcome))
    return Recording(session, tuple(played))


def _draw(name: str, number: int, low: int, high: int) -> int:
    """Return a number from `low` to `high` that depends on its arguments only."""
    digest = hashlib.sha256(f"{name}:{number}".encode()).digest()
    return low + int.from_bytes(digest[:4]) % (high - low + 1)


def _agree(session: Session, call: Call, outcome: Outcome) -> None:
    hidden = isinstance(call, RunShell) and call.hidden
    failed = bool(outcome.exit_code) or (hidden and "Error: " in outcome.text)
    if failed != (call.fails is not None) or (hidden and outcome.exit_code):
        meant = f"fail ({call.fails})" if call.fails else "succeed"
        message = f"{session.name}: meant to {meant}, exit status {outcome.exit_code}:\n{call}\n{outcome.text}"
        raise ScriptError(message)
    if call.fails and runs_python(call) == (call.fails == OTHER_TOOL):
        raise ScriptError(f"{session.name}: {call.fails} is not a cause for this call: {call}")
