"""ATIF trajectories, as Harbor and other programs write them: one document, whose steps hold calls and observations.

The format has no status. Writers put one into `extra`, or into the text, as Harbor does for Claude Code, where it also
repeats the output by stream.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..about import About
from ..event import Call, Result, SessionFacts, UserSaid
from ..narrow import list_of, object_of, own_session, session_in, text_of, whole_of
from ..payload import plain_text
from ..shapes import spoken_code

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
    if step.get("is_copied_context") is True:
        return  # an earlier trajectory tells what was run
    ids: list[str] = []
    for index, (given, tool, arguments) in enumerate(_calls(step)):
        ids.append(given or f"{agent.thread} {pointer}/{index}")
        yield Call(spot, ids[-1], tool, arguments, session=agent.session, thread=agent.thread, time=time)
    results = list_of(object_of(step.get("observation")).get("results"))
    extra = object_of(step.get("extra")) if len(results) == 1 else {}
    for index, result in enumerate(results):
        if isinstance(result, dict) and (ids or result.get("content")):
            at = record.spot(f"{pointer}/observation/results/{index}")
            call_id = text_of(result.get("source_call_id")) or _answered(ids, index, len(results)) or str(at)
            yield _result(at, call_id, result, {**extra, **object_of(result.get("extra"))}, agent, time)


def _calls(step: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Yield id, tool and arguments of each call; without calls, of the code in the message that was run."""
    calls = [call for call in list_of(step.get("tool_calls")) if isinstance(call, dict)]
    for call in calls:
        yield text_of(call.get("tool_call_id")), text_of(call.get("function_name")) or "unknown", call.get("arguments")
    if not calls and step.get("source") == "agent" and step.get("observation"):
        spoken = spoken_code({"role": "agent", "content": plain_text(step.get("message"))})
        if spoken is not None:
            yield "", *spoken


def _answered(ids: list[str], index: int, results: int) -> str:
    """Return the id of the call that a result without one answers: in turn, or the last if it answers all."""
    if not ids:
        return ""
    return ids[index] if results >= len(ids) > index else ids[-1]


def _result(
    spot: Spot, call_id: str, result: dict[str, Any], extra: dict[str, Any], agent: _Agent, time: Any
) -> Result:
    text = plain_text(result.get("content"))
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
