"""The answers to whole requests, each with a ledger: which file told what of it.

While nothing changes, the answer holds. Where little has changed, the ledger tells which files hang together with it.
"""

from __future__ import annotations

import hashlib
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct

from ...home import write_whole
from ..result import ScanResult, Skipped
from ..sources.stamp import Stamp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..sources.source import Source

_MOST: Final = 64  # answers
_LONGEST: Final = 64_000_000  # bytes of an answer
_DAYS: Final = 90  # without use
_CHECK: Final = 16  # bytes of a checksum
_HEAD: Final = 3 * _CHECK + 8
_NEVER: Final = bytes(_CHECK)  # the moment of an answer that holds no longer than it is given


class Line(Struct, array_like=True, gc=False):
    """What a ledger has of a file."""

    stamp: Stamp
    young: bool  # it may have changed since without another stamp
    record: bytes  # the key of what is kept of it
    mark: bytes  # the mark of that
    ties: bytes  # by which other files hang together with it


class Ledger(Struct, array_like=True):
    """The files of an answer, by their names."""

    state: bytes  # of the cache
    passed: list[Skipped]  # what was passed over when files were looked for
    files: dict[str, Line]

    def changed(self, stamps: Mapping[Source, Stamp | None]) -> list[Source]:
        """Return the files that are new or not surely the same, now that they have these stamps."""
        lines = self.files
        return [
            source
            for source, stamp in stamps.items()
            if (line := lines.get(source.name)) is None or line.stamp != stamp or line.young
        ]


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer and its ledger, as they are kept."""

    moment: bytes
    answer: bytes
    ledger: bytes
    sums: bytes

    def at(self, moment: bytes) -> ScanResult | None:
        """Return the answer if it is of a moment."""
        return self.result() if self.moment == moment[:_CHECK] else None

    def result(self) -> ScanResult | None:
        """Return the answer; None where it is damaged."""
        found: ScanResult | None = _unpacked(self.answer, self.sums[:_CHECK], ScanResult)
        return found

    def files(self) -> Ledger | None:
        """Return the ledger; None where it is damaged."""
        found: Ledger | None = _unpacked(self.ledger, self.sums[_CHECK:], Ledger)
        return found


def read_answer(file: Path) -> KeptAnswer | None:
    """Return the answer that is kept in a file."""
    try:
        data = file.read_bytes()
    except OSError:
        return None
    end = _HEAD + int.from_bytes(data[3 * _CHECK : _HEAD], "big")
    return KeptAnswer(data[:_CHECK], data[_HEAD:end], data[end:], data[_CHECK : 3 * _CHECK])


def keep_answer(file: Path, moment: bytes | None, result: ScanResult, ledger: Ledger) -> None:
    """Keep an answer, of a moment, or for the sake of its ledger only. What cannot be written is left."""
    with suppress(OSError, UnicodeError):
        answer, files = packed(result), packed(ledger)
        if len(answer) + len(files) > _LONGEST:
            return
        head = (moment or _NEVER)[:_CHECK] + _sum(answer) + _sum(files) + len(answer).to_bytes(8, "big")
        write_whole(file, head + answer + files)
        _prune(file.parent)


def packed(value: Any) -> bytes:
    """Return a value as it is kept."""
    return msgspec.msgpack.encode(value)


def hash_of(data: bytes) -> bytes:
    """Return a hash by which data is known again."""
    return hashlib.blake2b(data, digest_size=32).digest()


def _sum(data: bytes) -> bytes:
    return hash_of(data)[:_CHECK]


def _unpacked(data: bytes, known: bytes, kind: Any) -> Any:
    if _sum(data) != known:
        return None
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except msgspec.MsgspecError:
        return None


def _prune(folder: Path) -> None:
    """Delete the answers that were not in use for longest, and what runs that were stopped have left."""
    files = [file for file in folder.iterdir() if file.suffix in (".answer", ".new")]
    files.sort(key=lambda file: file.stat().st_mtime, reverse=True)
    oldest = time.time() - _DAYS * 86_400
    for number, file in enumerate(files):
        if number >= _MOST or file.stat().st_mtime < oldest:
            file.unlink(missing_ok=True)
