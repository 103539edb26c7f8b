"""A session as people read it: who said what, what was called and what came of it. Plain data, redacted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Place: TypeAlias = tuple[str, int | None, str | None]  # file, line and pointer, as a failure has them
Outcome: TypeAlias = Literal["succeeded", "failed", "unanswered"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text as it is shown; of a long one the start and the end."""

    start: str
    left_out: int = 0  # characters between
    end: str = ""  # "" where nothing is left out


@dataclass(frozen=True, slots=True)
class Said:
    """The user or the agent said something."""

    speaker: Literal["user", "agent"]
    text: Passage


@dataclass(frozen=True, slots=True)
class Called:
    """The agent called a tool."""

    tool: str
    language: str  # of what was asked for, as highlighters name it
    asked: Passage  # code, a command, or the arguments as JSON
    answer: Passage | None  # None: there is no answer in the trace
    python: bool  # it is an execution
    outcome: Outcome
    skill: str | None  # the skill that it read


@dataclass(frozen=True, slots=True)
class Given:
    """The agent was given the text of a skill without a call for it."""

    skill: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened in a session."""

    number: int  # from 1, in the whole session
    place: Place  # of an answered call, that of the answer, by which its failure is known
    time: str | None  # RFC 3339, UTC
    agent: int  # 0: the session's own; from 1: its subagents, in the order in which they come
    told: Said | Called | Given


@dataclass(frozen=True, slots=True)
class Transcript:
    """What is shown of a session: all steps of a short one, else the first, the last, and those around failures."""

    session: str  # its key
    steps: tuple[Step, ...]
    whole: int  # how many steps the session has
    unread: tuple[str, ...] = ()  # why something is not shown, in sentences
