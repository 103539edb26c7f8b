"""LangChain messages as events: an `AIMessage` calls, a `ToolMessage` answers with a JSON string."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ..script import Answer, Ask
from . import call_id, epoch, plain_call, session_id

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from ..play import Recording
    from ..sandbox import Outcome
    from . import Record

TOOLS = {"python": "execute_python", "shell": "shell", "read": "read_file", "write": "write_file"}


def records(recording: Recording) -> Iterator[Record]:
    """Yield the records of a session."""
    session = recording.session
    for number, played in enumerate(recording.turns):
        match played.turn:
            case Ask(text=text):
                yield _message(session_id(session), played.start, "HumanMessage", content=text), None
            case Answer(text=text):
                yield _message(session_id(session), played.start, "AIMessage", content=text, model=session.model), None
            case call:
                kind, arguments = plain_call(call)
                calls = [{"name": TOOLS[kind], "args": arguments, "id": f"call_{call_id(session, number)}"}]
                called = _message(session_id(session), played.start, "AIMessage", content=call.say, model=session.model)
                yield {**called, "tool_calls": calls}, None
                answered = _message(session_id(session), played.end, "ToolMessage", content=_result(played.outcome))
                yield {**answered, "tool_call_id": calls[0]["id"], "name": TOOLS[kind]}, number


def _message(run_id: str, time: datetime.datetime, kind: str, **fields: str) -> dict[str, Any]:
    direction = "out" if kind == "AIMessage" else "in"
    head = {"ts": epoch(time), "run_id": run_id, "event": "message"}
    return {**head, "direction": direction, "message_type": kind, **fields}


def _result(outcome: Outcome) -> str:
    if outcome.exit_code:
        error = outcome.stderr or f"exit status {outcome.exit_code}"
        return json.dumps({"success": False, "result": outcome.stdout or None, "error": error}, ensure_ascii=False)
    return json.dumps({"success": True, "result": outcome.text, "error": None}, ensure_ascii=False)
