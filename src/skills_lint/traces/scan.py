"""The way in: traces to a scan result, redacted; and the result as JSON."""

from __future__ import annotations

import time
from dataclasses import asdict
from functools import cache as cache_calls
from typing import TYPE_CHECKING, Any

from .engine import code_by_place
from .merge import merge
from .reading import Way, read_anew, read_what_changed
from .seal import redact_steps
from .settle import settled
from .source import find_sources
from .stamp import stamp_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ..redaction import Redactor
    from .cache import Cache
    from .engine import Answer
    from .merge import Place
    from .progress import Watch
    from .result import Failure, ScanResult, Session, Skipped
    from .source import Source

_VERSION = 1


def scan(
    paths: Sequence[Path | str],
    *,
    redactor: Redactor,
    python_tools: Sequence[str] = (),
    jobs: int | None = None,
    watch: Watch | None = None,
    cache: Cache | None = None,
) -> ScanResult:
    """Return everything that the traces under `paths` hold, with every text redacted.

    A path is a file, a folder, or `-` for standard input. Raises InputError for one that does not exist; whatever
    cannot be read is named in the result. Large traces are read by several processes, `jobs` of them; `watch` follows
    that. With a cache, which must have been opened for this redactor and these tools, only what changed is read.
    """
    skipped: list[Skipped] = []
    way = Way(redactor, frozenset(python_tools), jobs, watch)
    since = time.time_ns()
    sources = find_sources(paths, skipped.append)
    if cache is None:
        return _merged(sources, read_anew(sources, way), skipped, way)
    stamps = {source: stamp_of(source) for source in sources}
    file, moment = cache.request(paths), cache.moment(stamps, skipped)
    known = cache.answer(file, moment)
    if known is not None:
        return known
    result = _merged(sources, read_what_changed(stamps, cache, way, since), skipped, way)
    if all(stamp is not None and not stamp.is_young(since) and stamp_of(s) == stamp for s, stamp in stamps.items()):
        cache.keep_answer(file, moment, result)
    return result


def _merged(sources: Sequence[Source], answers: Sequence[Answer], skipped: list[Skipped], way: Way) -> ScanResult:
    digests = [answer.digest for answer in answers if answer.digest is not None]
    open_steps = list(settled(digests, way.python_tools))
    redact_steps([step for _, step in open_steps], way.redactor)

    @cache_calls
    def found(file: str) -> dict[Place, str | None]:
        return code_by_place(next(source for source in sources if source.name == file), way.python_tools)

    def read_again(file: str, place: Place) -> str | None:
        code = found(file).get(place)
        return None if code is None else way.redactor.text(code)

    unread = [each for answer in answers for each in answer.skipped]
    return merge(digests, open_steps, [*skipped, *unread], read_again)


def to_json(result: ScanResult) -> dict[str, Any]:
    """Return the result as schemas/scan.schema.json describes it."""
    return {
        "version": _VERSION,
        "files": result.files,
        "tool_calls": result.tool_calls,
        "executions": result.executions,
        "other_failures": result.other_failures,
        "skipped": [asdict(skipped) for skipped in result.skipped],
        "sessions": [_session_json(session) for session in result.sessions],
        "failures": [_failure_json(failure) for failure in result.failures],
    }


def _session_json(session: Session) -> dict[str, Any]:
    fields = asdict(session)
    del fields["tool_calls"], fields["key"]
    fields["files"] = list(session.files)
    offered, loaded = fields.pop("offered"), fields.pop("loaded")
    return {**fields, "skills": {"offered": list(offered), "loaded": [_place_json(skill) for skill in loaded]}}


def _place_json(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields without the kind of place that the file does not have."""
    absent = "line" if fields["line"] is None and fields["pointer"] is not None else "pointer"
    return {key: value for key, value in fields.items() if key != absent or value is not None}


def _failure_json(failure: Failure) -> dict[str, Any]:
    fault = failure.fault
    exception = None
    if fault.type is not None:
        exception = {"type": fault.type, "qualified": fault.qualified, "message": fault.message}
    return {
        "file": failure.file,
        "line": failure.line,
        "pointer": failure.pointer,
        "format": failure.format,
        "session": failure.session,
        "timestamp": failure.timestamp,
        "tool": failure.tool,
        "exception": exception,
        "exit_code": fault.exit_code,
        "traceback": fault.traceback,
        "code": fault.code,
        "user_request": failure.user_request,
        "next": [asdict(attempt) for attempt in failure.next],
    }
