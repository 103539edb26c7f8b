"""JSON of any other shape: the innermost object that holds code and a result, or a result with an uncaught error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..event import Call, Result, UserSaid
from ..shared.about import About
from ..shared.loose import OpenCalls
from ..shared.narrow import first_of
from ..shared.runs import find_runs, ids_of
from ..shared.shapes import request_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record
    from ..shared.loose import OpenCall
    from ..shared.runs import Run
    from ..shared.tree import Node

NAME = "heuristic"
ABOUT = About(
    title="Any other JSON",
    files="lines or documents of any shape",
    recognised="an object that holds code and a result, or a result with an error, and no other format is surer",
    versions="",
    execution="the innermost object that holds both; or two that share an id or an index, or follow each other",
    failure="`success: false`, an exit status, an error, or an uncaught exception in a result or any field beside code",
    request="`role: user`, or keys such as `question`, `prompt`, `task`",
    skills="read: a tool for skills, or opening a `SKILL.md`",
    source="real files",
)

SUREST = 0.05  # where an object looks like a run
_SESSIONS = ("session_id", "conversation_id", "thread_id", "run_id", "trace_id")
_TIMES = ("end_time_unix_nano", "timestamp", "ts", "end_time", "start_time", "time", "created_at")


def recognise(head: Sequence[Record]) -> float:
    """Return a trace of trust where an object looks like a run."""
    return SUREST if any(isinstance(event, Call | Result) for event in events(head)) else 0.0


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of records of any shape."""
    waiting, called = OpenCalls(), -1
    for number, record in enumerate(records):
        nodes, runs = find_runs(record.value)
        told: list[tuple[int, Event]] = []
        alone = record.line is not None and sum(run.result is not None and run.sure for run in runs) < 2
        for run in runs:
            session, time = _session(nodes, run.at), _around(nodes, run.at, _TIMES)
            call_id = run.id if run.id is not None else f"{number}{nodes[run.at].pointer}"
            known = _answered(waiting, run, nodes, near=number - called <= 1)
            if run.tool is not None and known is None:
                spot = record.spot(nodes[run.at].pointer)
                call = Call(spot, call_id, run.tool, run.arguments, session=session, time=time)
                if run.result is None:
                    waiting.add(call, ids_of(nodes, run.at), told=run.sure)
                    called = number
                if run.sure:
                    told.append((run.at, call))
            if run.result is not None:
                spot = record.spot("" if alone else nodes[run.where].pointer)
                if known is not None and not known.told:
                    told.append((run.at, known.call))
                if known is not None:
                    call_id, session = known.call.id, known.call.session
                if run.sure or known is not None:
                    told.append((max(run.at, run.where), Result(spot, call_id, run.result, session=session, time=time)))
        told += _requests(record, nodes)
        told.sort(key=lambda pair: pair[0])
        yield from (event for _, event in told)


def _answered(waiting: OpenCalls, run: Run, nodes: Sequence[Node], *, near: bool) -> OpenCall | None:
    """Return the call in an earlier record that a run answers, or tells again with its result; else None."""
    ids = ids_of(nodes, run.at)
    if run.result is None:
        return None
    if run.tool is not None:
        again = waiting.told_again(ids, run.arguments)
        return again if again is not None and again.told else None
    known = waiting.answered_by_id(ids)
    return waiting.answered_next() if known is None and near and run.id is None else known


def _requests(record: Record, nodes: Sequence[Node]) -> Iterator[tuple[int, Event]]:
    for at, node in enumerate(nodes):
        said = request_in(node.fields)
        if said is not None:
            yield at - 1, UserSaid(record.spot(node.pointer), said, session=_session(nodes, at))


def _session(nodes: Sequence[Node], at: int) -> str:
    session = _around(nodes, at, _SESSIONS)
    return "" if session is None else str(session)


def _around(nodes: Sequence[Node], at: int, names: tuple[str, ...]) -> Any:
    """Return the first of these fields in an object, in those beside it, or in those around it."""
    while at >= 0:
        node = nodes[at]
        found = first_of(node.fields, *names)
        if found is None:
            beside = (node.fields.get(name) for name in ("attributes", "context", "extra"))
            found = next((f for b in beside if isinstance(b, dict) and (f := first_of(b, *names)) is not None), None)
        if found is not None:
            return found
        at = node.parent
    return None
