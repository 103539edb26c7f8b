"""What scans came to, kept for each file, and as a whole for the case that nothing has changed.

A file is known by its place and its stamp; one that grew, also by its two ends. All that is kept is redacted. It lies
in the user's cache folder, not in the repo, and holds for one version of this program, one key of the redaction, and
one list of tools that run Python.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec
from msgspec import Struct

from ...home import cache_folder
from ...installed import files_of, libraries
from ..digests.digest import Answer
from ..sources.stamp import Ends, Stamp
from .answers import hash_of, packed
from .store import checksum, read_records, write_records

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from ...redaction import Redactor
    from ..result import Skipped
    from ..sources.source import Source

_ROOMS: Final = ("traces", "errors", "redaction")  # on which the result of a scan depends


class Entry(Struct, array_like=True):
    """What came of a file, how the file was then, and from where it can be read on if it grows."""

    stamp: Stamp
    young: bool
    ends: Ends | None
    answer: Answer
    ties: bytes  # by which other files hang together with it

    def is_of(self, stamp: Stamp | None) -> bool:
        """Say whether the file is still the same, now that it has this stamp."""
        return self.stamp == stamp and not self.young


class Kept(NamedTuple):
    """An entry, and its record's key and mark: where that is another, so is what was kept."""

    entry: Entry
    key: bytes
    mark: bytes


@dataclass(frozen=True, slots=True)
class Cache:
    """The place of what was kept, and what it depends on beside the traces."""

    folder: Path
    state: bytes

    def entries(self, sources: Iterable[Source]) -> dict[str, Kept]:
        """Return what was kept of sources, by their names."""
        keys = {source.name: self._key(source) for source in sources if source.path is not None}
        found = self.records(keys.values())
        return {name: found[key] for name, key in keys.items() if key in found}

    def records(self, keys: Iterable[bytes]) -> dict[bytes, Kept]:
        """Return what was kept under some keys."""
        decode = msgspec.msgpack.Decoder(Entry).decode
        found: dict[bytes, Kept] = {}
        for key, (mark, data) in read_records(self._records, keys).items():
            with suppress(msgspec.MsgspecError):
                found[key] = Kept(decode(data), key, mark)
        return found

    def keep(self, entries: Sequence[tuple[Source, Entry]], used: Iterable[Kept]) -> dict[str, Kept]:
        """Keep entries, and those that were used; return what is kept, by the names of the sources."""
        records: dict[bytes, bytes] = {}
        kept: dict[str, Kept] = {}
        for source, entry in entries:
            with suppress(UnicodeError):  # half a character in a text
                key, data = self._key(source), packed(entry)
                records[key], kept[source.name] = data, Kept(entry, key, checksum(key, data))
        write_records(self._records, records, (each.key for each in used))
        return kept

    def request(self, paths: Sequence[Path | str]) -> Path:
        """Return the file for the answer to a request from here."""
        asked = repr((os.getcwd(), [str(path) for path in paths]))  # noqa: PTH109
        return self.folder / f"{hash_of(asked.encode('utf-8', 'surrogateescape'))[:16].hex()}.answer"

    def moment(self, stamps: Mapping[Source, Stamp | None], skipped: Sequence[Skipped]) -> bytes:
        """Return a hash of all that an answer depends on."""
        told = [(s.name, s.path, s.asked_for, s.member, stamp) for s, stamp in stamps.items()]
        return hash_of(self.state + packed((told, skipped)))

    @property
    def _records(self) -> Path:
        return self.folder / "files.sqlite"

    def _key(self, source: Source) -> bytes:
        place = os.path.abspath(source.path or b"")  # noqa: PTH100
        told = repr((source.name, place, source.asked_for, source.member))
        return hash_of(self.state + told.encode("utf-8", "surrogateescape"))[:16]


def open_cache(redactor: Redactor, python_tools: Collection[str]) -> Cache | None:
    """Return the cache for scans with this redactor and these tools; None where the user has no place for one."""
    home = cache_folder()
    if home is None:
        return None
    depends = (files_of(*_ROOMS), libraries(), sys.version, redactor.mark(), sorted(python_tools))
    return Cache(home / "skills-lint" / "scan", hash_of(repr(depends).encode()))
