"""The engine: a scan is a map over parts of files to digests, which are merged.

`digest_part` is pure: the same part of the same file gives the same digest, and nothing else is read or kept. So parts
can be handed to any executor. Small files are parts as they are; a large one is cut into ranges where its format allows
it, and what falls into different ranges is paired when the digests are merged. No id leaves it but as a hash.
"""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct

from ..parallel import in_order
from .digests.digest import Answer
from .digests.join import join
from .digests.pairing import Reader, SpelledOtherwise
from .digests.seal import hide_ids, make_printable
from .event import Record
from .formats import format_named, recognise
from .mark import mark
from .result import Skipped
from .sources.chunks import Lines
from .sources.fields import fitted
from .sources.source import Source, open_source, read_document

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from concurrent.futures import Executor

    from .formats import Format
    from .progress import Tell
    from .sources.source import Opened

_HEAD: Final = 64  # records by which a file without ids is known again
_SMALL: Final = 1 << 14  # bytes that are read at a time where only the first records are wanted
_RANGE: Final = 32_000_000  # bytes; larger parts are no faster, and take more memory
_BATCH: Final = 256  # files that a process is given at a time, at most

_PACKER: Final = msgspec.msgpack.Encoder()


class Part(Struct, array_like=True):
    """A file, or the lines of a large one that begin in a range of bytes."""

    source: Source
    size: int  # bytes
    format: str | None = None  # where it is known already
    bounds: tuple[int, int | None] = (0, None)


class Batch(Struct, array_like=True):
    """What one process is given at a time."""

    parts: list[Part]
    python_tools: list[str]


def whole(source: Source) -> Part:
    """Return a source as one part."""
    return Part(source, _size(source))


def read_parts(
    parts: Sequence[Part],
    python_tools: Collection[str],
    executor: Executor | None = None,
    tell: Tell | None = None,
) -> Iterator[Answer]:
    """Yield what came of parts, in order; large ones are cut, and the work is done here or by an executor.

    `tell` is told of each piece when it is read.
    """
    cut = [list(_ranges(part)) for part in parts]
    answers = _answers([piece for pieces in cut for piece in pieces], sorted(python_tools), executor)
    for pieces in cut:
        yield _joined([_told(piece, next(answers), tell) for piece in pieces])


def _told(part: Part, answer: Answer, tell: Tell | None) -> Answer:
    if tell is not None:
        failures = sum(step.python and step.failed for step in answer.digest.steps) if answer.digest else 0
        tell(files=part.bounds[1] is None, size=part.size, failures=failures)
    return answer


def _joined(answers: Sequence[Answer]) -> Answer:
    """Return the answer for a file from those for its ranges."""
    digests = [answer.digest for answer in answers if answer.digest is not None]
    for other in digests[1:]:
        join(digests[0], other)
    return Answer(digests[0] if digests else None, [skipped for answer in answers for skipped in answer.skipped])


def code_by_place(source: Source, python_tools: Collection[str]) -> dict[tuple[int | None, str | None], str | None]:
    """Return the code of all executions of a file, by line and pointer."""
    digest = digest_part(Part(source, 0), frozenset(python_tools), keep_code=True).digest
    return {} if digest is None else {(step.line, step.pointer): step.code for step in digest.steps if step.kept}


def digest_batch(work: bytes) -> bytes:
    """Return the answers for a batch; both are packed, so that they are carried fast."""
    batch = msgspec.msgpack.decode(work, type=Batch)
    tools = frozenset(batch.python_tools)
    answers = [digest_part(part, tools) for part in batch.parts]
    try:
        return _PACKER.encode(answers)
    except UnicodeEncodeError:
        for answer in answers:
            if answer.digest is not None:
                make_printable(answer.digest)
        return _PACKER.encode(answers)


def digest_part(part: Part, python_tools: frozenset[str], *, keep_code: bool = False, exactly: bool = False) -> Answer:
    """Return what a part of a file holds, or, if it is no trace, why it is passed over."""
    skipped: list[Skipped] = []
    try:
        return _digest(part, python_tools, skipped, keep_code=keep_code, exactly=exactly)
    except SpelledOtherwise:
        return digest_part(part, python_tools, keep_code=keep_code, exactly=True)
    except RecursionError:  # the readers have limits of their own; one that lacks it must not end the scan
        return Answer(None, [*skipped, Skipped(part.source.name, None, "nested too deeply")])
    except Exception as error:
        error.add_note(f"while {part.source.name} was read")
        raise


def _digest(
    part: Part, python_tools: frozenset[str], skipped: list[Skipped], *, keep_code: bool, exactly: bool
) -> Answer:
    source = part.source
    opened = open_source(source, skipped.append)
    if opened is None:
        return Answer(None, skipped)
    with opened.stream:
        unread: list[Skipped] = []
        plain, head = plain_records(opened, source, unread), deque[Record](maxlen=1)
        format_ = format_named(part.format) if part.format else recognise(_noted(plain, head))
        if format_ is None:
            why = "not a trace: no known format, no code with a result" if head else "no record that can be read"
            return Answer(None, [*unread, Skipped(source.name, None, why)] if head or not unread else unread)
        if not isinstance(plain, Lines):
            skipped.extend(unread)
        records = records_for(format_, plain, opened, source, skipped.append, part.bounds)
        reader = Reader(
            source.name,
            lambda: _opening(source),
            python_tools,
            format_.echoes,
            keep_code=keep_code,
            exactly=exactly,
        )
        reader.read(format_.events(iter(records)))
        count, anchors = (records.count, records.anchors) if isinstance(records, Lines) else (0, [])
        digest = reader.digest(format_.name, count, skipped, anchors)
        hide_ids(digest)
        return Answer(digest, [])


def plain_records(opened: Opened, source: Source, unread: list[Skipped]) -> Lines | list[Record]:
    """Return what an opened source holds as plain JSON, by which its format is recognised.

    `unread` is told what cannot be read. Of lines, which are read again once the format is known, that is of no use.
    """
    if opened.shape == "document":
        return read_document(opened.stream, source.name, unread.append)
    return Lines(opened.stream, source.name, Any, unread.append, size=_SMALL)


def _noted(records: Iterable[Record], head: deque[Record]) -> Iterator[Record]:
    for record in records:
        head.append(record)
        yield record


def records_for(
    format_: Format,
    plain: Lines | list[Record],
    opened: Opened,
    source: Source,
    skip: Callable[[Skipped], None],
    bounds: tuple[int, int | None] = (0, None),
) -> Lines | Iterator[Record]:
    """Return the records of an opened source as its format needs them: lines read anew, a document's items fitted."""
    if isinstance(plain, Lines):
        opened.stream.seek(0)
        return Lines(opened.stream, source.name, format_.record, skip, bounds)
    return fitted_records(plain, format_.record)


def fitted_records(records: Iterable[Record], kind: Any) -> Iterator[Record]:
    """Yield records of plain JSON as records of a kind; those of which nothing fits are left out."""
    for record in records:
        value = fitted(record.value, kind)
        if value is not None:
            yield Record(value, record.line, record.pointer)


def _opening(source: Source) -> str:
    """Return a mark of the first records of a file."""
    opened = open_source(source, _ignore)
    if opened is None:
        return ""
    with opened.stream:
        return mark([record.value for record in islice(plain_records(opened, source, []), _HEAD)])


def _ignore(_: Skipped) -> None:
    """Leave it to the reader of the whole file to name what cannot be read."""


def _ranges(part: Part) -> Iterator[Part]:
    """Yield the ranges in which a part is read that reaches to the end of its file."""
    format_ = _format_of(part.source) if part.size > 2 * _RANGE else None
    if format_ is None or not format_.apart:
        yield part
        return
    first = part.bounds[0]
    for at in range(0, part.size, _RANGE):
        end = first + at + _RANGE if at + _RANGE < part.size else None
        yield Part(part.source, min(_RANGE, part.size - at), format_.name, (first + at, end))


def _size(source: Source) -> int:
    if source.file is None or source.member:
        return source.size or len(source.data)
    try:
        return source.file.stat().st_size
    except OSError:
        return 0


def _format_of(source: Source) -> Format | None:
    """Return the format of a file that can be read in ranges, or None."""
    opened = open_source(source, _ignore)
    if opened is None:
        return None
    with opened.stream:
        return None if not opened.divisible else recognise(iter(plain_records(opened, source, [])))


def can_grow(source: Source, size: int) -> bool:
    """Say whether what follows the first `size` bytes of a file can be read by itself.

    It can where the records by which the file and its format are known lie before, and its records are apart.
    """
    format_ = _format_of(source)
    opened = open_source(source, _ignore) if format_ is not None and format_.apart else None
    if opened is None:
        return False
    with opened.stream:
        first = Lines(opened.stream, source.name, Any, _ignore, (0, size), _SMALL)
        return sum(1 for _ in islice(first, _HEAD)) == _HEAD


def _answers(parts: list[Part], python_tools: list[str], executor: Executor | None) -> Iterator[Answer]:
    if executor is None:
        tools = frozenset(python_tools)
        yield from (digest_part(part, tools) for part in parts)
        return
    decode = msgspec.msgpack.Decoder(list[Answer]).decode
    batches = (_PACKER.encode(Batch(batch, python_tools)) for batch in _batches(parts))
    for packed in in_order(executor, digest_batch, batches):
        yield from decode(packed)


def _batches(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Yield parts together that are about as large as one range."""
    batch: list[Part] = []
    size = 0
    for part in parts:
        if batch and (size + part.size > _RANGE // 4 or len(batch) >= _BATCH):
            yield batch
            batch, size = [], 0
        batch.append(part)
        size += part.size
    if batch:
        yield batch
