"""Digests merged into one result: what is told twice counted once, sessions put together."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from ..clock import are_alike, utc
from ..result import Attempt, Failure, LoadedSkill, ScanResult, Session, Skipped
from .pairing import ATTEMPTS, is_random

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from .digest import Digest, Facts, Step, Thread
    from .settle import Told

    Recall = Callable[[Iterable[Told]], None]


def merge(
    digests: Sequence[Digest], open_steps: Iterable[Told], skipped: Iterable[Skipped], recall: Recall
) -> ScanResult:
    """Return the result of a scan: of digests, and of the steps that were open in them.

    `recall` gives executions their code, redacted, where what came after a failure is not what digests kept for it.
    """
    names = {session: name for digest in reversed(digests) for session, name in digest.names.items()}
    steps = _once([*((d, step) for d in digests for step in d.steps), *open_steps])
    threads: dict[Thread, list[Told]] = defaultdict(list)
    for told in steps:
        if told[1].python:
            threads[_thread(told)].append(told)
    requests = _Requests(digests)
    failed = [
        each for runs in threads.values() if any(step.failed for _, step in runs) for each in _failed_in(_in_time(runs))
    ]
    recall(later for _, attempts in failed for later in attempts if not later[1].kept)
    failures = [_failure(told, attempts, names, requests) for told, attempts in failed]
    return ScanResult(
        files=len({digest.file for digest in digests}),
        tool_calls=len(steps),
        executions=sum(map(len, threads.values())),
        other_failures=sum(step.failed and not step.python for _, step in steps),
        skipped=tuple(sorted([*skipped, *(s for d in digests for s in d.skipped)], key=place_of_skipped)),
        sessions=_sessions(digests, steps, names),
        failures=tuple(sorted(failures, key=place_of_failure)),
    )


def _thread(told: Told) -> Thread:
    digest, step = told
    return digest.threads[step.thread]


class _Requests:
    """What the user had asked for last where a part of a trace begins, thread by thread."""

    def __init__(self, digests: Sequence[Digest]) -> None:
        self._before: dict[tuple[int, Thread], str] = {}
        last: dict[Thread, str] = {}
        for digest in digests:
            self._before.update({(id(digest), thread): last[thread] for thread in digest.threads if thread in last})
            last.update(digest.requests)

    def of(self, told: Told) -> str | None:
        """Return the request before a failure: in its part of the trace, or in an earlier one of its session."""
        digest, step = told
        request = step.failure.request if step.failure is not None else None
        return request if request is not None else self._before.get((id(digest), _thread(told)))


def _once(steps: list[Told]) -> list[Told]:
    """Return each call once, in order; the record that tells it first-hand is kept, and the answered one."""
    uses = Counter([step.id for _, step in steps])
    if len(uses) < len(steps):
        steps = _without_repeats(steps, {call_id for call_id, count in uses.items() if count > 1})
    if any(digest.echoes for digest, _ in steps):
        steps = _without_echoes(steps)
    return sorted(steps, key=_order)


def _without_repeats(steps: list[Told], repeated: Collection[str]) -> list[Told]:
    kept: list[Told] = []
    at: dict[tuple[object, ...], int] = {}
    for told in steps:
        digest, step = told
        if step.id in repeated:
            key = (step.id,) if is_random(step.id) else (_thread(told)[0], step.id, step.checksum)
            if key in at:
                if kept[at[key]][1].echo and not step.echo:
                    kept[at[key]] = told
                continue
            at[key] = len(kept)
        kept.append((digest, step))
    return kept


def _without_echoes(steps: list[Told]) -> list[Told]:
    """Return steps without those that echo, under ids of their own, what the session tells first-hand."""
    told = Counter((_thread(each)[0], each[1].same) for each in steps if each[0].echoes and not each[1].echo)
    once: list[Told] = []
    for each in steps:
        same = (_thread(each)[0], each[1].same)
        if each[0].echoes and each[1].echo and told[same] > 0:
            told[same] -= 1
        else:
            once.append(each)
    return once


def _in_time(steps: list[Told]) -> list[Told]:
    """Return steps as they happened: by time where all have one, else in the order of the files."""
    times: list[Any] = [step.time for _, step in steps]
    if not are_alike(times):
        times = [utc(time) for time in times]
    if None in times:
        return steps
    return [steps[at] for at in sorted(range(len(steps)), key=times.__getitem__)]


def _order(told: Told) -> tuple[str, int, tuple[object, ...]]:
    digest, step = told
    return digest.file, step.line or 0, _pointer_order(step.pointer) if step.pointer else ()


def place_of_failure(failure: Failure) -> tuple[str, int, tuple[object, ...]]:
    """Return a key by which failures are in the order of their places."""
    return failure.file, failure.line or 0, _pointer_order(failure.pointer)


def _pointer_order(pointer: str | None) -> tuple[object, ...]:
    """Return a key that sorts `/steps/9` before `/steps/10`."""
    parts = (pointer or "").split("/")
    return tuple((0, int(part), "") if part.isdigit() and len(part) < 19 else (1, 0, part) for part in parts)


def place_of_skipped(skipped: Skipped) -> tuple[str, int, str]:
    """Return a key by which what is passed over is in the order of its places."""
    return skipped.file, skipped.line or 0, skipped.reason


def _failed_in(runs: list[Told]) -> Iterator[tuple[Told, list[Told]]]:
    """Yield the failures among the executions of one agent, which are in their order, and what it ran after each."""
    for index, told in enumerate(runs):
        if told[1].failed and told[1].failure is not None:
            yield told, list(_attempts(runs[index + 1 : index + 1 + ATTEMPTS]))


def _attempts(later: Sequence[Told]) -> Iterator[Told]:
    """Yield what the same agent ran next, up to its first success."""
    for told in later:
        yield told
        if not told[1].failed:
            return


def _failure(told: Told, attempts: Iterable[Told], names: Mapping[str, str], requests: _Requests) -> Failure:
    (digest, step), (session, _) = told, _thread(told)
    assert step.failure is not None  # noqa: S101
    return Failure(
        file=digest.file,
        line=step.line,
        pointer=step.pointer,
        format=digest.format,
        session=names[session],
        timestamp=utc(step.time),
        tool=step.failure.tool,
        fault=step.failure.fault,
        user_request=requests.of(told),
        next=tuple(Attempt(s.line, s.pointer, s.failed, s.code, utc(s.time)) for _, s in attempts),
        session_key=session,
    )


def _sessions(digests: Sequence[Digest], steps: Sequence[Told], names: Mapping[str, str]) -> tuple[Session, ...]:
    """Return the sessions, each with all its files, by the order of their first file."""
    held: dict[str, list[Digest]] = defaultdict(list)
    for digest in digests:
        for session in digest.facts:
            held[session].append(digest)
    called: dict[str, list[Step]] = defaultdict(list)
    for told in steps:
        called[_thread(told)[0]].append(told[1])
    return tuple(
        _session(session, names[session], parts, called[session])
        for session, parts in held.items()
        if called[session] or any(_says_something(digest, session) for digest in parts)
    )


def _says_something(digest: Digest, session: str) -> bool:
    """Return whether a file holds more of a session than a record without its id."""
    return digest.names[session] != digest.file or len(digest.facts) == 1


def _session(session: str, name: str, parts: Sequence[Digest], steps: Sequence[Step]) -> Session:
    facts: list[Facts] = [digest.facts[session] for digest in parts]
    loaded: dict[str, LoadedSkill] = {}
    for fact in facts:
        for skill, line, pointer in fact.loaded:
            loaded.setdefault(skill, LoadedSkill(skill, line, pointer))
    return Session(
        id=name,
        files=tuple(dict.fromkeys(digest.file for digest in parts)),
        format=parts[0].format,
        model=next((fact.model for fact in facts if fact.model), None),
        start=min((fact.start for fact in facts if fact.start), default=None),
        end=max((fact.end for fact in facts if fact.end), default=None),
        executions=sum(step.python for step in steps),
        failures=sum(step.python and step.failed for step in steps),
        offered=tuple(sorted({skill for fact in facts for skill in fact.offered})),
        loaded=tuple(loaded.values()),
        tool_calls=len(steps),
        key=session,
    )
