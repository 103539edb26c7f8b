"""What a format module says of its format, for `docs/formats.md`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class About:
    """The facts of a format, each in a few words of Markdown; empty where the format has no such thing."""

    title: str  # as people call it: "Claude Code sessions"
    files: str  # where such files lie, or how they are named
    recognised: str  # by what, in the first records
    versions: str  # that were read, or the version of the specification
    execution: str  # what holds a call and its result, and how they find each other
    failure: str  # what says that a run failed
    request: str  # where the user's words are
    skills: str  # which skills the agent was offered, and which it read
    source: str  # "real files", or where the specification is


@dataclass(frozen=True, slots=True)
class Home:
    """Where a tool keeps the sessions of its user."""

    variable: str  # of the environment; it names the folder, if it is set
    folder: str  # the default
    below: str  # the sessions in it
    kept: str = ""  # for how long, where the tool deletes them
