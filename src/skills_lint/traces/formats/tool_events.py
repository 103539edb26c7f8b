"""Tool events: one JSON object a line, `event: tool_start` and `tool_end`, with `message` records between.

Calls have no ids, as a rule; a result belongs to the earliest open call of its tool in its `run_id`. Messages may tell
the same calls again in LangChain's form, as `AIMessage` and `ToolMessage`.
"""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, Any

from ..event import Call, Result
from ..langchain import message_events
from ..payload import read_payload
from ..unnamed import UnnamedCalls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record

NAME = "tool-events"

_ENDS = ("tool_end", "tool_error")


def recognise(head: Sequence[Record]) -> float:
    """Return 1 where tools start or end."""
    return 1.0 if any(_kind(record.value) in ("tool_start", *_ENDS) for record in head) else 0.0


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of a file of tool events."""
    opened: dict[tuple[str, str], deque[str]] = defaultdict(deque)
    counts: dict[str, int] = defaultdict(int)
    unnamed = UnnamedCalls()
    for record in records:
        value = record.value
        kind = _kind(value)
        if kind == "tool_start" or kind in _ENDS:
            session, tool, time = str(value.get("run_id") or ""), _tool(value), value.get("ts")
            if kind == "tool_start":
                call_id = _minted(value, counts)
                opened[session, tool].append(call_id)
                yield Call(record.spot(), call_id, tool, _arguments(value), session=session, time=time)
            else:
                queue = opened[session, tool]
                call_id = _answered(value, queue) or _minted(value, counts)
                yield _result(record, value, call_id, tool, session)
        elif isinstance(value, dict):
            yield from message_events(record, unnamed, echo=True)


def _kind(value: Any) -> str | None:
    kind = value.get("event") if isinstance(value, dict) else None
    return kind if isinstance(kind, str) else None


def _tool(value: dict[str, Any]) -> str:
    return str(value.get("tool") or value.get("tool_name") or value.get("name") or "unknown")


def _answered(value: dict[str, Any], opened: deque[str]) -> str | None:
    """Return the open call that a result belongs to: the one with its id, or the earliest."""
    given = _given_id(value)
    if given in opened:
        opened.remove(given)
        return given
    return opened.popleft() if opened else None


def _arguments(value: dict[str, Any]) -> Any:
    return next((value[key] for key in ("args", "arguments", "input") if value.get(key) is not None), None)


def _minted(value: dict[str, Any], counts: dict[str, int]) -> str:
    """Return an id for a call that has none: the same in a copy of the file, another in the file's continuation."""
    given = _given_id(value)
    if given:
        return given
    name = f"{value.get('run_id')} {_tool(value)} {value.get('ts')}"
    counts[name] += 1
    return f"{name} {counts[name]}"


def _given_id(value: dict[str, Any]) -> str:
    return str(value.get("id") or value.get("call_id") or value.get("tool_call_id") or "")


def _result(record: Record, value: dict[str, Any], call_id: str, tool: str, session: str) -> Result:
    content = next((value[key] for key in ("result", "output", "content") if value.get(key) is not None), None)
    told = {key: value[key] for key in ("error", "success", "is_error", "exit_code") if value.get(key) is not None}
    if read_payload(told).ok is False:  # beside the result; a good status there may be a blanket one
        content = {**content, **told} if isinstance(content, dict) else {"output": content, **told}
    return Result(record.spot(), call_id, content, tool=tool, session=session, time=value.get("ts"))
