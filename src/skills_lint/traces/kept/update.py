"""An answer brought up to date: what the files told that changed is taken out, and what they tell now is put in.

What hangs together with no other files is merged apart from them, so the answer is that of merging all anew.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..digests.merge import merge, place_of_failure, place_of_skipped
from ..digests.settle import settled
from ..result import ScanResult
from .answers import KeptAnswer, Ledger, Line
from .reading import read_what_changed, result_of
from .ties import tied

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from ..digests.digest import Answer
    from ..digests.settle import Told
    from ..result import Skipped
    from ..sources.source import Source
    from ..sources.stamp import Stamp
    from .cache import Cache, Kept
    from .reading import Way

_SHARE: Final = 4  # where more than one in so many files is to be merged again, all are


@dataclass(frozen=True, slots=True)
class Seen:
    """The traces that there are, and how they are."""

    stamps: Mapping[Source, Stamp | None]
    passed: Sequence[Skipped]  # what was passed over on the way to them
    since: int  # a time before that, in nanoseconds


def up_to_date(earlier: KeptAnswer | None, seen: Seen, cache: Cache, way: Way) -> tuple[ScanResult, Ledger | None]:
    """Return the result for traces, only the changed ones of which are read, and its ledger, if all can be in it."""
    ledger = earlier.files() if earlier is not None else None
    result = earlier.result() if earlier is not None and ledger is not None else None
    if ledger is not None and result is not None:
        updated = _updated(ledger, result, seen, cache, way)
        if updated is not None:
            return updated
    answers, kept = read_what_changed(seen.stamps, cache, way, seen.since)
    result = result_of(list(seen.stamps), answers, seen.passed, way)
    return result, _ledger({}, kept, seen, cache)


def _updated(
    ledger: Ledger, result: ScanResult, seen: Seen, cache: Cache, way: Way
) -> tuple[ScanResult, Ledger | None] | None:
    """Return the result for traces, made from an earlier one, and its ledger; None where all has to be merged anew."""
    changed, there = ledger.changed(seen.stamps), {source.name: source for source in seen.stamps}
    out = {*(source.name for source in changed), *(ledger.files.keys() - there.keys())}
    few = _SHARE * len(out) <= len(there) == len(seen.stamps)
    if ledger.state != cache.state or ledger.passed != list(seen.passed) or not few:
        return None
    earlier = _answers(ledger, out, cache)  # before it is replaced by what is read now
    if earlier is None:
        return None
    read, kept = read_what_changed({source: seen.stamps[source] for source in changed}, cache, way, seen.since)
    now = _ledger(ledger.files, kept, seen, cache)
    if now is None:
        return None
    ties = {name: line.ties for name, line in ledger.files.items()}
    together = tied(ties | {name: ties.get(name, b"") + each.entry.ties for name, each in kept.items()}, out)
    # twice, since to merge digests changes them
    others, same = _answers(ledger, together - out, cache), _answers(ledger, together - out, cache)
    if others is None or same is None:
        return None
    fresh = same | {source.name: answer for source, answer in zip(changed, read, strict=True)}
    names = sorted(fresh)
    after = result_of([there[name] for name in names], [fresh[name] for name in names], (), way)
    return _replaced(result, _merged(earlier | others, way), after, together, seen), now


def _answers(ledger: Ledger, names: Iterable[str], cache: Cache) -> dict[str, Answer] | None:
    """Return the answers that a ledger has for files; None where one of them is not kept any more."""
    lines = {name: line for name in names if (line := ledger.files.get(name)) is not None}
    kept = cache.records(line.record for line in lines.values())
    if any(line.record not in kept or kept[line.record].mark != line.mark for line in lines.values()):
        return None
    return {name: kept[line.record].entry.answer for name, line in lines.items()}


def _merged(answers: Mapping[str, Answer], way: Way) -> ScanResult:
    """Return the result from answers, whose texts do not matter."""
    digests = [answers[name].digest for name in sorted(answers)]
    there = [digest for digest in digests if digest is not None]
    return merge(there, list(settled(there, way.python_tools)), (), _leave)


def _leave(_: Iterable[Told]) -> None:
    """Recall no code."""


def _replaced(
    result: ScanResult, before: ScanResult, after: ScanResult, files: Collection[str], seen: Seen
) -> ScanResult:
    """Return a result in which stands, of some files, what is told after a change and not what was told before."""
    passed = list((Counter(result.skipped) - Counter(seen.passed)).elements())
    skipped = [*(each for each in passed if each.file not in files), *after.skipped, *seen.passed]
    sessions = [*(each for each in result.sessions if each.files[0] not in files), *after.sessions]
    failures = [*(each for each in result.failures if each.file not in files), *after.failures]
    return ScanResult(
        files=result.files - before.files + after.files,
        tool_calls=result.tool_calls - before.tool_calls + after.tool_calls,
        executions=result.executions - before.executions + after.executions,
        other_failures=result.other_failures - before.other_failures + after.other_failures,
        skipped=tuple(sorted(skipped, key=place_of_skipped)),
        sessions=tuple(sorted(sessions, key=lambda session: session.files[0])),
        failures=tuple(sorted(failures, key=place_of_failure)),
    )


def _ledger(lines: Mapping[str, Line], kept: Mapping[str, Kept], seen: Seen, cache: Cache) -> Ledger | None:
    """Return the ledger of all traces; None where one of them is not kept, or two have one name."""
    files: dict[str, Line] = {}
    for source in seen.stamps:
        if (each := kept.get(source.name)) is not None:
            files[source.name] = Line(each.entry.stamp, each.entry.young, each.key, each.mark, each.entry.ties)
        elif (line := lines.get(source.name)) is not None:
            files[source.name] = line
    return Ledger(cache.state, list(seen.passed), files) if len(files) == len(seen.stamps) else None
