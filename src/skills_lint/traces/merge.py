"""Digests of many files merged into one result: what is told twice counted once, sessions put together."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from .digest import Facts, Step, make_step
from .mark import session_key
from .result import Attempt, Failure, LoadedSkill, ScanResult, Session, Skipped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from .digest import Digest, Thread
    from .event import Result

_ATTEMPTS = 10  # after a failure


def merge(digests: Sequence[Digest], skipped: Iterable[Skipped], python_tools: Collection[str]) -> ScanResult:
    """Return the result of a scan; its texts are not redacted yet."""
    formats = {digest.file: digest.format for digest in digests}
    names = {session: name for digest in reversed(digests) for session, name in digest.names.items()}
    steps = _once([*_inherited(digests), *_settled(digests, python_tools)])
    executions = [step for step in steps if step.python]
    threads: dict[Thread, list[Step]] = defaultdict(list)
    for step in executions:
        threads[step.thread].append(step)
    failures = [
        _failure(step, formats[step.file], names.get(step.thread[0], step.thread[0]), thread[index + 1 :])
        for thread in map(_in_time, threads.values())
        for index, step in enumerate(thread)
        if step.failed
    ]
    return ScanResult(
        files=len(digests),
        tool_calls=len(steps),
        executions=len(executions),
        other_failures=sum(step.failed and not step.python for step in steps),
        skipped=tuple(sorted([*skipped, *(s for d in digests for s in d.skipped)], key=_place_of_skipped)),
        sessions=_sessions(digests, steps, names),
        failures=tuple(sorted(failures, key=_place)),
    )


def _inherited(digests: Sequence[Digest]) -> Iterable[Step]:
    """Yield the steps of all files; where a file continues a session, its first steps take over the last request."""
    last: dict[Thread, str] = {}
    for digest in digests:
        for step in digest.steps:
            request = step.request if step.request is not None else last.get(step.thread)
            yield step if request is step.request else replace(step, request=request)
        last.update(digest.requests)


def _settled(digests: Sequence[Digest], python_tools: Collection[str]) -> Iterable[Step]:
    """Yield the steps of calls and results that found each other across files, and of those that remained alone."""
    results: dict[tuple[str, str], tuple[str, Result, str | None]] = {}
    for digest in digests:
        for result, request in digest.orphans:
            results.setdefault((result.session, result.id), (digest.file, result, request))
    for digest in digests:
        for call, request in digest.waiting:
            file, found, _ = results.pop((call.session, call.id), (digest.file, None, None))
            yield make_step(file, call, found, request, python_tools)
    for file, result, request in results.values():
        yield make_step(file, None, result, request, python_tools)


def _once(steps: Iterable[Step]) -> list[Step]:
    """Return each call once, in order; the record that tells it first-hand is kept, and the answered one."""
    kept: dict[str, Step] = {}
    for step in steps:
        known = kept.get(step.key)
        if known is None or (known.echo and not step.echo):
            kept[step.key] = step
    told = Counter(_sameness(step) for step in kept.values() if not step.echo)
    once: list[Step] = []
    for step in kept.values():
        if step.echo and told[_sameness(step)] > 0:
            told[_sameness(step)] -= 1
        else:
            once.append(step)
    return sorted(once, key=_order)


def _in_time(steps: list[Step]) -> list[Step]:
    """Return steps as they happened: by time where all have one, else in the order of the files."""
    times = [step.time for step in steps if step.time is not None]
    return sorted(steps, key=lambda step: step.time or "") if len(times) == len(steps) else steps


def _sameness(step: Step) -> tuple[str, str]:
    """Return what an echo without its own id shares with what it echoes."""
    return step.thread[0], step.code if step.code is not None else step.tool


def _order(step: Step) -> tuple[str, int, tuple[object, ...]]:
    return step.file, step.spot.line or 0, _pointer_order(step.spot.pointer)


def _place(failure: Failure) -> tuple[str, int, tuple[object, ...]]:
    return failure.file, failure.line or 0, _pointer_order(failure.pointer)


def _pointer_order(pointer: str | None) -> tuple[object, ...]:
    """Return a key that sorts `/steps/9` before `/steps/10`."""
    parts = (pointer or "").split("/")
    return tuple((0, int(part), "") if part.isdigit() and len(part) < 19 else (1, 0, part) for part in parts)


def _place_of_skipped(skipped: Skipped) -> tuple[str, int, str]:
    return skipped.file, skipped.line or 0, skipped.reason


def _failure(step: Step, format_name: str, session: str, later: Sequence[Step]) -> Failure:
    assert step.fault is not None  # noqa: S101
    return Failure(
        file=step.file,
        line=step.spot.line,
        pointer=step.spot.pointer,
        format=format_name,
        session=session,
        timestamp=step.time,
        tool=step.tool,
        fault=step.fault,
        user_request=step.request,
        next=tuple(_attempts(later)),
        session_key=session_key(step.thread[0]),
    )


def _attempts(later: Sequence[Step]) -> Iterable[Attempt]:
    """Yield what the same agent ran next, up to its first success."""
    for step in later[:_ATTEMPTS]:
        yield Attempt(step.spot.line, step.spot.pointer, step.failed, step.code, step.time)
        if not step.failed:
            return


def _sessions(digests: Sequence[Digest], steps: Sequence[Step], names: Mapping[str, str]) -> tuple[Session, ...]:
    """Return the sessions, each with all its files, by the order of their first file."""
    files: dict[str, list[Digest]] = defaultdict(list)
    for digest in digests:
        for session in digest.facts:
            files[session].append(digest)
    called: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        called[step.thread[0]].append(step)
    return tuple(
        _session(session, names.get(session, session), held, called[session])
        for session, held in files.items()
        if called[session] or any(_says_something(digest, session) for digest in held)
    )


def _says_something(digest: Digest, session: str) -> bool:
    """Return whether a file holds more of a session than a record without its id."""
    return digest.names.get(session) != digest.file or len(digest.facts) == 1


def _session(session: str, name: str, held: Sequence[Digest], steps: Sequence[Step]) -> Session:
    facts: list[tuple[Digest, Facts]] = [(digest, digest.facts[session]) for digest in held]
    loaded: dict[str, LoadedSkill] = {}
    for _, fact in facts:
        for name, spot in fact.loaded:
            loaded.setdefault(name, LoadedSkill(name, spot.line, spot.pointer))
    return Session(
        id=name,
        files=tuple(digest.file for digest in held),
        format=held[0].format,
        model=next((fact.model for _, fact in facts if fact.model), None),
        start=min((fact.start for _, fact in facts if fact.start), default=None),
        end=max((fact.end for _, fact in facts if fact.end), default=None),
        executions=sum(step.python for step in steps),
        failures=sum(step.python and step.failed for step in steps),
        offered=tuple(sorted({name for _, fact in facts for name in fact.offered})),
        loaded=tuple(loaded.values()),
        tool_calls=len(steps),
        key=session_key(session),
    )
