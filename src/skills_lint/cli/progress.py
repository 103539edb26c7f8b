"""The line on a terminal that tells how far a long reading is."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from ..words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..traces.progress import Tell

_PATIENCE: Final = 1.0  # seconds; what takes less is not worth a line
_PAUSE: Final = 0.1  # seconds between two drawings


@contextmanager
def progress_line(files: int, size: int) -> Iterator[Tell]:
    """Give what draws a line on stderr while so many files and bytes are read; the line is gone in the end."""
    line = _Line(files, size)
    try:
        yield line.tell
    finally:
        line.draw("")


class _Line:
    """The line, and what it counts."""

    def __init__(self, files: int, size: int) -> None:
        self._files, self._size = files, size
        self._read_files = self._read = self._failures = 0
        self._start = time.monotonic()
        self._next = self._start + _PATIENCE
        self._width = 0

    def tell(self, *, files: int, size: int, failures: int) -> None:
        """Count what was read, and draw the line anew if the last time is long enough ago."""
        self._read_files += files
        self._read += size
        self._failures += failures
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _PAUSE
            self.draw(self._text(now - self._start))

    def draw(self, text: str) -> None:
        """Put a text where the last one was; without escape sequences, which not every terminal knows."""
        if text or self._width:
            sys.stderr.write(f"\r{text.ljust(self._width)}" + ("" if text else "\r"))
            sys.stderr.flush()
            self._width = len(text)

    def _text(self, seconds: float) -> str:
        text = (
            f"{self._read_files:,} of {counted(self._files, 'file')}, {_bytes(self._read)} of {_bytes(self._size)}, "
            f"{_bytes(self._read / seconds)}/s, {counted(self._failures, 'failure')}"
        )
        return text[: _columns() - 1]  # a line that is wrapped cannot be drawn over


def _bytes(count: float) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except OSError:
        return 80
