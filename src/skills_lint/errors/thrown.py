"""The error that counts: what a wrapper, a chain or a preamble only passes on is looked through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .fault import Fault


@dataclass(frozen=True, slots=True)
class Thrown:
    """The exception of a failure that says what went wrong."""

    type: str | None  # as in Fault
    qualified: str | None
    message: str | None
    by: str | None  # what was looked through to find it, in words; None where it is the fault's own


def thrown(fault: Fault) -> Thrown:
    """Return the error of a failure that counts: the fault's own, or the one that it visibly only wraps."""
    return Thrown(fault.type, fault.qualified, fault.message, None)
