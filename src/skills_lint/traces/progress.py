"""What is told while traces are read, so that a face can show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager


class Tell(Protocol):
    """Takes what has been read since the last time."""

    def __call__(self, *, files: int, size: int, failures: int) -> None:
        """Note that so many files were finished, so many bytes read, and so many failures found."""


Watch: TypeAlias = "Callable[[int, int], AbstractContextManager[Tell]]"
"""Given how many files and bytes will be read, follows that from where it is entered until it is left."""
