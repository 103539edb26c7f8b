"""What scans came to, kept for each file, and as a whole for the case that nothing has changed.

A file is known by its place and its stamp; one that grew, also by its two ends. All that is kept is redacted. It lies
in the user's cache folder, not in the repo, and holds for one version of this program, one key of the redaction, and
one list of tools that run Python.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct

from ...home import cache_folder, write_whole
from ...installed import files_of, libraries
from ..digests.digest import Answer
from ..result import ScanResult, Skipped
from ..sources.stamp import Ends, Stamp
from .store import read_records, write_records

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from ...redaction import Redactor
    from ..sources.source import Source

_ROOMS: Final = ("traces", "errors", "redaction")  # on which the result of a scan depends
_MOST_ANSWERS: Final = 64
_LONGEST: Final = 64_000_000  # bytes of an answer
_DAYS: Final = 90  # without use
_CHECK: Final = 16  # bytes of a checksum


class Entry(Struct, array_like=True):
    """What came of a file, how the file was then, and from where it can be read on if it grows."""

    stamp: Stamp
    young: bool
    ends: Ends | None
    answer: Answer

    def is_of(self, stamp: Stamp | None) -> bool:
        """Say whether the file is still the same, now that it has this stamp."""
        return self.stamp == stamp and not self.young


@dataclass(frozen=True, slots=True)
class Cache:
    """The place of what was kept, and what it depends on beside the traces."""

    folder: Path
    state: bytes

    def entries(self, sources: Iterable[Source]) -> dict[str, Entry]:
        """Return the entries that there are for sources, by their names."""
        names = {self._key(source): source.name for source in sources if source.path is not None}
        decode = msgspec.msgpack.Decoder(Entry).decode
        found: dict[str, Entry] = {}
        for key, data in read_records(self._records, names).items():
            with suppress(msgspec.MsgspecError):
                found[names[key]] = decode(data)
        return found

    def keep(self, entries: Sequence[tuple[Source, Entry]], used: Iterable[Source]) -> None:
        """Keep entries, and those of sources that were used."""
        records: dict[bytes, bytes] = {}
        for source, entry in entries:
            with suppress(UnicodeError):  # half a character in a text
                records[self._key(source)] = _packed(entry)
        write_records(self._records, records, map(self._key, used))

    def request(self, paths: Sequence[Path | str]) -> Path:
        """Return the file for the answer to a request from here."""
        asked = repr((os.getcwd(), [str(path) for path in paths]))  # noqa: PTH109
        return self.folder / f"{_hash(asked.encode('utf-8', 'surrogateescape'))[:16].hex()}.answer"

    def moment(self, stamps: Mapping[Source, Stamp | None], skipped: Sequence[Skipped]) -> bytes:
        """Return a hash of all that an answer depends on."""
        told = [(s.name, s.path, s.asked_for, s.member, stamp) for s, stamp in stamps.items()]
        return _hash(self.state + _packed((told, skipped)))

    def answer(self, file: Path, moment: bytes) -> ScanResult | None:
        """Return the answer that is kept in a file, if it is of this moment."""
        try:
            data = file.read_bytes()
        except OSError:
            return None
        if data[:_CHECK] != moment[:_CHECK] or data[_CHECK : 2 * _CHECK] != _hash(data[2 * _CHECK :])[:_CHECK]:
            return None
        try:
            return msgspec.msgpack.decode(data[2 * _CHECK :], type=ScanResult)
        except msgspec.MsgspecError:
            return None

    def keep_answer(self, file: Path, moment: bytes, result: ScanResult) -> None:
        """Keep an answer. What cannot be written is left."""
        with suppress(OSError, UnicodeError):
            data = _packed(result)
            if len(data) > _LONGEST:
                return
            write_whole(file, moment[:_CHECK] + _hash(data)[:_CHECK] + data)
            _prune(self.folder)

    @property
    def _records(self) -> Path:
        return self.folder / "files.sqlite"

    def _key(self, source: Source) -> bytes:
        place = os.path.abspath(source.path or b"")  # noqa: PTH100
        told = repr((source.name, place, source.asked_for, source.member))
        return _hash(self.state + told.encode("utf-8", "surrogateescape"))[:16]


def open_cache(redactor: Redactor, python_tools: Collection[str]) -> Cache | None:
    """Return the cache for scans with this redactor and these tools; None where the user has no place for one."""
    home = cache_folder()
    if home is None:
        return None
    depends = (files_of(*_ROOMS), libraries(), sys.version, redactor.mark(), sorted(python_tools))
    return Cache(home / "skills-lint" / "scan", _hash(repr(depends).encode()))


def _packed(value: Any) -> bytes:
    return msgspec.msgpack.encode(value)


def _hash(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=32).digest()


def _prune(folder: Path) -> None:
    """Delete the answers that were not in use for longest, and what runs that were stopped have left."""
    files = [file for file in folder.iterdir() if file.suffix in (".answer", ".new")]
    files.sort(key=lambda file: file.stat().st_mtime, reverse=True)
    oldest = time.time() - _DAYS * 86_400
    for number, file in enumerate(files):
        if number >= _MOST_ANSWERS or file.stat().st_mtime < oldest:
            file.unlink(missing_ok=True)
