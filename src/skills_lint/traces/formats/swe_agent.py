"""SWE-agent trajectories: a document whose `trajectory` holds a step for each action; `history` tells it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..event import AgentSaid, Call, Result, SessionFacts, UserSaid
from ..shared.about import About
from ..shared.narrow import list_of, object_of, own_session, text_of
from ..verdicts.payload import decoded, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record

NAME = "swe-agent"
ABOUT = About(
    title="SWE-agent trajectories",
    files="`trajectories/**/*.traj`, a document a run",
    recognised="`trajectory` with `action` and `observation` in its steps",
    versions="0.x and 1.x, with `attempts` of its retries",
    execution="one step of `trajectory`",
    failure="what the `observation` shows",
    request="the first message of `role: user` in `history` that is no demonstration",
    skills="read: opening a `SKILL.md`",
    source="real files; <https://swe-agent.com/latest/usage/trajectories/>",
)


def recognise(head: Sequence[Record]) -> float:
    """Return the share of records that are such trajectories."""
    ours = sum(any(_is_run(run) for _, run in _runs(record)) for record in head)
    return ours / len(head) if head else 0.0


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of trajectories, those of each attempt in a thread of its own."""
    for record in records:
        session = own_session(record)
        for pointer, run in _runs(record):
            yield from _run_events(record, pointer, run, session)


def _runs(record: Record) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield pointer and fields of the attempts in a document, the best of which it tells again, or of its only run."""
    document = object_of(record.value)
    attempts = [(f"/attempts/{i}", object_of(run)) for i, run in enumerate(list_of(document.get("attempts")))]
    yield from attempts or [("", document)]


def _is_run(run: dict[str, Any]) -> bool:
    steps = list_of(run.get("trajectory"))[:4]
    return any("action" in object_of(step) and "observation" in object_of(step) for step in steps)


def _run_events(record: Record, pointer: str, run: dict[str, Any], session: str) -> Iterator[Event]:
    yield SessionFacts(record.spot(pointer), session=session, model=_model(run) or _model(object_of(record.value)))
    request = _request(run)
    if request is not None:
        at, text = request
        yield UserSaid(record.spot(f"{pointer}/history/{at}"), text, session=session, thread=pointer)
    for index, step in enumerate(list_of(run.get("trajectory"))):
        fields = object_of(step)
        action = text_of(fields.get("action"))
        if action.strip():  # without one the model had said nothing that could be run
            spot, call_id = record.spot(f"{pointer}/trajectory/{index}"), f"{pointer}/{index}"
            yield AgentSaid(spot, fields.get("thought"), session, pointer)
            yield Call(spot, call_id, "shell", {"command": action}, session=session, thread=pointer)
            yield Result(spot, call_id, fields.get("observation"), session=session, thread=pointer)


def _request(run: dict[str, Any]) -> tuple[int, str] | None:
    for index, message in enumerate(list_of(run.get("history"))):
        fields = object_of(message)
        if fields.get("role") == "user" and not fields.get("is_demo"):
            return index, plain_text(fields.get("content"))
    return None


def _model(run: dict[str, Any]) -> str | None:
    """Return the model that the configuration names, which is JSON in a string."""
    agent = object_of(object_of(decoded(text_of(run.get("replay_config")))).get("agent"))
    return text_of(object_of(agent.get("model")).get("name")) or None
