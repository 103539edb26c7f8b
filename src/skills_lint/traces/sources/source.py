"""Where traces come from: files, folders and standard input, recognised by what they hold and not by their names."""

from __future__ import annotations

import io
import os
import stat
import sys
from dataclasses import dataclass
from glob import glob
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from ...place import InputError, Place, shown
from ..event import Record
from ..result import Skipped
from .chunks import reason, why_unreadable
from .fields import read_json
from .packed import HELD, MARK, is_archive, is_packed, members, open_member, unpacked
from .stamp import Stamp, stamped
from .table import is_table, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_LEFT_OUT = frozenset({".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv", "venv", ".tox", ".mypy_cache"})
_DATA_SUFFIXES = frozenset({".jsonl", ".json", ".ndjson", ".ipynb", ".traj", ".parquet"})
_DOCUMENT_SUFFIXES = frozenset({".json", ".ipynb", ".traj"})  # decide only for a file of a single line
_ARCHIVES = frozenset({".zip", ".eval", ".tar", ".tgz", ".gz", ".tzst", ".zst", ".bz2", ".tbz", ".xz", ".txz"})
_SNIFFED_LINES = 20
_SNIFFED_BYTES = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One trace file, or what was read from standard input."""

    name: str  # as it is shown: relative to the working directory where it lies below it
    path: bytes | None  # as the system has it, which may be no text; None for standard input
    asked_for: bool  # named by the user, not found in a folder
    data: bytes = b""  # of standard input, or of a file in a tar
    member: str = ""  # of the zip archive at `path`
    size: int = 0  # bytes of the member
    seen: Stamp | None = None  # how the file was when it was found in a folder

    @property
    def file(self) -> Path | None:
        """The file that it is or lies in; None for what is not read from one."""
        return None if self.path is None else Path(os.fsdecode(self.path))


def find_sources(paths: Sequence[Path | str], skip: Callable[[Skipped], None]) -> list[Source]:
    """Return the files that `paths` name or hold, sorted by name; raises InputError for a path that does not exist."""
    found: dict[str, Source] = {}
    for path in paths:
        if str(path) == "-":
            found.setdefault("-", Source("-", None, asked_for=True, data=sys.stdin.buffer.read()))
            continue
        for named in _named(Path(path)):
            if named.is_dir():
                _find_below(named, found, skip)
            elif named.is_file() and is_archive(named):
                found.update((source.name, source) for source in _inside(named, skip))
            else:
                found.setdefault(os.path.realpath(named), Source(_name_of(named), os.fsencode(named), asked_for=True))
    return sorted(found.values(), key=lambda source: source.name)


@dataclass(frozen=True, slots=True)
class Opened:
    """The bytes of a source, as UTF-8, and how they are laid out."""

    stream: BinaryIO
    shape: Literal["lines", "document"]

    @property
    def divisible(self) -> bool:
        """Whether it can be read from any place on, as a plain file can that is no single JSON value."""
        return self.shape == "lines" and isinstance(getattr(self.stream, "raw", None), io.FileIO)


def open_source(source: Source, skip: Callable[[Skipped], None]) -> Opened | None:
    """Return a source opened, or None if it holds no JSON.

    A file that cannot be read is handed to `skip` with the reason, and so is one without JSON, unless it was found in a
    folder and is not named like one that holds some.
    """
    try:
        stream = _open(source)
        shape = _shape(stream, source)
        stream.seek(0)
    except OSError as error:
        skip(Skipped(source.name, None, why_unreadable(error)))
        return None
    if shape == "lines" or shape == "document":
        return Opened(stream, shape)
    stream.close()
    if source.asked_for or Path(source.name).suffix in _DATA_SUFFIXES:
        skip(Skipped(source.name, None, "empty" if shape == "empty" else "not JSON"))
    return None


def read_document(stream: BinaryIO, name: str, skip: Callable[[Skipped], None]) -> list[Record]:
    """Return the records of a file that is one JSON value: the items of a list, or the value itself."""
    with stream:
        try:
            value = read_json(stream.read().decode("utf-8", "replace").removeprefix("\ufeff"))
        except (ValueError, RecursionError) as error:
            skip(Skipped(name, getattr(error, "lineno", None), reason(error, "not JSON")))
            return []
        except OSError as error:
            skip(Skipped(name, None, why_unreadable(error)))
            return []
    if isinstance(value, list):
        return [Record(item, None, f"/{index}") for index, item in enumerate(value)]
    return [Record(value)]


def _named(path: Path) -> list[Path]:
    """Return the file or folder that a path names, or those that match it; raises InputError if there is none."""
    if path.exists():
        return [path]
    matching = sorted(map(Path, glob(str(path), recursive=True)))  # noqa: PTH207 - it may be absolute
    if not matching:
        raise InputError("no such file or folder", place=Place(_name_of(path)), way_out="give a file of traces or `-`")
    return matching


def _inside(archive: Path, skip: Callable[[Skipped], None]) -> Iterator[Source]:
    """Yield the files in an archive, named as `runs.zip!/a/b.jsonl`."""
    name = _name_of(archive)
    for inner, size, data in members(archive, name, skip):
        path = os.fsencode(archive) if data is None else None
        yield Source(f"{name}!/{inner}", path, asked_for=False, data=data or b"", member=inner, size=size)


def _find_below(folder: Path, found: dict[str, Source], skip: Callable[[Skipped], None]) -> None:
    for path, told, real, seen in _walk(folder, skip):
        if _suffix(path) in _ARCHIVES and is_archive(Path(path)):
            found.update((source.name, source) for source in _inside(Path(path), skip))
        elif real not in found:
            found[real] = Source(told, os.fsencode(path), asked_for=False, seen=seen)


def _walk(folder: Path, skip: Callable[[Skipped], None]) -> Iterator[tuple[str, str, str, Stamp]]:
    """Yield the files below a folder: the path of each, as it is shown, and without links, and how it is now.

    There may be many thousands, and a `Path` of each would take longer than all else.
    """
    waiting = [os.fspath(folder)]
    while waiting:
        at = waiting.pop()
        place, real, folders = _name_of(Path(at)).removesuffix("/") + "/", os.path.realpath(at), list[str]()
        for entry in _entries(at, skip):
            if entry.is_dir():
                if entry.name in _LEFT_OUT:
                    continue
                if entry.is_symlink():
                    skip(Skipped(_name_of(Path(entry.path)), None, "a link to a folder, which is not followed"))
                else:
                    folders.append(entry.path)
                continue
            told = _text(entry.name) if place == "./" else place + _text(entry.name)
            try:
                found = entry.stat()
            except OSError as error:
                skip(Skipped(told, None, why_unreadable(error)))
                continue
            if stat.S_ISREG(found.st_mode):
                whole = os.path.realpath(entry.path) if entry.is_symlink() else f"{real}{os.sep}{entry.name}"
                yield entry.path, told, whole, stamped(found)
            elif _suffix(entry.name) in _DATA_SUFFIXES:
                skip(Skipped(told, None, "no file but a pipe, a socket or a device"))
        waiting += reversed(folders)


def _entries(folder: str, skip: Callable[[Skipped], None]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=attrgetter("name"))
    except OSError as error:
        skip(Skipped(_name_of(Path(folder)), None, why_unreadable(error)))
        return []


def _name_of(path: Path) -> str:
    """Return a path as it is shown."""
    return _text(shown(path))


def _text(name: str) -> str:
    """Return a name, with every byte of it that is no UTF-8 spelled as `\\xff`."""
    return name if name.isascii() else os.fsencode(name).decode("utf-8", "backslashreplace")


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1]  # noqa: PTH122


def _open(source: Source) -> BinaryIO:
    """Return the bytes of a source as UTF-8."""
    file = source.file
    if file is None:
        stream: BinaryIO = io.BytesIO(source.data)
    elif source.member:
        stream = open_member(file, source.member)
    elif file.is_file():
        stream = file.open("rb")
    else:
        stream = io.BytesIO(_piped(file))
    mark = _mark(stream)
    if is_table(mark):
        stream = _rows(source, stream)
    elif is_packed(mark) and not source.member:
        stream.close()
        stream = unpacked(*_start(source), mark)
        mark = _mark(stream)
    encoding = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}.get(mark[:2])
    if encoding is None:
        return stream
    with stream:
        return io.BytesIO(stream.read().decode(encoding, "replace").encode("utf-8", "replace"))


def _start(source: Source) -> tuple[Callable[[], BinaryIO], int]:
    """Return what opens a source that is a file or was held in memory, and how many bytes it is."""
    file = source.file
    if file is None:
        return lambda: io.BytesIO(source.data), len(source.data)
    return lambda: file.open("rb"), file.stat().st_size


def _rows(source: Source, stream: BinaryIO) -> BinaryIO:
    """Return the rows of a table; one that lies in a zip archive is held in memory, since its end is read first."""
    with stream:
        if source.path is None or not source.member:
            return rows_of(*_start(source))
        data = stream.read(HELD + 1)
    if len(data) > HELD:
        raise OSError("a table of more than 1 GB in an archive, which is held in memory; unpack it")
    return rows_of(lambda: io.BytesIO(data), len(data))


def _mark(stream: BinaryIO) -> bytes:
    mark = stream.read(MARK)
    stream.seek(0)
    return mark


def _piped(path: Path) -> bytes:
    """Return what a pipe or a device holds; nothing if nobody writes to the pipe."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))  # else opening waits for a writer
    os.set_blocking(descriptor, True)
    with os.fdopen(descriptor, "rb") as stream:
        return stream.read()


def _shape(stream: BinaryIO, source: Source) -> Literal["lines", "document", "empty"] | None:
    """Return how a file is laid out, judged by its first lines."""
    lines = list(_head(stream))
    if not lines:
        return "empty"
    first = _parsed(lines[0])
    if first is not None:
        alone = len(lines) == 1
        if alone and (isinstance(first, list) or Path(source.name).suffix in _DOCUMENT_SUFFIXES):
            return "document"
        return "lines"
    objects = sum(isinstance(_parsed(line), dict) for line in lines)
    if objects * 2 >= len(lines):
        return "lines"
    return "document" if lines[0][:1] in (b"{", b"[") else None


def _head(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the first lines that are not blank: at least two, where there are, and at most about 64 KB of them."""
    read = count = 0
    for line in stream:
        line = line.removeprefix(b"\xef\xbb\xbf").strip()
        if line:
            yield line
            count += 1
            read += len(line)
            if count >= _SNIFFED_LINES or (read > _SNIFFED_BYTES and count > 1):
                return


def _parsed(line: bytes) -> object | None:
    if line[:1] not in (b"{", b"["):
        return None
    try:
        value: object = read_json(line.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    return value
