"""Evidence: what is known of the sessions without their texts, one record a session, kept in the repo."""

from __future__ import annotations

import datetime
import json
import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from .place import InputError, Place, shown

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


def read_evidence(path: Path) -> tuple[SessionRecord, ...]:
    """Return the records of an evidence file; none if there is no such file.

    Raises InputError, with the line, for one that breaks schemas/evidence.schema.json.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read the evidence: {error}", place=Place(shown(path))) from error
    name = shown(path)
    return tuple(_record(line, Place(name, number)) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _record(line: str, place: Place) -> SessionRecord:
    try:
        values = json.loads(line)
        if not isinstance(values, dict):
            raise TypeError("expected an object")
        day = _is(values["date"], str, None)
        return SessionRecord(
            session=_is(values["session"], str),
            date=datetime.date.fromisoformat(day) if day is not None else None,
            format=_is(values["format"], str),
            model=_is(values["model"], str, None),
            executions=_count(values["executions"], 0),
            failures={name: _count(count, 1) for name, count in _is(values["failures"], dict).items()},
            offered=_names(values["offered"]),
            loaded=_names(values["loaded"]),
            hint=_hint(values["hint"]),
            pipeline=_count(values["pipeline"], 1),
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        reason = f"`{error.args[0]}` is missing" if isinstance(error, KeyError) else str(error)
        way_out = "remove the line (a merge conflict?) and run `skills-lint triage --record` where the traces are"
        raise InputError(f"not a record of a session: {reason}", place=place, way_out=way_out) from error


def _is(value: Any, kind: type, *others: None) -> Any:
    if isinstance(value, kind) or value in others:
        return value
    raise TypeError(f"found {value!r}, expected {kind.__name__}")


def _count(value: Any, least: int) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= least:
        return value
    raise ValueError(f"found {value!r}, expected a whole number from {least}")


def _names(value: Any) -> tuple[str, ...]:
    return tuple(_is(name, str) for name in _is(value, list))


def _hint(value: Any) -> Literal["given", "withheld"] | None:
    if value in ("given", "withheld", None):
        hint: Literal["given", "withheld"] | None = value
        return hint
    raise ValueError(f"found {value!r}, expected given, withheld or null")


def merge(recorded: Iterable[SessionRecord], fresh: Iterable[SessionRecord]) -> tuple[SessionRecord, ...]:
    """Return one record a session, sorted by date and session; a fresh one replaces a recorded one.

    What no trace tells, whether hints were given, stays as it was recorded.
    """
    by_session = {record.session: record for record in recorded}
    for record in fresh:
        known = by_session.get(record.session)
        hint = record.hint or (known.hint if known else None)
        by_session[record.session] = replace(record, hint=hint)
    return tuple(sorted(by_session.values(), key=lambda r: (r.date or datetime.date.min, r.session)))


def write_evidence(path: Path, records: Iterable[SessionRecord]) -> None:
    """Write the records to a file, one line each; the old file stays whole until the new one is.

    Raises InputError where the file cannot be written.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text("".join(f"{_line(record)}\n" for record in records), encoding="utf-8", newline="\n")
        draft.replace(path)
    except OSError as error:
        raise InputError(f"cannot write the evidence: {error.strerror}", place=Place(shown(path))) from error


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
