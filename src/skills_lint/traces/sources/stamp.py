"""What tells at a look whether a file has changed, and what tells from its content whether it only grew."""

from __future__ import annotations

import hashlib
import os
import stat
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from .source import Source

_END: Final = 4096  # bytes that are looked at, at either end
_ROUNDED: Final = 2_000_000_000  # nanoseconds; to so many, some file systems round times
_TRANSCODED: Final = (b"\xff\xfe", b"\xfe\xff")  # begin UTF-16, whose places are others than those of UTF-8


class Stamp(Struct, frozen=True, array_like=True, gc=False):
    """A file at a moment. While its stamp is the same and not young, the file is."""

    size: int
    mtime: int  # nanoseconds
    ctime: int  # when its metadata changed, or, on Windows, when it was made
    inode: int
    device: int

    def is_young(self, now: int) -> bool:
        """Say whether the file may yet change, at a time in nanoseconds, without another stamp."""
        return self.mtime > now - _ROUNDED


class Ends(Struct, frozen=True, array_like=True, gc=False):
    """Where the lines of a file end that have been read, and what it looks like at its start and before that place."""

    size: int
    head: bytes
    tail: bytes


def stamp_of(source: Source) -> Stamp | None:
    """Return the stamp of a source; None for what is no file of its own, or cannot be looked at."""
    if source.path is None:
        return None
    try:
        found = os.stat(source.path)  # noqa: PTH116  # a Path for each of thousands takes its time
    except OSError:
        return None
    return stamped(found) if stat.S_ISREG(found.st_mode) else None


def stamped(found: os.stat_result) -> Stamp:
    """Return what is known of a file as a stamp."""
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev)


def ends_of(source: Source, size: int) -> Ends | None:
    """Return the ends of the first `size` bytes of a file; None where they are no whole lines of UTF-8."""
    if source.path is None or size < 2:
        return None
    try:
        with open(source.path, "rb") as file:  # noqa: PTH123
            head = file.read(min(size, _END))
            file.seek(max(0, size - _END))
            tail = file.read(min(size, _END))
    except OSError:
        return None
    if not tail.endswith(b"\n") or head.startswith(_TRANSCODED):
        return None
    return Ends(size, hashlib.blake2b(head).digest()[:16], hashlib.blake2b(tail).digest()[:16])
