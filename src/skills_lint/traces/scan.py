"""The way in: traces to a scan result, redacted; and the result as JSON."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import asdict, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from .engine import code_by_place, read_digests, weight
from .merge import merge
from .pool import reading_pool
from .source import find_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ..errors.fault import Fault
    from ..redaction import Redactor
    from .progress import Watch
    from .result import Attempt, Failure, LoadedSkill, ScanResult, Session, Skipped

_VERSION = 1


def scan(
    paths: Sequence[Path | str],
    *,
    redactor: Redactor,
    python_tools: Sequence[str] = (),
    jobs: int | None = None,
    watch: Watch | None = None,
) -> ScanResult:
    """Return everything that the traces under `paths` hold, with every text redacted.

    A path is a file, a folder, or `-` for standard input. Raises InputError for one that does not exist; whatever
    cannot be read is named in the result. Large traces are read by several processes, `jobs` of them; `watch` follows
    that.
    """
    skipped: list[Skipped] = []
    tools = frozenset(python_tools)
    sources = find_sources(paths, skipped.append)
    size = weight(sources)
    with reading_pool(size, jobs) as pool, watch(len(sources), size) if watch else nullcontext() as tell:
        digests, unread = read_digests(sources, tools, pool, tell)
    again = cache(lambda file: code_by_place(next(s for s in sources if s.name == file), tools))
    return _redacted(merge(digests, [*skipped, *unread], tools, again), redactor)


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


def _redacted(result: ScanResult, redactor: Redactor) -> ScanResult:
    """Return the result with its texts redacted, each different one once. Places stay as they are."""
    known: dict[str, str] = {}

    def clean(text: str) -> str:
        if text not in known:
            known[text] = redactor.text(text.encode("utf-8", "replace").decode())  # lone surrogates are no text
        return known[text]

    files = {file for session in result.sessions for file in session.files}

    def name(text: str) -> str:
        return text if text.partition("#")[0] in files else clean(text)

    return replace(
        result,
        sessions=tuple(_clean_session(session, clean, name) for session in result.sessions),
        failures=tuple(_clean_failure(failure, clean, name) for failure in result.failures),
    )


def _maybe(text: str | None, clean: Callable[[str], str]) -> str | None:
    return None if text is None else clean(text)


def _clean_session(session: Session, clean: Callable[[str], str], name: Callable[[str], str]) -> Session:
    return replace(
        session,
        id=name(session.id),
        model=_maybe(session.model, clean),
        offered=tuple(map(clean, session.offered)),
        loaded=tuple(_clean_loaded(skill, clean) for skill in session.loaded),
    )


def _clean_loaded(skill: LoadedSkill, clean: Callable[[str], str]) -> LoadedSkill:
    return replace(skill, name=clean(skill.name), pointer=_maybe(skill.pointer, clean))


def _clean_failure(failure: Failure, clean: Callable[[str], str], name: Callable[[str], str]) -> Failure:
    return replace(
        failure,
        pointer=_maybe(failure.pointer, clean),
        session=name(failure.session),
        tool=clean(failure.tool),
        fault=_clean_fault(failure.fault, clean),
        user_request=_maybe(failure.user_request, clean),
        next=tuple(_clean_attempt(attempt, clean) for attempt in failure.next),
    )


def _clean_fault(fault: Fault, clean: Callable[[str], str]) -> Fault:
    return replace(
        fault,
        type=_maybe(fault.type, clean),
        qualified=_maybe(fault.qualified, clean),
        message=_maybe(fault.message, clean),
        traceback=_maybe(fault.traceback, clean),
        code=_maybe(fault.code, clean),
    )


def _clean_attempt(attempt: Attempt, clean: Callable[[str], str]) -> Attempt:
    return replace(attempt, pointer=_maybe(attempt.pointer, clean), code=_maybe(attempt.code, clean))
