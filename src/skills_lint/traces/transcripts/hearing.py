"""The events of one session, taken down as they come: calls meet their answers, and what is told twice stands once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..clock import utc
from ..digests.pairing import is_random, mark_of_answer
from ..event import AgentSaid, Call, Result, SkillLoaded, UserSaid
from ..mark import checksum
from ..sources.fields import plain
from ..verdicts.payload import plain_text
from ..verdicts.skills import loaded_skill
from ..verdicts.verdict import judge, payload_of
from .asked import asked_for
from .passages import Held, held

if TYPE_CHECKING:
    from collections.abc import Collection

    from ..event import Event
    from .transcript import Outcome, Place

_TEXTS = (None, "text", "output_text")  # types of content blocks
_SHORT = 40  # characters; what is so short may be said twice


@dataclass(slots=True)
class Note:
    """A step as it was heard, not yet redacted."""

    place: Place
    time: str | None
    thread: str
    kind: str  # "user", "agent", "call" or "skill"
    text: Held
    name: str = ""  # of a tool or a skill
    language: str = ""
    answer: Held | None = None
    python: bool = False
    outcome: Outcome = "unanswered"
    skill: str | None = None
    echo: bool = False


@dataclass(slots=True)
class _Open:
    """A call without an answer yet."""

    call: Call
    mark: int  # by which it is known again
    note: Note


class Hearing:
    """What is heard of one session, file by file."""

    def __init__(self, python_tools: Collection[str]) -> None:
        self._python_tools = python_tools
        self._notes: list[Note] = []
        self._open: dict[str, list[_Open]] = {}  # by id
        self._answered: dict[str, tuple[int, int, Note]] = {}  # by id: marks of its last call and of its answer
        self._again: dict[str, _Open] = {}  # the same call, told or made a second time
        self._early: dict[str, tuple[Result, str]] = {}  # answers without a call yet, and their files
        self._said: set[tuple[str, str, int]] = set()

    def hear(self, event: Event, file: str) -> None:
        """Take an event down."""
        if isinstance(event, Call):
            self._call(event, file)
        elif isinstance(event, Result):
            self._result(event, file)
        elif isinstance(event, UserSaid):
            self._words(event, "user", event.text, file)
        elif isinstance(event, AgentSaid):
            self._words(event, "agent", _spoken(event.content), file)
        elif isinstance(event, SkillLoaded):
            place = (file, event.spot.line, event.spot.pointer)
            self._notes.append(Note(place, None, "", "skill", held(""), event.name[:200]))

    def notes(self) -> list[Note]:
        """Return what was heard, in order: by time where all steps have one, else as it stood in the files."""
        for waiting in self._open.values():
            for opened in waiting:
                opened.note.python = judge(opened.call, None, self._python_tools).python
        self._open.clear()
        for result, file in self._early.values():
            self._put_answer(self._note_of(Call(result.spot, result.id, result.tool or "unknown", None), file),
                             None, result, file)  # fmt: skip
        self._early.clear()
        notes = _without_echoes(self._notes)
        if any(note.time is None for note in notes):
            return notes
        return sorted(notes, key=lambda note: note.time or "")

    def _words(self, event: UserSaid | AgentSaid, speaker: str, words: str, file: str) -> None:
        text = words.strip()
        if not text:
            return
        if len(text) > _SHORT or event.spot.pointer:
            where = "" if len(text) > _SHORT else event.spot.pointer or ""
            known = (event.thread + where, speaker, hash(text))
            if known in self._said:
                return  # logs of requests tell a conversation from its start, again and again
            self._said.add(known)
        place = (file, event.spot.line, event.spot.pointer)
        self._notes.append(Note(place, utc(event.time), event.thread, speaker, held(text)))

    def _call(self, call: Call, file: str) -> None:
        call.arguments = plain(call.arguments)
        mark = 0 if is_random(call.id) else checksum(call.arguments)
        waiting, answered = self._open.setdefault(call.id, []), self._answered.get(call.id)
        if any(opened.mark == mark for opened in waiting):
            return
        if answered is not None and answered[0] == mark:
            self._again[call.id] = _Open(call, mark, self._note_of(call, file, noted=False))
            return
        self._again.pop(call.id, None)  # what is answered next is this call
        opened = _Open(call, mark, self._note_of(call, file))
        waiting.append(opened)
        if early := self._early.pop(call.id, None):
            self._settle(waiting.pop(), *early)

    def _result(self, result: Result, file: str) -> None:
        if waiting := self._open.get(result.id):
            self._settle(waiting.pop(0), result, file)
        elif (answered := self._answered.get(result.id)) is not None:
            note, again = answered[2], self._again.pop(result.id, None)
            if again is not None and not is_random(result.id) and answered[1] != mark_of_answer(result, exactly=True):
                self._notes.append(again.note)
                self._settle(again, result, file)  # a retry under the old id
            elif note.echo and not result.echo:
                note.place, note.echo = (file, result.spot.line, result.spot.pointer), False
        else:
            self._early.setdefault(result.id, (result, file))

    def _settle(self, opened: _Open, result: Result, file: str) -> None:
        self._put_answer(opened.note, opened.call, result, file)
        self._answered[result.id] = (opened.mark, mark_of_answer(result, exactly=True), opened.note)

    def _put_answer(self, note: Note, call: Call | None, result: Result, file: str) -> None:
        verdict = judge(call, result, self._python_tools)
        note.place, note.time = (file, result.spot.line, result.spot.pointer), note.time or utc(result.time)
        note.answer, note.echo = held(_answer_of(result)), note.echo or result.echo
        note.python, note.outcome = verdict.python, "failed" if verdict.failed else "succeeded"

    def _note_of(self, call: Call, file: str, *, noted: bool = True) -> Note:
        language, text = asked_for(call, self._python_tools)
        place = (file, call.spot.line, call.spot.pointer)
        skill = loaded_skill(call.tool, call.arguments)
        note = Note(place, utc(call.time), call.thread, "call", held(text), call.tool[:200], language,
                    skill=skill, echo=call.echo)  # fmt: skip
        if noted:
            self._notes.append(note)
        return note


def _spoken(content: Any) -> str:
    """Return what an agent said: a text, or the texts among content blocks, without its thoughts and its calls."""
    content = plain(content)
    if not isinstance(content, list):
        return plain_text(content)
    parts = [plain(part) for part in content]
    texts = [part for part in parts if not isinstance(part, dict) or part.get("type") in _TEXTS]
    return "\n".join(filter(None, map(plain_text, texts)))


def _answer_of(result: Result) -> str:
    payload = payload_of(result)
    text = payload.text
    return ": ".join(payload.error) if not text.strip() and payload.error is not None else text


def _without_echoes(notes: list[Note]) -> list[Note]:
    """Return steps without those that tell once more, under another id, what is told first-hand."""
    told = Counter(_same(note) for note in notes if note.kind == "call" and not note.echo)
    kept = []
    for note in notes:
        if note.echo and told[_same(note)] > 0:
            told[_same(note)] -= 1
        else:
            kept.append(note)
    return kept


def _same(note: Note) -> tuple[str, str, str]:
    return (note.text.start, note.text.end, "" if note.language else note.name)
