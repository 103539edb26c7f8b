"""The error that counts: what a wrapper, a chain or a preamble only passes on is looked through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .chain import cause_that_counts
from .limit import shortened
from .wrappers import unwrapped

if TYPE_CHECKING:
    from .error import Frame
    from .fault import Fault

_DEPTH = 5  # wrappers in wrappers


@dataclass(frozen=True, slots=True)
class Thrown:
    """The exception of a failure that says what went wrong."""

    type: str | None  # as in Fault
    qualified: str | None
    message: str | None
    by: str | None  # what was looked through to find it, in words; None where it is the fault's own
    frames: tuple[Frame, ...] = ()  # where it was raised, as far as that had to be read to find it


def thrown(fault: Fault) -> Thrown:
    """Return the error of a failure that counts: the fault's own, or the one that it visibly only wraps."""
    message = fault.message if fault.message is None else shortened(fault.message)
    error = Thrown(fault.type, fault.qualified, message, None)
    if fault.type is None:
        return error
    seen: list[str] = []
    found = cause_that_counts(fault)
    if found is not None:
        inner, by = found
        seen.append(by)
        error = Thrown(inner.type, inner.qualified, shortened(inner.message), None, inner.frames)
    while len(seen) < _DEPTH and error.type is not None:
        told = unwrapped(error.type, error.qualified or error.type, error.message or "")
        if told is None:
            break
        seen.append(told.by)
        error = Thrown(told.type, told.qualified, told.message, None, told.frames or error.frames)
    by = ", then ".join(seen)
    return Thrown(error.type, error.qualified, error.message, by, error.frames) if by else error
