"""Results of tools whose commands may run on: a header with the status, and more output when it is asked for.

`exec_command` answers `Process running with session ID 7` if a command takes long; `write_stdin` then asks for more,
again and again, until `Process exited with code 1`. The first call is answered where the command ends.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from .event import Call, Result
from .payload import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .event import Event

_HEADER: Final = re.compile(
    r"(?:(?:Command|Chunk ID|Wall time|Exit code|Process (?:exited|running)|Original token count|Total output lines"
    r"|Warning)\b[^\n]*\n+){1,9}(?:Output:(?:\n+|$))?"
)
_EXITED: Final = re.compile(r"^(?:Exit code: |Process exited with code )(-?\d{1,10})\b", re.MULTILINE)
_RUNNING: Final = re.compile(r"^Process running with session ID (\w{1,40})", re.MULTILINE)
_ASKS: Final = "write_stdin"


class Running:
    """The commands of a trace that still run."""

    def __init__(self) -> None:
        self._begun: dict[str, tuple[str, str]] = {}  # by process: the id of its call, and what it printed so far
        self._asked: dict[str, str] = {}  # by call of `write_stdin`: the process that it asks

    def settled(self, event: Event) -> Iterator[Event]:
        """Yield an event, a result with its status apart; nothing for a command that runs on, all when it ends."""
        if isinstance(event, Call) and event.tool == _ASKS:
            self._asked[event.id] = _process(event.arguments)
        if not isinstance(event, Result):
            yield event
            return
        text = plain_text(event.content)
        header = _HEADER.match(text)
        exited, runs = (_EXITED.search(header[0]), _RUNNING.search(header[0])) if header else (None, None)
        if header is None or not (exited or runs):
            yield event
            return
        event.content, event.stdout = None, text[header.end() :]
        event.exit_code = int(exited[1]) if exited else None
        process = self._asked.pop(event.id, None)
        if process is None:
            if runs:
                self._begun[runs[1]] = (event.id, event.stdout)
            else:
                yield event
            return
        yield Result(event.spot, event.id, ok=True, session=event.session, thread=event.thread, time=event.time)
        call_id, printed = self._begun.pop(process, ("", ""))
        event.id, event.stdout = call_id, printed + event.stdout
        if call_id and exited:
            yield event
        elif call_id:
            self._begun[process] = (call_id, event.stdout)


def _process(arguments: object) -> str:
    """Return the process that a call of `write_stdin` names."""
    if isinstance(arguments, str):
        try:
            arguments = json.loads(arguments)
        except (ValueError, RecursionError):
            return ""
    return str(arguments.get("session_id")) if isinstance(arguments, dict) else ""
