"""A failure as an example shows it: its code with the line that failed, the error, and what was done next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..triage.example import error_line, failing_line
from .code import excerpt

if TYPE_CHECKING:
    from ..traces.result import Attempt, Failure
    from ..triage.result import Assigned

_MOST_LINES = 40  # of code around the line that failed


@dataclass(frozen=True, slots=True)
class Snippet:
    """Code as it is shown, and the line of it that failed, counted from 1."""

    text: str
    failing: int | None = None
    left_out: int = 0  # lines before and after


@dataclass(frozen=True, slots=True)
class Shown:
    """An example, ready to be shown."""

    file: str
    line: int | None
    pointer: str | None
    moment: str | None
    format: str
    session: str  # its key
    signature: str
    request: str | None
    code: Snippet | None
    line_of_code: str | None  # the one that failed
    error: str  # in one line
    traceback: str | None
    then: str  # what the session did next, in a sentence
    next: Snippet | None  # the code of the first success after it, or of what it tried last


def shown_example(item: Assigned) -> Shown:
    """Return a failure as an example."""
    failure = item.failure
    fault = failure.fault
    line = failing_line(fault)
    last = failure.next[-1] if failure.next else None
    return Shown(
        file=failure.file,
        line=failure.line,
        pointer=failure.pointer,
        moment=failure.timestamp,
        format=failure.format,
        session=failure.session_key,
        signature=item.signature,
        request=excerpt(failure.user_request) if failure.user_request else None,
        code=snippet(fault.code, line) if fault.code else None,
        line_of_code=line,
        error=error_line(fault),
        traceback=excerpt(fault.traceback, end=True) if fault.traceback else None,
        then=_then(failure),
        next=_tried(last) if last else None,
    )


def snippet(code: str, failing: str | None) -> Snippet:
    """Return code, or of long code the lines around the one that failed."""
    lines = code.replace("\r\n", "\n").split("\n")
    first = failing.split("\n")[0].strip() if failing else None
    at = next((place for place, line in enumerate(lines) if first and line.strip() == first), None)
    start = max(min((at or 0) - _MOST_LINES // 2, len(lines) - _MOST_LINES), 0)
    shown = lines[start : start + _MOST_LINES]
    text = excerpt("\n".join(shown))
    place = at - start + 1 if at is not None and text.count("\n") >= at - start else None
    return Snippet(text, place, len(lines) - len(shown))


def _tried(attempt: Attempt) -> Snippet | None:
    return snippet(attempt.code, None) if attempt.code else None


def _then(failure: Failure) -> str:
    """Return what the session did next, in a sentence."""
    attempts = len(failure.next)
    if not attempts:
        return "The session ran no Python after it."
    if failure.next[-1].failed:
        return f"The next {'execution' if attempts == 1 else f'{attempts} executions'} failed too."
    return (
        "The next execution succeeded." if attempts == 1 else f"The session succeeded at attempt {attempts} after it."
    )
