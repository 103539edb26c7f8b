"""OpenAI chat messages, one a line: function calls whose arguments and results are JSON strings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ..script import Answer, Ask
from . import call_id, iso, plain_call, session_id

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from ..play import Recording
    from ..sandbox import Outcome
    from ..script import Session
    from . import Record

TOOLS = {"python": "run_python", "shell": "run_command", "read": "read_file", "write": "write_file"}
SYSTEM = (
    "You answer questions about exchange-traded funds. The data is a local store in /workspace (marketstore.py, data/)."
    " Every Python snippet runs in a fresh interpreter, without network. Skills are in skills/<name>/SKILL.md."
)


def records(recording: Recording) -> Iterator[Record]:
    """Yield the records of a session."""
    session = recording.session
    yield _message(session, session.start, role="system", content=SYSTEM), None
    for number, played in enumerate(recording.turns):
        match played.turn:
            case Ask(text=text):
                yield _message(session, played.start, role="user", content=text), None
            case Answer(text=text):
                yield _message(session, played.start, role="assistant", model=session.model, content=text), None
            case call:
                kind, arguments = plain_call(call)
                function = {"name": TOOLS[kind], "arguments": json.dumps(arguments, ensure_ascii=False)}
                id_ = f"call_{call_id(session, number)}"
                called = _message(session, played.start, role="assistant", model=session.model, content=call.say)
                yield {**called, "tool_calls": [{"id": id_, "type": "function", "function": function}]}, None
                answered = _message(session, played.end, role="tool", content=_result(played.outcome))
                yield {**answered, "tool_call_id": id_, "name": TOOLS[kind]}, number


def _message(session: Session, time: datetime.datetime, **fields: str) -> dict[str, Any]:
    return {"session_id": session_id(session), "ts": iso(time), **fields}


def _result(outcome: Outcome) -> str:
    result = {"exit_code": outcome.exit_code, "stdout": outcome.stdout, "stderr": outcome.stderr}
    return json.dumps(result, ensure_ascii=False)
