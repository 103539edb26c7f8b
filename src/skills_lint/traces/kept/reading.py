"""The answers for all sources: those that were kept, and those that are read, redacted, and kept then."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..digests.digest import Answer
from ..digests.join import join
from ..digests.merge import merge
from ..digests.seal import redact, redact_steps
from ..digests.settle import settled
from ..engine import Part, read_parts, whole
from ..pool import reading_pool
from ..recall import recall
from ..sources.stamp import ends_of, stamp_of
from .cache import Entry
from .growth import ends_to_grow_from, is_apart
from .ties import ties_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from ...redaction import Redactor
    from ..digests.digest import Digest
    from ..digests.settle import Told
    from ..progress import Watch
    from ..result import ScanResult, Skipped
    from ..sources.source import Source
    from ..sources.stamp import Stamp
    from .cache import Cache, Kept


@dataclass(frozen=True, slots=True)
class Way:
    """How traces are read."""

    redactor: Redactor
    python_tools: Collection[str]
    jobs: int | None = None
    watch: Watch | None = None


def read_anew(sources: Sequence[Source], way: Way) -> list[Answer]:
    """Return the answers for sources, redacted."""
    return [answer for answer, _ in _read(map(whole, sources), way)]


def read_what_changed(
    stamps: Mapping[Source, Stamp | None], cache: Cache, way: Way, since: int
) -> tuple[list[Answer], dict[str, Kept]]:
    """Return the answers for sources, redacted; only those are read that changed, and of one that grew, the new lines.

    With them comes what is kept of the sources now, by their names. `since` is a time, in nanoseconds, before the
    stamps were taken.
    """
    kept = cache.entries(stamps)
    entries = {name: each.entry for name, each in kept.items()}
    same = {s: entries[s.name].answer for s, stamp in stamps.items() if s.name in kept and entries[s.name].is_of(stamp)}
    grown = {
        s: entries[s.name] for s, stamp in stamps.items() if s not in same and _has_grown(s, stamp, entries.get(s.name))
    }
    read = dict(zip(grown, _read((_rest(s, grown[s], stamps[s]) for s in grown), way), strict=True))
    read = {source: _added(grown[source].answer, *rest) for source, rest in read.items()}
    anew = [s for s in stamps if s not in same and (s not in read or read[s][0].digest is None)]
    read.update(zip(anew, _read(map(whole, anew), way), strict=True))
    used = {source.name: kept[source.name] for source in same}
    new = cache.keep([(s, e) for s in read if (e := _entry(s, stamps[s], *read[s], since)) is not None], used.values())
    return [same[source] if source in same else read[source][0] for source in stamps], used | new


def result_of(sources: Sequence[Source], answers: Sequence[Answer], skipped: Sequence[Skipped], way: Way) -> ScanResult:
    """Return the result of a scan from the answers for its sources, and what was passed over on the way to them."""
    digests = [answer.digest for answer in answers if answer.digest is not None]
    open_steps = list(settled(digests, way.python_tools))
    redact_steps([step for _, step in open_steps], way.redactor)

    def recalled(lacking: Iterable[Told]) -> None:
        recall(lacking, sources, way.python_tools, way.redactor)

    unread = [each for answer in answers for each in answer.skipped]
    return merge(digests, open_steps, [*skipped, *unread], recalled)


def _read(parts: Iterable[Part], way: Way) -> list[tuple[Answer, bool]]:
    """Return the answers for parts, redacted, each with whether what is open in it was left as it was."""
    parts = list(parts)
    if not parts:
        return []
    answers: list[Answer] = []
    digests: list[Digest] = []
    size = sum(part.size for part in parts)
    with reading_pool(size, way.jobs) as pool, way.watch(len(parts), size) if way.watch else nullcontext() as tell:
        for answer in read_parts(parts, way.python_tools, pool, tell):
            answers.append(answer)
            if answer.digest is not None:
                digests.append(answer.digest)
                if len(digests) == 1:
                    way.redactor.begin()  # its thread must not be there before the processes of the pool are
    changed = redact(digests, way.redactor)
    return [(answer, answer.digest is not None and answer.digest.file not in changed) for answer in answers]


def _has_grown(source: Source, stamp: Stamp | None, entry: Entry | None) -> bool:
    if entry is None or stamp is None or entry.ends is None or stamp.size <= entry.ends.size:
        return False
    same_file = (stamp.inode, stamp.device) == (entry.stamp.inode, entry.stamp.device)
    return same_file and ends_of(source, entry.ends.size) == entry.ends


def _rest(source: Source, entry: Entry, stamp: Stamp | None) -> Part:
    """Return the part of a file that it has grown by."""
    start = entry.ends.size if entry.ends is not None else 0
    size = stamp.size - start if stamp is not None else 0
    return Part(source, size, entry.answer.digest.format if entry.answer.digest else None, (start, None))


def _added(answer: Answer, rest: Answer, intact: bool) -> tuple[Answer, bool]:
    """Return the answer for a whole file; one without a digest where it has to be read anew."""
    if answer.digest is None or rest.digest is None or not intact or not is_apart(answer.digest, rest.digest):
        return Answer(None, []), False
    join(answer.digest, rest.digest)
    return Answer(answer.digest, [*answer.skipped, *rest.skipped]), True


def _entry(source: Source, stamp: Stamp | None, answer: Answer, intact: bool, since: int) -> Entry | None:
    """Return what is kept of a file; None where it has changed while it was read."""
    if stamp is None or stamp_of(source) != stamp:
        return None
    ends = ends_to_grow_from(source, answer.digest, stamp.size) if answer.digest is not None and intact else None
    return Entry(stamp, stamp.is_young(since), ends, answer, ties_of(answer.digest) if answer.digest else b"")
