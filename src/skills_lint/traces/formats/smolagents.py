"""smolagents' memory: the steps of an agent, alone, in a list, or in an object with the result of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..event import Call, Result, SessionFacts, UserSaid
from ..shared.about import About
from ..shared.asked import asked_in
from ..shared.narrow import list_of, object_of, own_session, session_in, text_in, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record, Spot

NAME = "smolagents"
ABOUT = About(
    title="smolagents memory steps",
    files="`agent.memory.get_full_steps()` or a `RunResult` as JSON: a list, a step a line, or `steps` in a document",
    recognised="`step_number` with `code_action`, `model_output_message` or `observations`",
    versions="1.x: calls as functions or plain, times in `timing` or in the step",
    execution="one `ActionStep` with a `code_action`, or with `tool_calls`",
    failure="`error`, which the last call of the step met; its type says only in which part of the agent",
    request="`task` of a `TaskStep`",
    skills="read: a tool for skills, or opening a `SKILL.md`",
    source="<https://huggingface.co/docs/smolagents/tutorials/memory>",
)

_OWN = frozenset(("code_action", "model_output_message", "observations"))
_TASK = frozenset(("task", "task_images", "type", "step_type"))
_HOLDERS = ("steps", "memory", "intermediate_steps", "logs", "agent_memory")
_SESSIONS = ("session_id", "run_id", "id")
_INTERPRETER = "python_interpreter"  # as smolagents names the tool that runs an agent's code


def recognise(head: Sequence[Record]) -> float:
    """Return the share of records that are or hold steps, if one of these is an action."""
    found = [list(_steps(record.value)) for record in head]
    actions = any(_is_action(step) for steps in found for _, step in steps)
    return sum(map(bool, found)) / len(head) if actions else 0.0


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of a file of steps."""
    asked: set[str] = set()  # sessions in which a task was named
    for record in records:
        for pointer, step in _steps(record.value):
            session = (session_in(record.value, *_SESSIONS) or own_session(record)) if pointer else ""
            said = text_in(step, "task")
            if not said and session not in asked:
                said = text_in(object_of(record.value), "task", "question", "prompt") or _from_messages(step)
            if said:
                asked.add(session)
                yield UserSaid(record.spot(pointer), said, session=session)
            if _is_action(step):
                yield from _action(record.spot(pointer), step, session)


def _from_messages(step: dict[str, Any]) -> str:
    """Return the task as the model was told of it."""
    return asked_in(step.get("model_input_messages")).removeprefix("New task:\n")


def _steps(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield pointer and fields of each task and each action in a record."""
    fields = object_of(value)
    if _is_action(fields) or _is_task(fields):
        yield "", fields
        return
    for key in _HOLDERS:
        held, below = fields.get(key), f"/{key}"
        if isinstance(held, dict):
            held, below = held.get("steps"), f"/{key}/steps"
        steps = [(f"{below}/{index}", step) for index, step in enumerate(list_of(held)) if isinstance(step, dict)]
        if any(_is_action(step) for _, step in steps):
            yield from ((pointer, step) for pointer, step in steps if _is_action(step) or _is_task(step))
            return


def _is_action(fields: dict[str, Any]) -> bool:
    return "step_number" in fields and not fields.keys().isdisjoint(_OWN)


def _is_task(fields: dict[str, Any]) -> bool:
    return isinstance(fields.get("task"), str) and fields.keys() <= _TASK


def _action(spot: Spot, step: dict[str, Any], session: str) -> Iterator[Event]:
    timing = object_of(step.get("timing")) or step
    start, end = timing.get("start_time"), timing.get("end_time")
    raw = object_of(object_of(step.get("model_output_message")).get("raw"))
    yield SessionFacts(spot, session=session, model=text_in(raw, "model") or None, time=start)
    calls = list(_calls(step))
    for call_id, tool, arguments in calls:
        yield Call(spot, call_id, tool, arguments, session=session, time=start)
    if not calls:
        return
    error, told = step.get("error"), _told(step.get("error"))
    by_interpreter = calls[-1][1] == _INTERPRETER
    answered = next((call for call in calls if f"'{call[1]}'" in told.partition("\n")[0]), calls[-1])
    yield Result(
        spot, answered[0], stdout=text_in(step, "observations"), stderr=told or None,
        ok=False if error else True if by_interpreter and "error" in step else None, session=session, time=end or start,
    )  # fmt: skip


def _calls(step: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Yield id, tool and arguments of each call; without calls, of the code that was run."""
    number = text_of(step.get("step_number"))
    given = [call for call in list_of(step.get("tool_calls")) if isinstance(call, dict)]
    for index, call in enumerate(given):
        named = object_of(call.get("function")) or call
        tool = text_in(named, "name") or "unknown"
        yield text_of(call.get("id")) or f"step {number}.{index}", tool, named.get("arguments")
    code = text_in(step, "code_action")
    if code and not given:
        yield f"step {number}", _INTERPRETER, code


def _told(error: Any) -> str:
    """Return what an error says. Its class is that of the agent's part which met it, and is left out."""
    return text_in(error, "message") if isinstance(error, dict) else error if isinstance(error, str) else ""
