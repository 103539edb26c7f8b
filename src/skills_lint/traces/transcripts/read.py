"""The way in: some sessions of a scan, read again from their files, as transcripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from ...place import InputError
from ..engine import plain_records, records_for
from ..formats import recognise
from ..mark import session_key
from ..sources.packed import is_archive
from ..sources.source import find_sources, open_source
from .choose import chosen
from .hearing import Hearing
from .passages import Held, redacted
from .transcript import Called, Given, Said, Step, Transcript

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from ...redaction import Redactor
    from ..event import Event
    from ..result import Session, Skipped
    from ..sources.source import Source
    from .hearing import Note
    from .transcript import Passage

_FILES: Final = 8  # of a session, at most
_LARGEST: Final = 32_000_000  # bytes of a file
_LARGEST_PACKED: Final = 4_000_000  # bytes of a compressed file or an archive
_PACKED: Final = (".gz", ".zst", ".bz2", ".xz", ".tgz", ".tzst", ".tbz", ".txz")


def read_transcripts(
    sessions: Sequence[Session], *, redactor: Redactor, python_tools: Collection[str] = ()
) -> dict[str, Transcript]:
    """Return the transcripts of sessions by their keys; each file is read once, for all sessions in it.

    The redactor must be the one of the scan. What is too large, or cannot be read, is named in the transcript.
    """
    heard = {session.key: Hearing(python_tools) for session in sessions}
    unread: dict[str, list[str]] = {session.key: [] for session in sessions}
    last = {file: n for n, file in enumerate(_files(sessions))}
    done: dict[str, Transcript] = {}
    sources = _Sources()
    for number, file in enumerate(last):
        here = [session for session in sessions if file in session.files[:_FILES]]
        why = _read(file, here, heard, sources, redactor)
        for session in here:
            if why is not None:
                unread[session.key].append(why)
            if max(last[each] for each in session.files[:_FILES]) == number:
                notes = heard.pop(session.key).notes()
                done[session.key] = _transcript(session, notes, unread.pop(session.key), redactor)
    return {session.key: done[session.key] for session in sessions if session.key in done}


def _files(sessions: Iterable[Session]) -> list[str]:
    return sorted({file for session in sessions for file in session.files[:_FILES]})


def _read(
    file: str, sessions: Sequence[Session], heard: Mapping[str, Hearing], sources: _Sources, redactor: Redactor
) -> str | None:
    """Let the sessions that a file holds hear its events; return why that cannot be done, if so."""
    source, why = sources.named(file)
    if source is None:
        return why
    hearing = _Attention(source.name, sessions, heard, redactor)
    skipped: list[Skipped] = []
    try:
        for event in _events(source, skipped.append):
            if (one := hearing.of(event.session)) is not None:
                one.hear(event, file)
    except (RecursionError, OSError):
        return "Its file could not be read to the end."
    records = len(skipped)
    return None if not records else f"{records} of the records in its file could not be read."


class _Attention:
    """Tells whose event it is, by the session that the event names."""

    def __init__(
        self, file: str, sessions: Sequence[Session], heard: Mapping[str, Hearing], redactor: Redactor
    ) -> None:
        self._file, self._heard, self._redactor = file, heard, redactor
        self._keys = {session.key for session in sessions}
        self._shown = {session.id: session.key for session in sessions}
        self._known: dict[str, Hearing | None] = {}

    def of(self, session: str) -> Hearing | None:
        """Return what hears the session; None where nobody wants to."""
        if session not in self._known:
            key: str | None
            if not session or session[0] == "#":  # it goes by its place in its file
                key = self._shown.get(self._redactor.text(self._file + session.partition(" ")[0]))
            else:
                key = session_key(session)
            self._known[session] = self._heard[key] if key is not None and key in self._keys else None
        return self._known[session]


class _Sources:
    """Trace files by the names that a scan gave them; what is in an archive is listed once."""

    def __init__(self) -> None:
        self._inside: dict[str, dict[str, Source]] = {}

    def named(self, name: str) -> tuple[Source | None, str]:
        """Return a file by its name, or None and why it is not read, as a sentence."""
        outer = name.partition("!/")[0]
        path = Path(outer)
        try:
            if not path.is_file():
                return None, "Its file is no longer there."
            packed = path.suffix in _PACKED or is_archive(path)
            most = _LARGEST_PACKED if packed else _LARGEST
            if path.stat().st_size > most:
                return None, f"Its file is larger than {most // 1_000_000} MB, so it is not read once more."
            if outer not in self._inside:
                self._inside[outer] = {source.name: source for source in find_sources([path], _ignore)}
        except (OSError, ValueError, InputError):
            return None, "Its file cannot be read."
        source = self._inside[outer].get(name)
        if source is None or source.size > _LARGEST:
            return None, "Its file is not to be found, or too large, in its archive."
        return source, ""


def _events(source: Source, skip: Callable[[Skipped], None]) -> Iterator[Event]:
    opened = open_source(source, skip)
    if opened is None:
        return
    with opened.stream:
        unread: list[Skipped] = []
        plain = plain_records(opened, source, unread)
        if opened.shape == "document":
            for skipped in unread:
                skip(skipped)
        format_ = recognise(iter(plain))
        if format_ is not None:
            yield from format_.events(iter(records_for(format_, plain, opened, source, skip)))


def _transcript(session: Session, notes: Sequence[Note], unread: list[str], redactor: Redactor) -> Transcript:
    if len(session.files) > _FILES:
        unread.append(f"It is told in {len(session.files)} files, of which the first {_FILES} are read.")
    kept = chosen([note.kind == "call" and note.python and note.outcome == "failed" for note in notes])
    texts = [text for at in kept for text in _texts(notes[at])]
    clean = iter(redacted(texts, redactor))
    agents = {thread: n for n, thread in enumerate(dict.fromkeys(["", *(note.thread for note in notes)]))}
    steps = tuple(_step(at + 1, notes[at], agents[notes[at].thread], clean) for at in kept)
    return Transcript(session.key, steps, len(notes), tuple(unread))


def _texts(note: Note) -> Iterator[Held]:
    yield note.text
    if note.kind in ("call", "skill"):
        yield Held(note.name, "", len(note.name))
    if note.skill is not None:
        yield Held(note.skill, "", len(note.skill))
    if note.answer is not None:
        yield note.answer


def _step(number: int, note: Note, agent: int, clean: Iterator[Passage]) -> Step:
    text = next(clean)
    told: Said | Called | Given
    if note.kind == "call":
        name = next(clean).start
        skill = next(clean).start if note.skill is not None else None
        answer = next(clean) if note.answer is not None else None
        told = Called(name, note.language, text, answer, note.python, note.outcome, skill)
    elif note.kind == "skill":
        told = Given(next(clean).start)
    else:
        told = Said("user" if note.kind == "user" else "agent", text)
    return Step(number, note.place, note.time, agent, told)


def _ignore(_: Skipped) -> None:
    """What cannot be read was named by the scan."""
