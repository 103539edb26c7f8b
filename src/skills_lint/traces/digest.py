"""One file's events brought together: calls paired with their results, judged, and tied to sessions and requests.

A digest is small, holds no record, and can be merged with those of other files (or of other parts of one file).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from .clock import utc
from .event import Call, Result, SkillsOffered, Spot, UserSaid
from .excerpt import excerpt
from .mark import mark
from .skills import loaded_skill
from .verdict import judge

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from ..errors.fault import Fault
    from .event import Event, Record
    from .result import Skipped

_RANDOM_ID = re.compile(  # as `toolu_01AbCo1a4RvBmGqFgpnkDsS8`, or a UUID
    r"(?:^|[_-])(?=[a-zA-Z]*\d)(?=\d*[a-zA-Z])[a-zA-Z0-9]{20,}$"
    r"|^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
)
Thread = tuple[str, str]  # session and the agent in it
_Pair = tuple[str, str]  # session and the id that a call and its result share


@dataclass(frozen=True, slots=True)
class Step:
    """A tool call with its verdict."""

    file: str
    spot: Spot
    key: str  # the same for the same call, wherever it is told
    thread: Thread
    tool: str
    time: str | None
    python: bool
    failed: bool
    echo: bool
    fault: Fault | None
    code: str | None  # of an execution
    request: str | None  # what the user had asked for


@dataclass(slots=True)
class Facts:
    """What a file says of one session."""

    model: str | None = None
    start: str | None = None
    end: str | None = None
    offered: set[str] = field(default_factory=set)
    loaded: list[tuple[str, Spot]] = field(default_factory=list)

    def note_time(self, time: str | None) -> None:
        """Widen the session's span to `time`."""
        if time is not None:
            self.start = min(self.start or time, time)
            self.end = max(self.end or time, time)


@dataclass(frozen=True, slots=True)
class Digest:
    """What one file holds."""

    file: str
    format: str
    steps: tuple[Step, ...]  # in the order of their results
    waiting: tuple[tuple[Call, str | None], ...]  # calls without a result, each with the request before it
    orphans: tuple[tuple[Result, str | None], ...]  # results without a call
    facts: dict[str, Facts]  # by session
    names: dict[str, str]  # of sessions without an id, as they are shown
    requests: dict[Thread, str]  # the last one of each
    skipped: tuple[Skipped, ...]


class _Sessions:
    """Ids for the sessions of a file that have none: a mark of what they hold, which a copy of the file has too."""

    def __init__(self, file: str, head: Sequence[Record]) -> None:
        self.names: dict[str, str] = {}  # as they are shown
        self._file = file
        self._head = head
        self._ids: dict[str, str] = {}
        self._uses: Counter[str] = Counter()

    def placed(self, event: Event) -> Event:
        """Return the event with an id of its session."""
        if event.session and not event.session.startswith("#"):
            return event
        if event.session not in self._ids:
            part, _, known = event.session.partition(" ")
            known = known or mark([record.value for record in self._head]) or self._file
            self._uses[known] += 1
            id_ = known if self._uses[known] == 1 else f"{known}#{self._uses[known]}"
            self._ids[event.session], self.names[id_] = id_, self._file + part
        return replace(event, session=self._ids[event.session])


class _Pairing:
    """The calls and results of one file, as they come."""

    def __init__(self, file: str, python_tools: Collection[str]) -> None:
        self.file = file
        self.python_tools = python_tools
        self.steps: list[Step] = []
        self.waiting: dict[_Pair, deque[tuple[Call, str | None]]] = defaultdict(deque)
        self.early: dict[_Pair, tuple[Result, str | None]] = {}  # results that came before their calls
        self.answered: dict[_Pair, tuple[str, str]] = {}  # what an id last called, and what it was answered
        self.again: dict[_Pair, tuple[Call, str | None]] = {}  # the same call, told a second time or made a second time
        self.uses: Counter[tuple[_Pair, str]] = Counter()
        self.facts: dict[str, Facts] = defaultdict(Facts)
        self.requests: dict[Thread, str] = {}

    def call(self, event: Call) -> None:
        pair, key = (event.session, event.id), _content_key(event)
        skill = loaded_skill(event.tool, event.arguments)
        if skill is not None and not event.echo:
            self.facts[event.session].loaded.append((skill, event.spot))
        if any(_content_key(call) == key for call, _ in self.waiting.get(pair, ())):
            return
        request = self.requests.get((event.session, event.thread))
        if self.answered.get(pair, ("",))[0] == key:
            self.again[pair] = (event, request)
            return
        self.again.pop(pair, None)
        event = self._numbered(event, key)
        if pair in self.early:
            result, _ = self.early.pop(pair)
            self._settle(pair, event, result, request)
        else:
            self.waiting[pair].append((event, request))

    def result(self, event: Result) -> None:
        pair = (event.session, event.id)
        if self.waiting.get(pair):
            call, request = self.waiting[pair].popleft()
            self._settle(pair, call, event, request)
        elif pair in self.again:
            call, request = self.again.pop(pair)
            key, answer = self.answered[pair]
            if not _RANDOM_ID.search(event.id) and answer != _answer_key(event):  # a retry under the old id
                self._settle(pair, self._numbered(call, key), event, request)
        elif pair not in self.answered and pair not in self.early:
            self.early[pair] = (event, self.requests.get((event.session, event.thread)))

    def _numbered(self, call: Call, key: str) -> Call:
        """Return a call that is the same as an earlier one, under the same id, with an id of its own."""
        use = ((call.session, call.id), key)
        self.uses[use] += 1
        return call if self.uses[use] == 1 else replace(call, id=f"{call.id}#{self.uses[use]}")

    def _settle(self, pair: _Pair, call: Call, result: Result, request: str | None) -> None:
        self.answered[pair] = (_content_key(call), _answer_key(result))
        self.steps.append(make_step(self.file, call, result, request, self.python_tools))

    def leftovers(self) -> tuple[tuple[tuple[Call, str | None], ...], tuple[tuple[Result, str | None], ...]]:
        """Return the calls without results and the results without calls."""
        return tuple(pair for queue in self.waiting.values() for pair in queue), tuple(self.early.values())


def make_digest(
    file: str,
    format_name: str,
    head: Sequence[Record],
    events: Iterable[Event],
    skipped: Collection[Skipped],
    python_tools: Collection[str],
) -> Digest:
    """Return the digest of a file's events; `skipped` is read when the events have been.

    By its first records, `head`, a file is known again that is a session without an id.
    """
    pairing, sessions = _Pairing(file, python_tools), _Sessions(file, head)
    for event in map(sessions.placed, events):
        facts = pairing.facts[event.session]
        if not isinstance(event, SkillsOffered):
            facts.note_time(utc(event.time))
        if isinstance(event, Call):
            pairing.call(event)
        elif isinstance(event, Result):
            pairing.result(event)
        elif isinstance(event, UserSaid):
            if event.text.strip():
                pairing.requests[event.session, event.thread] = excerpt(event.text.strip())
        elif isinstance(event, SkillsOffered):
            facts.offered.update(event.names)
        elif event.model:
            facts.model = facts.model or event.model
    waiting, orphans = pairing.leftovers()
    return Digest(
        file=file,
        format=format_name,
        steps=tuple(pairing.steps),
        waiting=waiting,
        orphans=orphans,
        facts=dict(pairing.facts),
        names=sessions.names,
        requests=pairing.requests,
        skipped=tuple(skipped),
    )


def make_step(
    file: str, call: Call | None, result: Result | None, request: str | None, python_tools: Collection[str]
) -> Step:
    """Return the judged step of a call and its result, one of which may be missing."""
    told = result if result is not None else call
    assert told is not None  # noqa: S101
    verdict = judge(call, result, python_tools)
    return Step(
        file=file,
        spot=told.spot,
        key=_key(call, told),
        thread=(told.session, call.thread if call is not None else told.thread),
        tool=(call.tool if call is not None else (result.tool if result is not None else None)) or "unknown",
        time=utc(told.time) or (utc(call.time) if call is not None else None),
        python=verdict.python,
        failed=verdict.failed,
        echo=told.echo,
        fault=verdict.fault,
        code=excerpt(verdict.code) if verdict.python and verdict.code is not None else None,
        request=request,
    )


def _content_key(call: Call) -> str:
    return mark([call.tool, call.arguments]) or mark(call.tool)


def _answer_key(result: Result) -> str:
    return mark([result.content, result.ok, result.exit_code, result.error, result.stdout, result.stderr])


def _key(call: Call | None, told: Call | Result) -> str:
    """Return the identity of a call. A session that was resumed under a new id repeats calls under their random ids."""
    content = _content_key(call) if call is not None else ""
    call_id = call.id if call is not None else told.id
    session = "" if _RANDOM_ID.search(call_id) else told.session
    return f"{session}\n{call_id}\n{content}"
