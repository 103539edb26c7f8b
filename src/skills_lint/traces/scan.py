"""The way in: traces to a scan result, redacted; and the result as JSON."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, Any

from .engine import code_by_place, read_parts, whole
from .merge import merge
from .pool import reading_pool
from .seal import redact, redact_steps
from .settle import settled
from .source import find_sources

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ..redaction import Redactor
    from .digest import Digest
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
) -> ScanResult:
    """Return everything that the traces under `paths` hold, with every text redacted.

    A path is a file, a folder, or `-` for standard input. Raises InputError for one that does not exist; whatever
    cannot be read is named in the result. Large traces are read by several processes, `jobs` of them; `watch` follows
    that.
    """
    skipped: list[Skipped] = []
    tools = frozenset(python_tools)
    parts = [whole(source) for source in find_sources(paths, skipped.append)]
    size = sum(part.size for part in parts)
    digests: list[Digest] = []
    with reading_pool(size, jobs) as pool, watch(len(parts), size) if watch else nullcontext() as tell:
        for answer in read_parts(parts, tools, pool, tell):
            skipped += answer.skipped
            if answer.digest is not None:
                digests.append(answer.digest)
                if len(digests) == 1:
                    redactor.begin()  # its thread must not be there before the pool's processes are
    redact(digests, redactor)
    open_steps = list(settled(digests, tools))
    redact_steps([step for _, step in open_steps], redactor)

    @cache
    def read_again(file: str) -> dict[tuple[int | None, str | None], str | None]:
        source = next(part.source for part in parts if part.source.name == file)
        found = code_by_place(source, tools)
        return dict(zip(found, redactor.values(found.values()), strict=True))

    return merge(digests, open_steps, skipped, read_again)


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
