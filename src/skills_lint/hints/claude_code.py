"""What a hook of Claude Code is told about a call, and what it answers: https://code.claude.com/docs/en/hooks

`PostToolUseFailure` tells of calls that failed. `PostToolUse` tells of the others, among which are those whose failure
a pipe or a script hides. Both are read as the records that the session's file has of such a call, so that a hint is
given for what `scan` finds there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..place import InputError
from ..traces.event import Call, Record, Result
from ..traces.formats.claude_code import RECORD, events
from ..traces.sources.fields import fitted
from ..traces.verdicts.payload import plain_text
from ..traces.verdicts.verdict import judge

if TYPE_CHECKING:
    from collections.abc import Collection

    from ..errors.fault import Fault

_FAILED = "PostToolUseFailure"
_DONE = "PostToolUse"


@dataclass(frozen=True, slots=True)
class HookEvent:
    """A call that is over."""

    name: str  # of the event
    session: str  # its id
    records: tuple[dict[str, Any], ...]  # as a session file has them


def read_event(text: str | bytes) -> HookEvent | None:
    """Return what an event tells of a call; None for an event of another kind, and for a call that the user stopped.

    Raises InputError for what is no event.
    """
    try:
        told = json.loads(text)
        name, session = told["hook_event_name"], told["session_id"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        way_out = "it is JSON with `hook_event_name` and `session_id`, as a hook of Claude Code gets it"
        raise InputError("standard input is not the event of a hook", way_out=way_out) from error
    if name not in (_FAILED, _DONE) or _stopped(told):
        return None
    failed = name == _FAILED
    said = told.get("error") if failed else _output(told.get("tool_response"))
    call = {"type": "tool_use", "id": "1", "name": told.get("tool_name"), "input": told.get("tool_input")}
    result = {"type": "tool_result", "tool_use_id": "1", "is_error": failed, "content": said}
    return HookEvent(name, str(session), (_record("assistant", call), _record("user", result)))


def _stopped(told: dict[str, Any]) -> bool:
    response = told.get("tool_response")
    return told.get("is_interrupt") is True or (isinstance(response, dict) and response.get("interrupted") is True)


def _output(response: Any) -> Any:
    """Return what a call printed; Bash's streams one after the other, as the session's file has them."""
    if not isinstance(response, dict) or "stdout" not in response:
        return response
    streams = (plain_text(response.get(name)) for name in ("stdout", "stderr"))
    return "\n".join(stream for stream in streams if stream)


def _record(role: str, block: dict[str, Any]) -> dict[str, Any]:
    return {"type": role, "sessionId": "1", "message": {"role": role, "content": [block]}}


def fault_of(event: HookEvent, python_tools: Collection[str] = ()) -> Fault | None:
    """Return the failure of Python that an event tells of; None if it tells of none."""
    told = list(events(Record(fitted(record, RECORD), line) for line, record in enumerate(event.records, 1)))
    call = next((each for each in told if isinstance(each, Call)), None)
    result = next((each for each in told if isinstance(each, Result)), None)
    verdict = judge(call, result, python_tools)
    return verdict.fault if verdict.python and verdict.failed else None


def answer(event: HookEvent, context: str) -> str:
    """Return the answer that gives the model a text to read beside the result of the call."""
    return json.dumps({"hookSpecificOutput": {"hookEventName": event.name, "additionalContext": context}})
