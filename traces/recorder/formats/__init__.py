"""How four programs write a session down: a module each, whose `records` gives one JSON object a line.

A record comes with the number of the turn whose result it carries, or None.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Literal

from ..script import LoadSkill, ReadFile, RunPython, RunShell, WriteFile

if TYPE_CHECKING:
    import datetime

    from ..script import Call, Session

Record = tuple[dict[str, Any], int | None]
Kind = Literal["python", "shell", "read", "write"]


def plain_call(call: Call) -> tuple[Kind, dict[str, str]]:
    """Return the kind of tool that a call needs, and its arguments, for agents that read skills as plain files."""
    match call:
        case RunPython(code=code):
            return "python", {"code": code}
        case RunShell(command=command):
            return "shell", {"command": command}
        case ReadFile(path=path) | LoadSkill(path=path):
            return "read", {"path": path}
        case WriteFile(path=path, content=content):
            return "write", {"path": path, "content": content}


def session_id(session: Session) -> str:
    """Return the id of a session: always the same for the same file."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, session.file))


def call_id(session: Session, number: int) -> str:
    """Return 24 hex digits for the call in turn `number`."""
    return uuid.uuid5(uuid.UUID(session_id(session)), str(number)).hex[:24]


def epoch(time: datetime.datetime) -> float:
    """Return seconds since 1970."""
    return round(time.timestamp(), 3)


def iso(time: datetime.datetime) -> str:
    """Return a time as RFC 3339 with milliseconds."""
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
