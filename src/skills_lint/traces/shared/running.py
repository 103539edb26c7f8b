"""Results of tools whose commands may run on: a header with the status, and more output when it is asked for.

`exec_command` answers `Process running with session ID 7` if a command takes long; `write_stdin` then asks for more,
again and again, until `Process exited with code 1`. The first call is answered where the command ends. A tool that runs
scripts does the same in other words, and knows nothing of how the commands in a script ended.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from ..event import Call, Result
from ..verdicts.payload import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..event import Event

_HEADER: Final = re.compile(
    r"(?:(?:Command|Chunk ID|Wall time|Exit code|Process (?:exited|running)|Original token count|Total output lines"
    r"|Script (?:completed|failed|running)|Warning)\b[^\n]*\n+){1,9}(?:Output:(?:\n+|$))?"
)
_STATUS: Final = re.compile(
    r"^(?:(?:Exit code: |Process exited with code )(?P<code>-?\d{1,10})\b"
    r"|(?:Process|Script) running with (?P<process>(?:session|cell) ID \w{1,40})|Script (?:completed|failed)$)",
    re.MULTILINE,
)
_ASKS: Final = {"write_stdin": ("session ID", "session_id"), "wait": ("cell ID", "cell_id")}


class Running:
    """The commands of a trace that still run."""

    def __init__(self) -> None:
        self._begun: dict[str, tuple[str, str]] = {}  # by process: the id of its call, and what it printed so far
        self._asked: dict[str, str] = {}  # by the call that asks for more: the process

    def settled(self, event: Event) -> Iterator[Event]:
        """Yield an event, a result with its status apart; nothing for a command that runs on, all when it ends."""
        if isinstance(event, Call) and event.tool in _ASKS:
            self._asked[event.id] = _process(event)
        told = _read(event) if isinstance(event, Result) else None
        if not isinstance(event, Result) or told is None:
            yield event
            return
        process, printed = told["process"], event.stdout or ""
        asked = self._asked.pop(event.id, None)
        if asked is None:
            if process:
                self._begun[process] = (event.id, printed)
            else:
                yield event
            return
        yield Result(event.spot, event.id, ok=True, session=event.session, thread=event.thread, time=event.time)
        call_id, before = self._begun.pop(asked, ("", ""))
        if call_id and process:
            self._begun[asked] = (call_id, before + printed)
        elif call_id:
            event.id, event.stdout = call_id, before + printed if event.content is None else None
            yield event


def _read(result: Result) -> re.Match[str] | None:
    """Take the header off a result and return its status, or None where it has none."""
    text = plain_text(result.content)
    header = _HEADER.match(text)
    told = _STATUS.search(header[0]) if header is not None else None
    if header is None or told is None:
        return None
    result.exit_code = int(told["code"]) if told["code"] else None
    outcomes = _outcomes(result.content) if told[0].startswith("Script") else []
    result.content, result.stdout = (outcomes, None) if outcomes else (None, text[header.end() :])
    return told


def _outcomes(content: Any) -> list[Any]:
    """Return what a script printed, if that is how its commands ended, with their exit codes."""
    texts = [plain_text(part) for part in content[1:]] if isinstance(content, list) else []
    try:
        outcomes = [json.loads(text) for text in texts if text.strip()]
    except (ValueError, RecursionError):
        return []
    return outcomes if all(isinstance(outcome, dict) and "exit_code" in outcome for outcome in outcomes) else []


def _process(call: Call) -> str:
    """Return the process that a call asks for more."""
    arguments, (kind, key) = call.arguments, _ASKS[call.tool]
    if isinstance(arguments, str):
        try:
            arguments = json.loads(arguments)
        except (ValueError, RecursionError):
            return ""
    return f"{kind} {arguments.get(key)}" if isinstance(arguments, dict) else ""
