"""One failure of a bucket, shortened so that a person sees what happened: the line, the error, the request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors.reading import Reading
from ..place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..errors.fault import Fault
    from ..traces.result import Failure
    from .result import Assigned

_QUOTED = re.compile(r"['\"`]([\w./-]{2,80})['\"`]")


def place_of(failure: Failure) -> str:
    """Return where a failure stands, as `explain` takes it: `file:line`, or `file#/pointer` in one JSON document."""
    return f"{Place(failure.file, failure.line)}{'#' + failure.pointer if failure.pointer else ''}"


def failing_line(fault: Fault) -> str | None:
    """Return the line that failed, None where nothing tells it.

    Where no frame does, it is the last line of the code with a name that the message quotes.
    """
    statement = Reading(fault).origin.statement
    if statement:
        return statement.strip()
    lines = [line.strip() for line in (fault.code or "").splitlines() if line.strip()]
    quoted = [re.compile(rf"(?<!\w){re.escape(name)}(?!\w)") for name in _QUOTED.findall(fault.message or "")]
    named = (line for line in reversed(lines) if any(name.search(line) for name in quoted))
    return lines[0] if len(lines) == 1 else next(named, None)


def error_line(fault: Fault) -> str:
    """Return the error as a program's last line has it: `KeyError: 'ts_code'`, or how it ended without one."""
    message = next((line.strip() for line in (fault.message or "").splitlines() if line.strip()), "")
    if fault.type is not None:
        return f"{fault.type}: {message}" if message else fault.type
    ended = "ended without an exception"
    return message or (ended if fault.exit_code is None else f"{ended}, exit status {fault.exit_code}")


def requests(assigned: Iterable[Assigned]) -> list[str]:
    """Return the users' requests that led to failures, each once, in their order."""
    asked = (item.failure.user_request for item in assigned)
    return list(dict.fromkeys(" ".join(request.split()) for request in asked if request and request.strip()))
