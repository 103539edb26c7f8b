"""The way in: traces to a scan result, redacted; and the result as JSON."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from .kept.answers import keep_answer, read_answer
from .sources.source import find_sources
from .sources.stamp import stamp_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ..redaction import Redactor
    from .kept.cache import Cache
    from .progress import Watch
    from .result import Failure, ScanResult, Session, Skipped

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
    since = time.time_ns()
    sources = find_sources(paths, skipped.append)
    if cache is not None:
        stamps = {source: source.seen or stamp_of(source) for source in sources}
        file, moment = cache.request(paths), cache.moment(stamps, skipped)
        earlier = read_answer(file)
        known = earlier.at(moment) if earlier is not None else None
        if known is not None:
            return known
    from .kept.reading import Way, read_anew, result_of  # takes as long as to look at 10,000 files

    way = Way(redactor, frozenset(python_tools), jobs, watch)
    if cache is None:
        return result_of(sources, read_anew(sources, way), skipped, way)
    from .kept.update import Seen, up_to_date

    result, ledger = up_to_date(earlier, Seen(stamps, skipped, since), cache, way)
    if ledger is not None:
        lasts = all(s is not None and not s.is_young(since) and stamp_of(source) == s for source, s in stamps.items())
        keep_answer(file, moment if lasts else None, result, ledger)
    return result


def to_json(result: ScanResult) -> dict[str, Any]:
    """Return the result as schemas/scan.schema.json describes it."""
    return {
        "version": _VERSION,
        "files": result.files,
        "tool_calls": result.tool_calls,
        "executions": result.executions,
        "other_failures": result.other_failures,
        "skipped": [{"file": s.file, "line": s.line, "reason": s.reason} for s in result.skipped],
        "sessions": [_session_json(session) for session in result.sessions],
        "failures": [_failure_json(failure) for failure in result.failures],
    }


def _session_json(session: Session) -> dict[str, Any]:
    # There may be many thousands, and `asdict` takes ten times as long.
    return {
        "id": session.id,
        "files": list(session.files),
        "format": session.format,
        "model": session.model,
        "start": session.start,
        "end": session.end,
        "executions": session.executions,
        "failures": session.failures,
        "skills": {
            "offered": list(session.offered),
            "loaded": [_place_json(asdict(skill)) for skill in session.loaded],
        },
    }


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
