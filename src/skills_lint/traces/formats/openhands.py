"""OpenHands events: actions and observations, of the application (`action`, `cause`) and of the SDK (`kind`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..event import Call, Result, SessionFacts, SkillLoaded, SkillsOffered, UserSaid
from ..shared.about import About
from ..shared.narrow import holds_items, items_in, list_of, object_of, own_session, text_of, whole_of
from ..verdicts.payload import plain_text
from ..verdicts.skills import offered_skills
from ..verdicts.status import as_refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record, Spot

NAME = "openhands"
ABOUT = About(
    title="OpenHands events",
    files="`--save-trajectory`, downloaded trajectories, `output.jsonl` of evaluations, events of the SDK",
    recognised="`action` with `args` or `observation` with `extras`, and a `source`; or a `kind` of event",
    versions="0.9 to 0.62, and the SDK 1.x",
    execution="`id` ↔ `cause`, or `tool_call_id` in both",
    failure="`exit_code`, `is_error`, an error as observation, or what the output says; keystrokes are no command",
    request="a message whose `source` is the user",
    skills="offered: `<available_skills>`; read: those that came with a message, `invoke_skill`, opening a `SKILL.md`",
    source="real files; <https://docs.openhands.dev/sdk/arch/events>",
)

_LISTS = ("history", "trajectory", "events", "items")
_KINDS = ("Event", "Observation", "Condensation")  # how they end
_NO_TOOLS = frozenset({
    "message", "system", "recall", "finish", "think", "reject", "null", "initialize", "start", "pause", "resume",
    "stop", "condensation", "condensation_request", "loop_recovery", "change_agent_state", "agent_state_changed",
})  # fmt: skip
_KERNEL = re.compile(r"(?:\n\[Jupyter (?:current working directory|Python interpreter): [^\n]*\]){1,2}\s*$")
_TOO_MANY = "Cannot execute multiple commands at once"
_RUNS_ON = -1  # the exit code of a command that has not ended
_FIELDS = ("thought", "kind", "security_risk", "confirmation_state", "hidden", "blocking", "is_static", "summary")


def recognise(head: Sequence[Record]) -> float:
    """Return the share of records that are events or hold a history of them."""
    ours = sum(any(map(_is_event, _events_in(record))) for record in head)
    return ours / len(head) if head else 0.0


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of trajectories."""
    for record in records:
        fields, session = object_of(record.value), ""
        if holds_items(record, *_LISTS):
            session = own_session(record)
            config = object_of(object_of(fields.get("metadata")).get("llm_config"))
            yield SessionFacts(record.spot(), session=session, model=text_of(config.get("model")) or None)
            if said := text_of(fields.get("instruction")):
                yield UserSaid(record.spot(), said, session=session)
        for pointer, event, cause in _events_in(record):
            read = _of_sdk if "kind" in event else _of_application
            yield from read(record.spot(pointer), event, session, cause)


def _events_in(record: Record) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield pointer and fields of each event, and for the second one of a pair the id of the first."""
    for pointer, item in items_in(record, *_LISTS):
        pair = [object_of(event) for event in list_of(item)]
        call_id = text_of(pair[0].get("id")) or f"{record.line}{record.pointer}{pointer}" if pair else ""
        for index, event in enumerate(pair):
            yield f"{pointer}/{index}", {"id": call_id, **event}, call_id if index else ""
        if not isinstance(item, list):
            yield pointer, object_of(item), ""


def _is_event(told: tuple[str, dict[str, Any], str]) -> bool:
    event = told[1]
    if text_of(event.get("kind")).endswith(_KINDS):
        return text_of(event.get("source")) in ("agent", "user", "environment", "hook")
    action = isinstance(event.get("action"), str) and isinstance(event.get("args"), dict)
    return action or (isinstance(event.get("observation"), str) and isinstance(event.get("extras"), dict))


def _of_application(spot: Spot, event: dict[str, Any], session: str, cause: str) -> Iterator[Event]:
    action, args, time = text_of(event.get("action")), object_of(event.get("args")), event.get("timestamp")
    if action == "message" and event.get("source") == "user":
        yield UserSaid(spot, text_of(args.get("content")) or text_of(event.get("message")), session=session, time=time)
    elif action and action not in _NO_TOOLS:
        response = object_of(object_of(event.get("tool_call_metadata")).get("model_response"))
        yield SessionFacts(spot, session=session, model=text_of(response.get("model")) or None, time=time)
        tool, arguments = _request(text_of(args.get("name")) if "mcp" in action else action, args)
        yield Call(spot, text_of(event.get("id")), tool, arguments, session=session, time=time)
    elif event.get("observation") == "recall":
        known = map(object_of, list_of(object_of(event.get("extras")).get("microagent_knowledge")))
        yield from (SkillLoaded(spot, name, session) for each in known if (name := text_of(each.get("name"))))
    elif (observed := text_of(event.get("observation"))) and observed not in _NO_TOOLS:
        call_id = cause or text_of(event.get("cause"))
        content = _KERNEL.sub("", text_of(event.get("content")))
        yield _result(spot, call_id, content, object_of(event.get("extras")), event, session)


def _of_sdk(spot: Spot, event: dict[str, Any], session: str, _: str) -> Iterator[Event]:
    kind, time, call_id = event.get("kind"), event.get("timestamp"), text_of(event.get("tool_call_id"))
    tool = text_of(event.get("tool_name"))
    if kind == "SystemPromptEvent":
        prompt = plain_text([event.get("system_prompt"), event.get("dynamic_context")])
        yield SkillsOffered(spot, offered_skills(prompt), session=session)
    elif kind == "MessageEvent":
        yield from (SkillLoaded(spot, name, session) for name in map(text_of, list_of(event.get("activated_skills"))))
        if event.get("source") == "user":
            said = plain_text(object_of(event.get("llm_message")).get("content"))
            yield UserSaid(spot, said, session=session, time=time)
    elif kind == "ActionEvent" and tool not in _NO_TOOLS:
        given = object_of(event.get("tool_call")).get("arguments")
        action = event.get("action")
        request = _request(tool, action) if isinstance(action, dict) else (tool, given)
        yield Call(spot, call_id, *request, session=session, time=time)
    elif kind == "ObservationEvent":
        told = object_of(event.get("observation"))
        yield _result(spot, call_id, told.get("content", told.get("output")), told, event, session)
    elif kind in ("AgentErrorEvent", "UserRejectObservation"):  # the call was of no use, or not wanted
        why = text_of(event.get("error")) or text_of(event.get("rejection_reason"))
        yield Result(spot, call_id, as_refused(why), ok=False, session=session, time=time)


def _request(tool: str, args: dict[str, Any]) -> tuple[str, Any]:
    """Return tool and arguments of an action; keystrokes, and waiting for more output, are no command."""
    if "command" in args and (args.get("is_input") is True or args["command"] == ""):
        return "keys", {"keys": args["command"]}
    inner = args.get("arguments")
    given = inner if isinstance(inner, dict) else args
    return tool or "unknown", {key: value for key, value in given.items() if key not in _FIELDS}


def _result(
    spot: Spot, call_id: str, content: Any, told: dict[str, Any], event: dict[str, Any], session: str
) -> Result:
    """Return what an observation tells; the application calls `success` whatever IPython ran."""
    metadata, time = object_of(told.get("metadata")), event.get("timestamp")
    given = [whole_of(fields.get("exit_code")) for fields in (metadata, told)]
    code = next((each for each in given if each is not None), None)
    suffix, kind, text = text_of(metadata.get("suffix")), event.get("observation"), plain_text(content)
    if kind == "user_rejected" or "NOT executed" in suffix or _TOO_MANY in text[:100]:
        return Result(spot, call_id, as_refused(text), ok=False, session=session, time=time)
    failed = kind == "error" or told.get("is_error") is True or told.get("error") is True
    if code == _RUNS_ON:
        code, failed = None, failed or "timed out" in suffix or (not suffix and told.get("timeout") is True)
    ok = False if failed else None if code is None else code == 0
    return Result(spot, call_id, ok=ok, exit_code=code, stdout=text, session=session, time=time)
