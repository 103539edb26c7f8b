"""Calls and results as the messages tell them that a model was given, of whatever provider."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..verdicts.payload import unspelled
from .narrow import list_of, object_of, session_in, text_in

if TYPE_CHECKING:
    from collections.abc import Iterator

_HOLDERS = ("messages", "input", "contents", "kwargs")


@dataclass(frozen=True, slots=True)
class ToldCall:
    """A call in the messages."""

    id: str
    tool: str
    arguments: Any


@dataclass(frozen=True, slots=True)
class ToldResult:
    """A result in the messages."""

    id: str
    content: Any
    ok: bool | None


def told_in(value: Any) -> Iterator[ToldCall | ToldResult]:
    """Yield the calls and results that have ids, in the messages that are the input of a model."""
    for message in map(object_of, _messages(value)):
        for call in map(object_of, list_of(message.get("tool_calls"))):
            named = object_of(call.get("function")) or call
            yield from _call(session_in(call, "id"), named, "arguments", "args")
        for item in (message, *map(object_of, list_of(message.get("content")))):
            if item.get("type") == "tool_use":
                yield from _call(session_in(item, "id"), item, "input")
            elif item.get("type") == "function_call":
                yield from _call(session_in(item, "call_id"), item, "arguments")
            elif answered := session_in(item, "tool_call_id", "tool_use_id") or _output_of(item):
                failed = item.get("is_error") is True or item.get("status") == "error"
                yield ToldResult(answered, item.get("content", item.get("output")), ok=False if failed else None)


def _messages(value: Any) -> list[Any]:
    inner = unspelled(value)
    for _ in range(len(_HOLDERS)):
        if not isinstance(inner, dict):
            break
        inner = next((inner[key] for key in _HOLDERS if isinstance(inner.get(key), list | dict)), None)
    found = list_of(inner)
    return list_of(found[0]) if len(found) == 1 and isinstance(found[0], list) else found


def _call(call_id: str, named: dict[str, Any], *keys: str) -> Iterator[ToldCall]:
    if call_id:
        yield ToldCall(call_id, text_in(named, "name") or "unknown", next((named[k] for k in keys if k in named), None))


def _output_of(item: dict[str, Any]) -> str:
    return session_in(item, "call_id") if item.get("type") == "function_call_output" else ""
