"""Compressed files and archives, read in place: nothing is unpacked to disk, and nothing expands without limit."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, BinaryIO, Final, cast

from .result import Skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_GZIP, _ZSTANDARD, _BZIP2, _XZ, _ZIP = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ\x00", b"PK\x03\x04"
MARK: Final = 6  # bytes by which what is packed is known
_TAR_MARK: Final = (257, b"ustar")  # its place in the first header, and what stands there
_EXPANSION: Final = (
    1000  # times its size; traces shrink to a tenth, or to a hundredth where they tell all again and again
)
_LEAST: Final = 1 << 24  # bytes that anything may expand to
_MEMBER: Final = 1 << 30  # bytes of a member of an archive: it is held in memory
_MEMBERS: Final = 100_000


class Unpacked(io.RawIOBase):
    """A compressed file as its content; it can be rewound, by beginning anew.

    Raises OSError where it is damaged, or expands to more than any trace does.
    """

    def __init__(self, start: Callable[[], IO[bytes]], size: int) -> None:
        self._start = start
        self._stream = start()
        self._limit = max(_LEAST, size * _EXPANSION)
        self._read = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be rewound."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go back to the start."""
        if offset or whence != io.SEEK_SET:
            raise io.UnsupportedOperation("what is compressed can only be rewound")
        self._stream.close()
        self._stream, self._read = self._start(), 0
        return 0

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a buffer, and return how many bytes are in it."""
        try:
            data = self._stream.read(len(buffer))
        except (EOFError, ValueError, RuntimeError) as error:
            raise OSError(f"damaged: {error}") from error
        except Exception as error:  # zlib, lzma and Zstandard have errors of their own
            if isinstance(error, OSError) or type(error).__module__ not in ("zlib", "_lzma", "zstd", "zstandard"):
                raise
            raise OSError(f"damaged: {error}") from error
        self._read += len(data)
        if self._read > self._limit:
            raise OSError(f"expands to more than {_EXPANSION} times its size, which no trace does")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close what it is read from."""
        self._stream.close()
        super().close()


def is_packed(mark: bytes) -> bool:
    """Say whether a file that begins with these bytes is compressed."""
    return mark.startswith((_GZIP, _ZSTANDARD, _BZIP2, _XZ))


def unpacked(path: Path, mark: bytes) -> BinaryIO:
    """Return the content of a compressed file that begins with these bytes; raises OSError where that cannot be."""
    return io.BufferedReader(Unpacked(lambda: _opened(path, mark), path.stat().st_size))


def is_archive(path: Path) -> bool:
    """Say whether a file is an archive of files, judged by what it holds; one that cannot be read is none."""
    try:
        with path.open("rb") as stream:
            head = stream.read(512)
        if is_packed(head[:MARK]):
            with unpacked(path, head[:MARK]) as content:
                head = content.read(512)
    except OSError:
        return False
    at, known = _TAR_MARK
    return head.startswith(_ZIP) or head[at : at + len(known)] == known


def members(path: Path, name: str, skip: Callable[[Skipped], None]) -> Iterator[tuple[str, bytes]]:
    """Yield the files in an archive, by name and content; what cannot be read is handed to `skip`."""
    with path.open("rb") as stream:
        mark = stream.read(MARK)
    read = _zipped if mark.startswith(_ZIP) else _tarred
    count = 0
    try:
        for inner, size, content in read(path, mark):
            count += 1
            shown = f"{name}!/{inner}"
            if count > _MEMBERS:
                skip(Skipped(name, None, f"more than {_MEMBERS:,} files in an archive"))
                return
            if size > _MEMBER:
                skip(Skipped(shown, None, "more than 1 GB in an archive; unpack it"))
                continue
            try:
                yield inner, content()
            except (OSError, RuntimeError, zipfile.BadZipFile, NotImplementedError, EOFError) as error:
                skip(Skipped(shown, None, f"cannot be read: {error}"))
    except (OSError, tarfile.TarError, zipfile.BadZipFile, EOFError) as error:
        skip(Skipped(name, None, f"cannot be read: {error}"))


def _zipped(path: Path, _: bytes) -> Iterator[tuple[str, int, Callable[[], bytes]]]:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if not info.is_dir() and _is_plain(info.filename):
                limit = max(_LEAST, info.compress_size * _EXPANSION)

                def content(info: zipfile.ZipInfo = info, limit: int = limit) -> bytes:
                    with archive.open(info) as member:
                        data = member.read(limit + 1)
                    if len(data) > limit:
                        raise OSError(f"expands to more than {_EXPANSION} times its size, which no trace does")
                    return data

                yield info.filename, info.file_size, content


def _tarred(path: Path, mark: bytes) -> Iterator[tuple[str, int, Callable[[], bytes]]]:
    plain = path.open("rb") if not is_packed(mark) else unpacked(path, mark)
    with plain as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
        for info in archive:
            if info.isfile() and _is_plain(info.name):

                def content(info: tarfile.TarInfo = info) -> bytes:
                    member = archive.extractfile(info)
                    return b"" if member is None else member.read()

                yield info.name.removeprefix("./"), info.size, content


def _is_plain(name: str) -> bool:
    """Say whether a member is a file that a person put there, and not what macOS adds to archives."""
    parts = PurePosixPath(name).parts
    return "__MACOSX" not in parts and parts[-1:] != (".DS_Store",)


def _opened(path: Path, mark: bytes) -> IO[bytes]:
    if mark.startswith(_GZIP):
        import gzip

        return cast("IO[bytes]", gzip.open(path))
    if mark.startswith(_BZIP2):
        import bz2

        return bz2.open(path)
    if mark.startswith(_XZ):
        import lzma

        return lzma.open(path)
    try:
        import zstandard
    except ImportError:
        raise OSError("compressed with Zstandard, which `pip install 'skills-lint[zstd]'` reads") from None
    return zstandard.ZstdDecompressor().stream_reader(path.open("rb"), read_across_frames=True, closefd=True)
