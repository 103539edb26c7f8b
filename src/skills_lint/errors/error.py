"""An uncaught Python exception as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """One entry of a traceback: where the program was, and the source line there if the text shows it."""

    file: str
    line: int | None
    function: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class PythonError:
    """An uncaught Python exception, read from a tool's output."""

    type: str  # "ImproperlyConfigured"
    qualified: str  # "django.core.exceptions.ImproperlyConfigured"; equals `type` where the text names no module
    message: str  # may span lines
    frames: tuple[Frame, ...]  # outermost first
    cause: PythonError | None  # what it was raised from or while handling; the first one of a group


def last_part(qualified: str) -> str:
    """Return "ImproperlyConfigured" for "django.core.exceptions.ImproperlyConfigured"."""
    return qualified.rpartition(".")[2]
