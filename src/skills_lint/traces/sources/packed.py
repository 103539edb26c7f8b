"""Compressed files and archives, read in place: nothing is unpacked to disk, and nothing expands without limit."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final, cast

from ..result import Skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_GZIP, _ZSTANDARD, _BZIP2, _XZ, _ZIP = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ\x00", b"PK\x03\x04"
MARK: Final = 6  # bytes by which what is packed is known
_TAR_MARK: Final = (257, b"ustar")  # its place in the first header, and what stands there
_EXPANSION: Final = (
    1000  # times its size; traces shrink to a tenth, or to a hundredth where they tell all again and again
)
_LEAST: Final = 1 << 24  # bytes that anything may expand to
HELD: Final = 1 << 30  # bytes that are held in memory: the files in a tar cannot be opened one by one
_MEMBERS: Final = 100_000
_PIECE: Final = 1 << 14  # bytes, which at worst expand to some hundred megabytes


class Unpacked(io.RawIOBase):
    """A compressed file as its content; it can be rewound, by beginning anew.

    Raises OSError where it is damaged, or expands to more than any trace does.
    """

    def __init__(self, start: Callable[[], IO[bytes]], expand: Callable[[IO[bytes]], IO[bytes]], size: int) -> None:
        self._start = start
        self._expand = expand
        self._limit = max(_LEAST, size * _EXPANSION)
        self._begin()

    def _begin(self) -> None:
        self._packed = self._start()
        try:
            self._stream = self._expand(self._packed)
        except BaseException:
            self._packed.close()
            raise
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
        self._close_both()
        self._begin()
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
        self._close_both()
        super().close()

    def _close_both(self) -> None:
        self._stream.close()
        self._packed.close()


def is_packed(mark: bytes) -> bool:
    """Say whether a file that begins with these bytes is compressed."""
    return mark.startswith((_GZIP, _ZSTANDARD, _BZIP2, _XZ))


def unpacked(start: Callable[[], BinaryIO], size: int, mark: bytes) -> BinaryIO:
    """Return the content of what `start` gives, of so many bytes, compressed, beginning with `mark`.

    Raises OSError where that cannot be.
    """
    return io.BufferedReader(Unpacked(start, lambda packed: _expanded(packed, mark), size))


def is_archive(path: Path) -> bool:
    """Say whether a file is an archive of files, judged by what it holds; one that cannot be read is none."""
    try:
        with path.open("rb") as stream:
            head = stream.read(512)
        if is_packed(head[:MARK]):
            with _unpacked_file(path, head[:MARK]) as content:
                head = content.read(512)
    except OSError:
        return False
    at, known = _TAR_MARK
    return head.startswith(_ZIP) or head[at : at + len(known)] == known


def members(path: Path, name: str, skip: Callable[[Skipped], None]) -> Iterator[tuple[str, int, bytes | None]]:
    """Yield the files in an archive and their sizes, and the content where it cannot be read one by one, as in a tar.

    What cannot be read is handed to `skip`, under the name of the archive and its own.
    """
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                found = [info for info in archive.infolist() if not info.is_dir() and _is_plain(info.filename)]
            yield from ((info.filename, info.file_size, None) for info in found[:_MEMBERS])
            if len(found) > _MEMBERS:
                skip(Skipped(name, None, f"{len(found) - _MEMBERS:,} of {len(found):,} files: too many for an archive"))
        else:
            yield from _tarred(path, name, skip)
    except (OSError, tarfile.TarError, zipfile.BadZipFile, EOFError) as error:
        skip(Skipped(name, None, f"cannot be read: {error}"))


def open_member(path: Path, inner: str) -> BinaryIO:
    """Return the content of a file in a zip archive; raises OSError where that cannot be."""
    try:
        archive = zipfile.ZipFile(path)
        size = archive.getinfo(inner).compress_size
        return io.BufferedReader(Unpacked(lambda: archive.open(inner), lambda stream: stream, size))
    except (KeyError, RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
        raise OSError(f"not to be opened in its archive: {error}") from error


def _tarred(path: Path, name: str, skip: Callable[[Skipped], None]) -> Iterator[tuple[str, int, bytes | None]]:
    with path.open("rb") as stream:
        mark = stream.read(MARK)
    held = 0
    plain: BinaryIO = _unpacked_file(path, mark) if is_packed(mark) else path.open("rb")
    with plain, tarfile.open(fileobj=plain, mode="r|", errors="backslashreplace") as archive:
        for info in archive:
            inner = info.name.removeprefix("./")
            if not info.isfile() or not _is_plain(inner):
                continue
            held += info.size
            if held > HELD:
                skip(Skipped(f"{name}!/{inner}", None, "more than 1 GB in a tar, which is held in memory; unpack it"))
                held -= info.size
            elif (member := archive.extractfile(info)) is not None:
                yield inner, info.size, member.read()


def _is_plain(name: str) -> bool:
    """Say whether a member is a file that a person put there, and not what macOS adds to archives."""
    parts = PurePosixPath(name).parts
    return "__MACOSX" not in parts and parts[-1:] != (".DS_Store",)


def _unpacked_file(path: Path, mark: bytes) -> BinaryIO:
    return unpacked(lambda: path.open("rb"), path.stat().st_size, mark)


def _expanded(packed: IO[bytes], mark: bytes) -> IO[bytes]:
    """Return the content of a compressed stream."""
    if mark.startswith(_GZIP):
        import gzip

        return cast("IO[bytes]", gzip.open(packed))
    if mark.startswith(_BZIP2):
        import bz2

        return bz2.open(packed)
    if mark.startswith(_XZ):
        import lzma

        return lzma.open(packed)
    try:
        import zstandard
    except ImportError:
        raise OSError("compressed with Zstandard, which `pip install 'skills-lint[zstd]'` reads") from None
    return cast("IO[bytes]", _Zstandard(packed, zstandard.ZstdDecompressor))


class _Zstandard(io.RawIOBase):
    """The content of a stream of Zstandard frames; unlike the library's own it notices that the end is missing."""

    def __init__(self, packed: IO[bytes], decompressor: Callable[[], Any]) -> None:
        self._stream = packed
        self._decompressor = decompressor
        self._frame = decompressor().decompressobj()
        self._rest = b""  # of what was read, and of what was expanded
        self._data = b""

    def read(self, size: int = -1) -> bytes:
        """Return at most so many bytes; none at the end."""
        while not self._data:
            packed = self._rest or self._stream.read(_PIECE)
            if not packed:
                if self._frame.eof or self._stream.tell() == 0:
                    return b""
                raise EOFError("the end is missing")
            if self._frame.eof:
                self._frame = self._decompressor().decompressobj()
            self._data = self._frame.decompress(packed)
            self._rest = self._frame.unused_data
        data, self._data = self._data[:size], self._data[size:]
        return data
