"""Tables in Parquet files as lines of JSON: a row is a record, and the number of a line that of its row."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final, cast

from msgspec.json import Encoder

from .packed import Unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyarrow import DataType, RecordBatch, Schema

_MARK: Final = b"PAR1"
_ROWS: Final = 64  # that are held at a time: a run may be megabytes
_BUFFER: Final = 1 << 16  # bytes of each column; else all that a group of rows has of it is read at once


def is_table(mark: bytes) -> bool:
    """Say whether a file that begins with these bytes is a Parquet file."""
    return mark.startswith(_MARK)


def rows_of(start: Callable[[], BinaryIO], size: int) -> BinaryIO:
    """Return the rows of a Parquet file of `size` bytes as lines of JSON; raises OSError where that cannot be.

    Numbers, texts, lists and structures are what they are in JSON, times are as in RFC 3339, and bytes are text.
    """
    return io.BufferedReader(Unpacked(start, lambda stream: cast("IO[bytes]", _Rows(stream)), size))


class _Rows(io.RawIOBase):
    """The rows of a Parquet file, a few at a time."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._lines = _lines(stream)
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """Return at most so many bytes; none at the end."""
        while not self._rest:
            lines = next(self._lines, None)
            if lines is None:
                return b""
            self._rest = lines
        data, self._rest = self._rest[:size], self._rest[size:]
        return data


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    try:
        import pyarrow
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise OSError("a Parquet file, which `pip install 'skills-lint[parquet]'` reads") from None
    encode = Encoder().encode_lines
    try:
        file = ParquetFile(stream, buffer_size=_BUFFER)
        schema = _readable(file.schema_arrow)
        for batch in file.iter_batches(_ROWS, use_threads=False):
            yield encode(_rows(batch, schema))
    except (pyarrow.ArrowException, ValueError, TypeError, OverflowError, KeyError, MemoryError, OSError) as error:
        raise OSError(f"damaged: {str(error).partition(chr(10))[0]}") from error


def _rows(batch: RecordBatch, schema: Schema) -> list[dict[str, Any]]:
    rows = batch.cast(schema, safe=False).to_pylist(maps_as_pydicts="lossy")
    return [{name: _text(value) if isinstance(value, bytes) else value for name, value in row.items()} for row in rows]


def _text(value: bytes) -> str:
    """Return bytes as text: many writers do not say that a column is text."""
    return value.decode("utf-8", "replace")


def _readable(schema: Schema) -> Schema:
    """Return a schema without nanoseconds, of which Python's times know nothing."""
    import pyarrow

    return pyarrow.schema([field.with_type(_coarser(field.type)) for field in schema])


def _coarser(kind: DataType) -> DataType:
    import pyarrow
    from pyarrow import types

    if types.is_timestamp(kind):
        return pyarrow.timestamp("us", kind.tz) if kind.unit == "ns" else kind
    if types.is_duration(kind) or types.is_time64(kind):
        return pyarrow.duration("us") if types.is_duration(kind) else pyarrow.time64("us")
    if types.is_struct(kind):
        return pyarrow.struct([field.with_type(_coarser(field.type)) for field in kind])
    if types.is_list(kind) or types.is_large_list(kind):
        make = pyarrow.list_ if types.is_list(kind) else pyarrow.large_list
        return make(kind.value_field.with_type(_coarser(kind.value_type)))
    if types.is_map(kind):
        return pyarrow.map_(_coarser(kind.key_type), _coarser(kind.item_type))
    return kind
