"""A file of records by key that many processes may use at once, and any of them may be killed while it does.

What is damaged is as good as absent: each record carries a checksum, and a file that is no database is made anew.
"""

from __future__ import annotations

import hashlib
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_PATIENCE: Final = 5.0  # seconds to wait for another process
_MOST: Final = 256_000_000  # bytes of the file
_LONGEST: Final = 64_000_000  # bytes of a record
_DAYS: Final = 90  # without use
_SECONDS: Final = 86_400  # of a day
_AT_ONCE: Final = 500  # keys of a question
_CHECK: Final = 16  # bytes of a checksum

_TABLE: Final = "CREATE TABLE IF NOT EXISTS records (key BLOB PRIMARY KEY, used INTEGER NOT NULL, data BLOB NOT NULL)"

_HALVE: Final = """DELETE FROM records WHERE key IN
    (SELECT key FROM records ORDER BY used LIMIT (SELECT COUNT(*) / 2 FROM records))"""


def read_records(file: Path, keys: Iterable[bytes]) -> dict[bytes, tuple[bytes, bytes]]:
    """Return the records that there are for some keys, each with its checksum."""
    if not file.exists():
        return {}
    import sqlite3

    try:
        with closing(_opened(file)) as database:
            return {key: (mark, data) for key, mark, data in _found(database, list(keys))}
    except sqlite3.Error:
        return {}


def write_records(file: Path, records: Mapping[bytes, bytes], used: Iterable[bytes]) -> None:
    """Keep records, and those that were in use; the oldest ones give way. What cannot be written is left."""
    import sqlite3

    for _ in range(2):
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with closing(_opened(file)) as database:
                _write(database, records, used)
            return
        except sqlite3.OperationalError:  # in use by another process for too long, or not to be written
            return
        except sqlite3.DatabaseError:
            with suppress(OSError):
                file.unlink()
        except OSError:
            return


def _opened(file: Path) -> sqlite3.Connection:
    import sqlite3

    database = sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)
    database.execute("PRAGMA synchronous = OFF")  # a crash of the machine may damage it, and is found by checksums
    return database


def _found(database: sqlite3.Connection, keys: list[bytes]) -> Iterator[tuple[bytes, bytes, bytes]]:
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        marks = ",".join("?" * len(some))
        question = f"SELECT key, data FROM records WHERE key IN ({marks})"  # noqa: S608
        for key, data in database.execute(question, some):
            if isinstance(data, bytes) and data[:_CHECK] == checksum(key, data[_CHECK:]):
                yield key, data[:_CHECK], data[_CHECK:]


def _write(database: sqlite3.Connection, records: Mapping[bytes, bytes], used: Iterable[bytes]) -> None:
    today = int(time.time()) // _SECONDS
    database.execute("BEGIN IMMEDIATE")
    database.execute(_TABLE)
    database.executemany(
        "UPDATE records SET used = ? WHERE key = ? AND used < ?", ((today, key, today) for key in used)
    )
    database.executemany(
        "INSERT OR REPLACE INTO records (key, used, data) VALUES (?, ?, ?)",
        ((key, today, checksum(key, data) + data) for key, data in records.items() if len(data) <= _LONGEST),
    )
    database.execute("DELETE FROM records WHERE used < ?", (today - _DAYS,))
    if _size(database) > _MOST:
        database.execute(_HALVE)
    database.execute("COMMIT")


def _size(database: sqlite3.Connection) -> int:
    """Return how many bytes are in use, apart from room that deleted records left."""
    pages, free, size = (
        database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


def checksum(key: bytes, data: bytes) -> bytes:
    """Return what a record is known by, beside its key."""
    return hashlib.blake2b(data, key=key, digest_size=_CHECK).digest()
