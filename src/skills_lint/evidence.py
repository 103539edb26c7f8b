"""Evidence: what is known of the sessions without their texts, one record a session, kept in the repo."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from .place import InputError, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One session: when it was, how much Python it ran, and which failures it had. No text of a trace."""

    session: str  # a hash of the session's id
    date: datetime.date | None
    format: str
    model: str | None
    executions: int
    failures: Mapping[str, int] = field(default_factory=dict)  # bucket id or signature hash: count
    offered: tuple[str, ...] = ()  # names of skills
    loaded: tuple[str, ...] = ()
    hint: Literal["given", "withheld"] | None = None
    pipeline: int = 1


def session_hash(session_id: str) -> str:
    """Return the name of a session in evidence, from which its id cannot be read back."""
    return hashlib.sha256(session_id.encode("utf-8", "replace")).hexdigest()[:16]


def read_evidence(path: Path, shown: str) -> tuple[SessionRecord, ...]:
    """Return the records of an evidence file; none if there is no such file.

    Raises InputError, with the line, for one that breaks schemas/evidence.schema.json.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read the evidence: {error}", place=Place(shown)) from error
    return tuple(_record(line, Place(shown, number)) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _record(line: str, place: Place) -> SessionRecord:
    try:
        values: dict[str, Any] = json.loads(line)
        return SessionRecord(
            session=str(values["session"]),
            date=datetime.date.fromisoformat(values["date"]) if values["date"] else None,
            format=str(values["format"]),
            model=values["model"],
            executions=int(values["executions"]),
            failures={str(bucket): int(count) for bucket, count in values["failures"].items()},
            offered=tuple(values["offered"]),
            loaded=tuple(values["loaded"]),
            hint=values["hint"],
            pipeline=int(values["pipeline"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        reason = f"`{error.args[0]}` is missing" if isinstance(error, KeyError) else str(error)
        way_out = "remove the line (a merge conflict?) and run `skills-lint triage --record` where the traces are"
        raise InputError(f"not a record of a session: {reason}", place=place, way_out=way_out) from error


def merge(recorded: Iterable[SessionRecord], fresh: Iterable[SessionRecord]) -> tuple[SessionRecord, ...]:
    """Return one record a session, sorted by date and session; a fresh one replaces a recorded one."""
    by_session = {record.session: record for record in (*recorded, *fresh)}
    return tuple(sorted(by_session.values(), key=lambda r: (r.date or datetime.date.min, r.session)))


def write_evidence(path: Path, records: Iterable[SessionRecord]) -> None:
    """Write the records to a file, one line each; the old file stays whole until the new one is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text("".join(f"{_line(record)}\n" for record in records), encoding="utf-8", newline="\n")
    draft.replace(path)


def _line(record: SessionRecord) -> str:
    values = {
        "session": record.session,
        "date": record.date.isoformat() if record.date else None,
        "format": record.format,
        "model": record.model,
        "executions": record.executions,
        "failures": dict(sorted(record.failures.items())),
        "offered": list(record.offered),
        "loaded": list(record.loaded),
        "hint": record.hint,
        "pipeline": record.pipeline,
    }
    return json.dumps(values)  # in ASCII, since names in traces may hold lone surrogates
