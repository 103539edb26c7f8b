"""Lines of JSON, read in chunks: each chunk decoded at once, and line by line where that fails."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from ..event import Record
from ..result import Skipped
from .fields import UNREADABLE, decoder, fitted, read_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CHUNK: Final = 1 << 20  # bytes; more at a time is no faster, and less is slower
_OBJECT: Final = ord("{")


class Lines:
    """The lines of a stream, or those that begin in a range of it, as records of one kind.

    Lines are counted from 1 at the start of the range; `count` is how many have been read, and from `anchors` they can
    be counted too, beside the start of the stream. The stream stays open.
    """

    def __init__(
        self,
        stream: BinaryIO,
        name: str,
        kind: Any,
        skip: Callable[[Skipped], None],
        bounds: tuple[int, int | None] = (0, None),
        size: int = _CHUNK,
    ) -> None:
        self.count = 0
        self.anchors: list[tuple[int, int]] = []  # lines before a chunk, and the byte at which it begins
        self._stream = stream
        self._name = name
        self._kind = kind
        self._skip = skip
        self._bounds = bounds
        self._size = size

    def __iter__(self) -> Iterator[Record]:
        decode = decoder(self._kind).decode_lines
        try:
            for at, chunk in _chunks(self._stream, *self._bounds, self._size):
                if at:
                    self.anchors.append((self.count, at))
                first, (lines, objects) = self.count + 1, _lines(chunk)
                self.count += lines
                try:
                    values = decode(chunk)
                except UNREADABLE:
                    values = []
                if len(values) == lines == objects:
                    for number, value in enumerate(values, first):
                        yield Record(value, number)
                else:  # with blank lines or lists too, or where lines are no values
                    yield from self._one_by_one(chunk, first)
        except OSError as error:
            self._skip(Skipped(self._name, self.count + 1, why_unreadable(error)))

    def _is_record(self, value: Any) -> bool:
        return self._kind is not Any or isinstance(value, dict | list)

    def _one_by_one(self, chunk: bytearray, first: int) -> Iterator[Record]:
        lines = bytes(chunk).split(b"\n")
        for number, line in enumerate(lines, first):
            if not line or line.isspace():
                continue
            try:
                value = decoder(self._kind).decode(line)
            except UNREADABLE:
                value = self._read_apart(line, number, whole=number < first + len(lines) - 1)
                if value is None:
                    continue
            if self._is_record(value):
                yield Record(value, number)
            else:
                self._skip(Skipped(self._name, number, "neither a JSON object nor a list"))

    def _read_apart(self, line: bytes, number: int, *, whole: bool) -> Any:
        """Return the record of a line that does not read as its kind at once, or None if it holds none."""
        text = line.decode("utf-8", "replace").removeprefix("\ufeff").strip().strip("\x00")
        if not text:
            return None
        try:
            value = read_json(text)
        except (ValueError, RecursionError) as error:
            self._skip(Skipped(self._name, number, reason(error, "not JSON" if whole else "half a last line")))
            return None
        if isinstance(value, dict | list):
            return fitted(value, self._kind)
        self._skip(Skipped(self._name, number, "neither a JSON object nor a list"))
        return None


def _lines(chunk: bytearray) -> tuple[int, int]:
    """Return how many lines a chunk has, and how many of them begin with an object.

    For lines as long as here this is several times as fast as `count`.
    """
    lines, objects, last = 1, int(chunk.startswith(b"{")), len(chunk) - 1
    end = chunk.find(b"\n")
    while 0 <= end < last:
        lines += 1
        objects += chunk[end + 1] == _OBJECT
        end = chunk.find(b"\n", end + 1)
    return lines, objects


def _chunks(stream: BinaryIO, start: int, end: int | None, size: int) -> Iterator[tuple[int, bytearray]]:
    """Yield the lines that begin from `start` on and before `end`, many at a time, each whole, with their place."""
    at = start
    if start:
        stream.seek(start - 1)
        at = start - 1 + len(stream.readline())  # a line that began earlier belongs to the range before
    rest = b""
    while end is None or at < end:
        chunk = bytearray(max(size, 2 * len(rest)))  # a line longer than a chunk is read in ever larger pieces
        chunk[: len(rest)] = rest
        with memoryview(chunk) as view:
            read = stream.readinto(view[len(rest) :])  # type: ignore[attr-defined]
        del chunk[len(rest) + read :]
        cut = chunk.rfind(b"\n") + 1 if read else len(chunk)
        if end is not None and at + cut > end:  # up to the end of the line that the range ends in
            cut = (chunk.find(b"\n", max(end - at - 1, 0)) + 1) or (0 if read else len(chunk))
        rest = bytes(chunk[cut:])
        del chunk[cut:]
        if chunk:
            yield at, chunk
        at += len(chunk)
        if not read:
            return


def why_unreadable(error: OSError) -> str:
    """Return that a file cannot be read, and why."""
    return f"cannot be read: {error.strerror or error}"


def reason(error: Exception, what: str) -> str:
    """Return why a text is no JSON, with the column where it ends to be."""
    if isinstance(error, json.JSONDecodeError):
        return f"{what} ({error.msg.removesuffix(' starting at').lower()}, column {error.colno})"
    return "nested too deeply"
