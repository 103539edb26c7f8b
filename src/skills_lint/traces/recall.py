"""The code of executions that digests have not kept: read again, from the lines where it stands.

A digest keeps the code of failures and of what follows them in the file. Where the times of a session go back, others
follow, and so do others where its parts are put together: that is known only when all digests are there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from io import BytesIO
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from .digests.seal import hidden_id, redact_steps
from .digests.steps import code_of
from .engine import code_by_place
from .event import Call, Record
from .formats import format_named
from .mark import checksum
from .sources.chunks import Lines
from .sources.source import open_source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from typing import BinaryIO

    from ..redaction import Redactor
    from .digests.digest import Anchor, Digest, Step
    from .digests.settle import Told
    from .event import Event
    from .formats import Format
    from .result import Skipped
    from .sources.source import Source


def recall(
    lacking: Iterable[Told], sources: Iterable[Source], python_tools: Collection[str], redactor: Redactor
) -> None:
    """Give steps their code, redacted, from the files in which they are told; `sources` has these."""
    by_file: dict[str, list[Told]] = defaultdict(list)
    for told in {id(step): (digest, step) for digest, step in lacking}.values():
        by_file[told[0].file].append(told)
    for source in sources if by_file else ():
        if own := by_file.get(source.name):
            _put_codes(source, own[0][0], [step for _, step in own], python_tools)
    redact_steps([step for own in by_file.values() for _, step in own], redactor)


def _put_codes(source: Source, digest: Digest, steps: Sequence[Step], python_tools: Collection[str]) -> None:
    format_ = format_named(digest.format)
    if format_.apart:
        _put_from_lines(source, digest, steps, format_, python_tools)
    missing = [step for step in steps if not step.kept]
    found = code_by_place(source, python_tools) if missing else {}
    for step in missing:
        step.code, step.kept = found.get((step.line, step.pointer)), True


def _put_from_lines(
    source: Source, digest: Digest, steps: Sequence[Step], format_: Format, python_tools: Collection[str]
) -> None:
    """Give steps the code of the calls on their lines; those stay without that are known in another way there."""
    wanted: dict[int, list[Step]] = defaultdict(list)
    for step in steps:
        if step.asked is not None:
            wanted[step.asked].append(step)
    opened = open_source(source, _ignore)
    if opened is None:
        return
    with opened.stream as stream:
        anchors = digest.anchors if opened.divisible else ()  # what is packed is read from its start on
        for number, line in _lines(stream, anchors, sorted(wanted)):
            calls = [event for event in _events(line, number, format_) if isinstance(event, Call)]
            for step in wanted[number]:
                call = next((call for call in calls if _is_of(step, call)), None)
                if call is not None:
                    step.code, step.kept = code_of(call, python_tools), True


def _lines(stream: BinaryIO, anchors: Sequence[Anchor], numbers: Iterable[int]) -> Iterator[tuple[int, bytes]]:
    """Yield lines of a file by their numbers, which are sorted."""
    count = 0  # lines above the place in the stream
    stream.seek(0)
    for number in numbers:
        nearest = bisect_right(anchors, number - 1, key=itemgetter(0)) - 1
        if nearest >= 0 and anchors[nearest][0] > count:
            count, at = anchors[nearest]
            stream.seek(at)
        yield number, b"".join(islice(stream, number - count - 1, number - count))
        count = number


def _events(line: bytes, number: int, format_: Format) -> Iterator[Event]:
    """Yield what a line tells by itself."""
    alone = Lines(BytesIO(line), "", format_.record, _ignore)
    return format_.events(Record(record.value, number) for record in alone)


def _is_of(step: Step, call: Call) -> bool:
    return hidden_id(call.id) == step.id and step.checksum in (0, checksum(call.arguments))


def _ignore(_: Skipped) -> None:
    """What cannot be read was named when the whole file was read."""
