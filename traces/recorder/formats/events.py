"""Tool events: `message`, `tool_start` and `tool_end` records of one run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..script import Answer, Ask
from . import epoch, plain_call, session_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..play import Played, Recording
    from ..sandbox import Outcome
    from . import Record

TOOLS = {"python": "tool_execute_python", "shell": "tool_shell", "read": "tool_read_file", "write": "tool_write_file"}


def records(recording: Recording) -> Iterator[Record]:
    """Yield the records of a session."""
    run_id = session_id(recording.session)[:12]
    for number, played in enumerate(recording.turns):
        match played.turn:
            case Ask(text=text):
                yield _message(run_id, played, "in", "HumanMessage", text), None
            case Answer(text=text):
                yield _message(run_id, played, "out", "AIMessage", text), None
            case call:
                kind, arguments = plain_call(call)
                if kind == "shell":  # commands are `code` here too
                    arguments = {"code": arguments["command"]}
                yield _message(run_id, played, "out", "AIMessage", call.say), None
                head = {"ts": epoch(played.start), "run_id": run_id}
                yield {**head, "event": "tool_start", "tool": TOOLS[kind], "args": arguments}, None
                head = {"ts": epoch(played.end), "run_id": run_id}
                yield {**head, "event": "tool_end", "tool": TOOLS[kind], "result": _result(played.outcome)}, number


def _message(run_id: str, played: Played, direction: str, kind: str, text: str) -> dict[str, Any]:
    head = {"ts": epoch(played.start), "run_id": run_id, "event": "message"}
    return {**head, "direction": direction, "message_type": kind, "content": text}


def _result(outcome: Outcome) -> dict[str, Any]:
    if outcome.exit_code:
        error = outcome.stderr or f"exit status {outcome.exit_code}"
        return {"success": False, "output": outcome.stdout, "error": error}
    return {"success": True, "output": outcome.text, "error": None}
