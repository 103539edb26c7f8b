"""ATIF trajectories, as Harbor and other programs write them: one document, whose steps hold calls and observations.

The format has no status. Writers put one into `extra`, or into the text, as Harbor does for Claude Code, where it also
repeats the output by stream.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..event import AgentSaid, Call, Result, SessionFacts, UserSaid
from ..shared.about import About
from ..shared.narrow import list_of, object_of, own_session, session_in, text_of, whole_of
from ..shared.screen import outputs_on
from ..verdicts.payload import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record, Spot

NAME = "atif"
ABOUT = About(
    title="ATIF trajectories",
    files="`trajectory.json`, a document each, or one a line",
    recognised="a `schema_version` that begins with `ATIF`, or `steps` with a `source` and `step_id`",
    versions="1.0 to 1.7, with subagents in `subagent_trajectories`",
    execution="`tool_calls[].tool_call_id` ↔ `observation.results[].source_call_id` in one step",
    failure="`extra.is_error`, `extra.tool_result_is_error`, `extra.exit_code`, or what the text says",
    request="a step with `source: user`; in a subagent's trajectory what it was asked",
    skills="read: a tool for skills, or opening a `SKILL.md`",
    source="<https://harborframework.com/docs/trajectory-format>",
)

_AGAIN = re.compile(r"\n\n\[(stdout|stderr|exit_code|interrupted|is_image|metadata)\]\s")
_FAILED = "[error] tool reported failure"
_ERROR_KEYS = ("is_error", "tool_result_is_error")
_EXIT_KEYS = ("exit_code", "return_code", "returncode")
_DEPTH = 10  # levels of subagents


@dataclass(frozen=True, slots=True)
class _Agent:
    """Whose steps are read."""

    session: str
    thread: str
    model: str | None


def recognise(head: Sequence[Record]) -> float:
    """Return the share of records that are trajectories."""
    return sum(_is_trajectory(record.value) for record in head) / len(head) if head else 0.0


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of trajectories."""
    for record in records:
        if _is_trajectory(record.value):
            session = session_in(record.value, "session_id", "trajectory_id") or own_session(record)
            yield from _trajectory(record, "", record.value, session, "")


def _is_trajectory(value: Any) -> bool:
    fields = object_of(value)
    steps = [step for step in list_of(fields.get("steps")) if isinstance(step, dict)]
    version = fields.get("schema_version")
    if isinstance(version, str) and version.upper().startswith("ATIF"):
        return True
    return bool(steps) and all("step_id" in step and "source" in step for step in steps)


def _trajectory(
    record: Record, pointer: str, fields: dict[str, Any], session: str, thread: str, depth: int = 0
) -> Iterator[Event]:
    """Yield the events of a trajectory and of its subagents, which are threads of the same session."""
    agent = _Agent(session, thread, text_of(object_of(fields.get("agent")).get("model_name")) or None)
    for index, step in enumerate(list_of(fields.get("steps"))):
        if isinstance(step, dict):
            yield from _step(record, f"{pointer}/steps/{index}", step, agent)
    for index, inner in enumerate(list_of(fields.get("subagent_trajectories")) if depth < _DEPTH else ()):
        name = session_in(inner, "trajectory_id") or f"{thread}/{index}"
        at = f"{pointer}/subagent_trajectories/{index}"
        yield from _trajectory(record, at, object_of(inner), session, name, depth + 1)


def _step(record: Record, pointer: str, step: dict[str, Any], agent: _Agent) -> Iterator[Event]:
    spot, time = record.spot(pointer), step.get("timestamp")
    model = text_of(step.get("model_name")) or agent.model
    yield SessionFacts(spot, session=agent.session, model=model, time=time)
    if step.get("source") == "user":
        said = plain_text(step.get("message"))
        yield UserSaid(spot, said, session=agent.session, thread=agent.thread, time=time)
    elif step.get("source") == "agent":
        yield AgentSaid(spot, step.get("message"), agent.session, agent.thread, time)
    if step.get("is_copied_context") is True:
        return  # an earlier trajectory tells what was run
    calls = [call for call in list_of(step.get("tool_calls")) if isinstance(call, dict)]
    ids = [text_of(call.get("tool_call_id")) or f"{agent.thread} {pointer}/{at}" for at, call in enumerate(calls)]
    for call_id, call in zip(ids, calls, strict=True):
        tool, given = text_of(call.get("function_name")) or "unknown", call.get("arguments")
        yield Call(spot, call_id, tool, given, session=agent.session, thread=agent.thread, time=time)
    results = list_of(object_of(step.get("observation")).get("results"))
    extra = object_of(step.get("extra")) if len(results) == 1 else {}
    for below, call_id, text, result in _answers(ids, calls, results):
        at = record.spot(pointer + below)
        yield _result(at, call_id or str(at), text, {**extra, **object_of(result.get("extra"))}, agent, time)


def _answers(
    ids: list[str], calls: list[dict[str, Any]], results: list[Any]
) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Yield pointer, id of the call, text and fields of each result.

    Those without an id answer the calls in turn. One that is alone may be a screen, on which each typed command is
    found; else it answers the last call.
    """
    for index, result in enumerate(results):
        given, text = session_in(result, "source_call_id"), plain_text(object_of(result).get("content"))
        typed = [] if given or len(results) > 1 else [session_in(call.get("arguments"), "keystrokes") for call in calls]
        seen = [(at, output) for at, output in enumerate(outputs_on(text, typed)) if output is not None]
        yield from ((f"/tool_calls/{at}", ids[at], output, result) for at, output in seen)
        if not seen and (ids or text):
            in_turn = ids[index] if len(results) >= len(ids) > index else "".join(ids[-1:])
            yield f"/observation/results/{index}", given or in_turn, text, object_of(result)


def _result(spot: Spot, call_id: str, text: str, extra: dict[str, Any], agent: _Agent, time: Any) -> Result:
    said = next((extra[key] for key in _ERROR_KEYS if isinstance(extra.get(key), bool)), None)
    failed = said is True or text.rstrip().endswith(_FAILED)
    code = next((found for key in _EXIT_KEYS if (found := whole_of(extra.get(key))) is not None), None)
    return Result(
        spot, call_id, _once(text), ok=False if failed else None if said is None else True, exit_code=code,
        session=agent.session, thread=agent.thread, time=time,
    )  # fmt: skip


def _once(text: str) -> str:
    """Return an output without what a writer adds to it: the same again by stream, and what is known of the run."""
    text = text.rstrip().removesuffix(_FAILED).rstrip()
    found = _AGAIN.search(text)
    if found is None:
        return text
    repeats = found[1] not in ("stdout", "stderr") or text[found.end() :].lstrip()[:40] in text[: found.start()]
    return text[: found.start()] if repeats and found.start() else text
