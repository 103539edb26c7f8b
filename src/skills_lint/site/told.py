"""The sessions that have a page: those that examples come from, read once more where that is allowed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..project import Project
    from ..traces.result import Session
    from ..traces.transcripts.transcript import Place, Transcript
    from ..triage.result import Assigned, BucketCount

_MOST: Final = 200  # sessions on a site


@dataclass(frozen=True, slots=True)
class Told:
    """A session with its transcript."""

    session: Session
    transcript: Transcript
    failures: Mapping[Place, Assigned]  # in the order of the session's files


def told_sessions(project: Project, buckets: Sequence[BucketCount]) -> tuple[Told, ...]:
    """Return the sessions that get a page, the newest first; none unless `publish` is `sessions`."""
    if project.config.publish != "sessions" or project.scan is None:
        return ()
    from ..redaction import open_redactor
    from ..traces.transcripts.read import read_transcripts

    wanted = set(_wanted(buckets))
    sessions = [session for session in project.scan.sessions if session.key in wanted]
    redactor, tools = open_redactor(project.root), project.config.python_tools
    transcripts = read_transcripts(sessions, redactor=redactor, python_tools=tools)
    failures: dict[str, dict[Place, Assigned]] = {key: {} for key in wanted}
    for item in project.assigned:
        if item.failure.session_key in wanted:
            place = (item.failure.file, item.failure.line, item.failure.pointer)
            failures[item.failure.session_key][place] = item
    told = (Told(session, transcripts[session.key], failures[session.key]) for session in sessions)
    return tuple(sorted(told, key=lambda one: (one.session.start or "", one.session.key), reverse=True))


def _wanted(buckets: Sequence[BucketCount]) -> Iterator[str]:
    """Yield the keys of sessions: of the first examples of all buckets, then of the second ones, and so on."""
    keys: dict[str, None] = {}
    for row in zip_longest(*(bucket.examples for bucket in buckets)):
        keys.update((example.failure.session_key, None) for example in row if example is not None)
    yield from [key for key in keys if key][:_MOST]
