"""The events of a part of a trace as they come: calls meet their results, and what is told twice counts once."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from ..clock import span
from ..event import AgentSaid, Call, Result, SessionFacts, SkillLoaded, SkillsOffered
from ..excerpt import excerpt
from ..mark import checksum, mark_of_ends
from ..sources.fields import Raw, plain
from ..verdicts.skills import loaded_skills, shown_skill
from .digest import Digest, Facts, Waiting, detached
from .steps import code_of, make_step

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from ..event import Event
    from ..result import Skipped
    from .digest import Anchor, Step, Thread, Time

ATTEMPTS: Final = 10  # after a failure
_RANDOM_ID = re.compile(  # as `toolu_01AbCo1a4RvBmGqFgpnkDsS8`, or a UUID
    r"(?:^|[_-])(?=[a-zA-Z]*\d)(?=\d*[a-zA-Z])[a-zA-Z0-9]{20,}$"
    r"|^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
)
_RANDOM: Final = 20  # characters
_UUID: Final = 36
_TIMES: Final = 4096  # times of a session that are held before their span is taken
_Pair = tuple[str, str]  # session and the id that a call and its result share


def mark_of_answer(result: Result, *, exactly: bool) -> int:
    """Return what an answer is known by, if it comes again under an id that is not unique.

    `exactly` reads it first, so that another spelling of the same is the same.
    """
    told = result.content if result.content is not None else result.stdout
    told = result.stderr if told is None else told
    told = plain(told) if exactly else told
    return hash((result.ok, result.exit_code, result.error, mark_of_ends(told)))


def is_random(call_id: str) -> bool:
    """Return whether an id is unique by itself, so that whatever has it is the same."""
    if len(call_id) < _RANDOM or not (call_id[-_RANDOM:].isalnum() or len(call_id) == _UUID):
        return False
    return _RANDOM_ID.search(call_id) is not None


class SpelledOtherwise(Exception):  # noqa: N818, no error
    """Under an id that is not unique stands something again that may be the same, spelled in another way."""


class _Asked:
    """A call that waits for its result."""

    __slots__ = ("call", "mark", "request")

    def __init__(self, call: Call, mark: int, request: str | None) -> None:
        self.call = call
        self.mark = mark  # by which it is known again
        self.request = request


class _Session:
    """What is known of a session, and its times since their span was last taken."""

    __slots__ = ("facts", "id", "offered", "times")

    def __init__(self, id_: str) -> None:
        self.id = id_
        self.facts = Facts()
        self.offered: dict[str, None] = {}  # in order
        self.times: list[Time] = []

    def note(self, time: Time) -> None:
        """Widen the session's span to a time."""
        self.times.append(time)
        if len(self.times) >= _TIMES:
            self.take_span()

    def take_span(self) -> None:
        """Take the times into the facts."""
        known = [*span(self.times), self.facts.start, self.facts.end]
        self.facts.start, self.facts.end = span([time for time in known if time is not None])
        self.times.clear()


class _Agent:
    """An agent of a session, and how much of what it runs now belongs to an earlier failure."""

    __slots__ = ("before", "index", "request", "within")

    def __init__(self, index: int) -> None:
        self.index = index
        self.request: str | None = None
        self.within = 0  # so many of the next executions may be shown with a failure
        self.before = ATTEMPTS  # the same, with a failure in an earlier part of the trace

    def is_shown(self, *, failed: bool) -> bool:
        """Return whether the code of the next execution may be shown."""
        shown = failed or self.within > 0 or self.before > 0
        self.within = ATTEMPTS if failed else 0
        self.before = self.before - 1 if failed and self.before else 0
        return shown


class Reader:
    """Takes the events of a part of a trace and gives its digest.

    What is told again under an id that is not unique is known by its spelling, which is fast, or, if read `exactly`, by
    its meaning.
    """

    def __init__(
        self,
        file: str,
        opening: Callable[[], str],
        python_tools: Collection[str],
        echoes: bool,
        *,
        keep_code: bool = False,
        exactly: bool = False,
    ) -> None:
        self._file = file
        self._opening = opening  # gives a mark of the file's first records, by which a copy is known
        self._python_tools = python_tools
        self._echoes = echoes  # the format tells calls twice, under other ids
        self._keep_code = keep_code
        self._exactly = exactly
        self._names: dict[str, str] = {}  # of sessions without an id
        self._marks: Counter[str] = Counter()
        self._agents: dict[Thread, _Agent] = {}
        self._sessions: dict[str, _Session] = {}
        self._steps: list[Step] = []
        self._waiting: dict[_Pair, dict[int, _Asked]] = {}  # by their marks, in order
        self._early: dict[_Pair, tuple[Result, str | None]] = {}  # results that came before their calls
        self._answered: dict[_Pair, tuple[int, int]] = {}  # marks of what an id last called, and of its answer
        self._again: dict[_Pair, _Asked] = {}  # the same call, told a second time or made a second time
        self._uses: dict[tuple[_Pair, int], int] = {}  # of a call under an id that is used again

    def read(self, events: Iterable[Event]) -> None:
        """Take in events; raises SpelledOtherwise where only a reader that reads exactly can go on."""
        for event in events:
            if isinstance(event, AgentSaid):
                continue
            session = self._sessions.get(event.session) or self._begun(event.session)
            if isinstance(event, SkillsOffered):
                session.offered.update(dict.fromkeys(event.names))
                continue
            if isinstance(event, SkillLoaded):
                session.facts.loaded.append((event.name, event.spot.line, event.spot.pointer))
                continue
            if event.time is not None:
                session.note(event.time)
            if isinstance(event, Call):
                self._call(event, session)
            elif isinstance(event, Result):
                self._result(event, session)
            elif isinstance(event, SessionFacts):
                session.facts.model = session.facts.model or event.model
            elif text := event.text.strip():
                self._agent(session.id, event.thread).request = excerpt(text)

    def digest(self, format_name: str, lines: int, skipped: Collection[Skipped], anchors: list[Anchor]) -> Digest:
        """Return what all events told."""
        for session in self._sessions.values():
            session.take_span()
            session.facts.offered = list(session.offered)
        return Digest(
            file=self._file,
            format=format_name,
            lines=lines,
            echoes=self._echoes,
            threads=list(self._agents),
            steps=self._steps,
            waiting=[self._left(asked) for calls in self._waiting.values() for asked in calls.values()],
            orphans=[Waiting(None, detached(result), request) for result, request in self._early.values()],
            facts={session.id: session.facts for session in self._sessions.values()},
            names=self._names,
            requests=[(thread, agent.request) for thread, agent in self._agents.items() if agent.request is not None],
            skipped=list(skipped),
            anchors=anchors,
        )

    def _begun(self, session: str) -> _Session:
        """Return a new session; one without an id gets a mark of what it holds, which a copy of the file has too."""
        id_ = session
        if not session or session[0] == "#":
            part, _, known = session.partition(" ")
            known = known or self._opening() or self._file
            self._marks[known] += 1
            id_ = known if self._marks[known] == 1 else f"{known}#{self._marks[known]}"
            self._names[id_] = self._file + part
        begun = self._sessions[session] = _Session(id_)
        return begun

    def _agent(self, session: str, thread: str) -> _Agent:
        known = self._agents.get((session, thread))
        if known is None:
            known = self._agents[session, thread] = _Agent(len(self._agents))
        return known

    def _call(self, event: Call, session: _Session) -> None:
        event.session = session.id
        if isinstance(event.arguments, Raw):
            event.arguments = Raw(bytes(event.arguments))  # else a call that waits keeps all that was read with it
        if not event.echo and (skills := loaded_skills(event.tool, event.arguments)):
            session.facts.loaded += [(skill, event.spot.line, event.spot.pointer) for skill in skills]
        arguments = plain(event.arguments) if self._exactly else event.arguments
        pair, mark = (session.id, event.id), 0 if is_random(event.id) else checksum(arguments)
        asked = _Asked(event, mark, self._agent(session.id, event.thread).request)
        waiting, answered = self._waiting.get(pair), self._answered.get(pair)
        if waiting is not None or answered is not None:
            if waiting is not None and mark in waiting:
                return
            if answered is not None and answered[0] == mark:
                self._again[pair] = asked
                return
            self._need_exactness()
            self._again.pop(pair, None)
            self._number(asked, pair, [*islice(waiting or (), 1), *(answered or ())[:1]])  # the others are known
        if pair in self._early:
            self._settle(pair, asked, self._early.pop(pair)[0])
        elif waiting is not None:
            waiting[mark] = asked
        else:
            self._waiting[pair] = {mark: asked}

    def _result(self, event: Result, session: _Session) -> None:
        event.session = session.id
        if (skill := shown_skill(event)) is not None:
            session.facts.loaded.append((skill, event.spot.line, event.spot.pointer))
        pair = (session.id, event.id)
        waiting = self._waiting.get(pair)
        if waiting:
            asked = waiting.pop(next(iter(waiting)))
            if not waiting:
                del self._waiting[pair]
            self._settle(pair, asked, event)
        elif pair in self._again:
            asked = self._again.pop(pair)
            if not is_random(event.id) and self._answered[pair][1] != mark_of_answer(event, exactly=self._exactly):
                self._need_exactness()
                self._number(asked, pair, [asked.mark])  # a retry under the old id
                self._settle(pair, asked, event)
        elif pair not in self._answered and pair not in self._early:
            self._early[pair] = (detached(event), self._agent(session.id, event.thread).request)

    def _number(self, asked: _Asked, pair: _Pair, earlier: Iterable[int]) -> None:
        """Give a call that is the same as an earlier one, under the same id, an id of its own."""
        for mark in earlier:
            self._uses.setdefault((pair, mark), 1)
        use = (pair, asked.mark)
        self._uses[use] = self._uses.get(use, 0) + 1
        if self._uses[use] > 1:
            asked.call.id = f"{asked.call.id}#{self._uses[use]}"

    def _settle(self, pair: _Pair, asked: _Asked, result: Result) -> None:
        self._answered[pair] = (
            asked.mark,
            0 if is_random(result.id) else mark_of_answer(result, exactly=self._exactly),
        )
        self._steps.append(self._step(asked, result))

    def _step(self, asked: _Asked, result: Result) -> Step:
        agent = self._agent(result.session, asked.call.thread)
        step = make_step(agent.index, asked.call, result, asked.request, self._python_tools, echoes=self._echoes)
        step.checksum = self._checksum(asked)
        if step.python:
            shown = agent.is_shown(failed=step.failed) or self._keep_code
            if shown and not step.kept:
                step.code, step.kept = code_of(asked.call, self._python_tools), True
            elif step.kept and not shown:
                step.code, step.kept = None, False
        return step

    def _left(self, asked: _Asked) -> Waiting:
        known = self._checksum(asked)
        return Waiting(detached(asked.call), None, asked.request, known)

    def _checksum(self, asked: _Asked) -> int:
        """Return a checksum of what a call was given, as it is spelled; other parts of the trace know it by this."""
        return checksum(asked.call.arguments) if self._exactly and asked.mark else asked.mark

    def _need_exactness(self) -> None:
        """Stop where what differs from an earlier call or answer in its spelling may be the same."""
        if not self._exactly:
            raise SpelledOtherwise
