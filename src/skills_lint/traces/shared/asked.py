"""What a user asks, in the input of a run: a text, messages, or an object that holds either."""

from __future__ import annotations

from typing import Any

from ..verdicts.payload import decoded, plain_text

_DEPTH = 6  # levels of objects and lists, and of JSON in strings
_USERS = frozenset({"user", "human", "humanmessage"})
_SAID = ("content", "parts", "text", "message")
_HOLDERS = (
    "messages", "input", "inputs", "question", "query", "prompt", "task", "instruction", "request", "user_input",
    "kwargs", "args", "content", "text",
)  # fmt: skip


def asked_in(value: Any, depth: int = 0) -> str:
    """Return what a user asks in an input of any shape: of messages the last one that is theirs; else an empty text."""
    if depth >= _DEPTH:
        return ""
    if isinstance(value, str):
        inner = decoded(value)
        return value.strip() if inner is None else asked_in(inner, depth + 1)
    if isinstance(value, list):
        return _in_list(value, depth)
    if isinstance(value, dict):
        return _said(value) or next((text for key in _HOLDERS if (text := _held(value.get(key), depth))), "")
    return ""


def _held(value: Any, depth: int) -> str:
    return asked_in(value, depth + 1) if isinstance(value, str | list | dict) else ""


def _in_list(items: list[Any], depth: int) -> str:
    if len(items) == 2 and isinstance(items[0], str) and isinstance(items[1], str):  # a message as a pair
        return items[1] if items[0].lower() in _USERS else ""
    for item in reversed(items):
        text = asked_in(item, depth + 1) if isinstance(item, list) else _said(item) if isinstance(item, dict) else ""
        if text:
            return text
    return ""


def _said(message: dict[str, Any]) -> str:
    """Return the text of a user's message; empty for messages of others, and for results that are sent as theirs."""
    fields, kinds = message, [message.get("role"), message.get("type")]
    for inner in ("kwargs", "data"):
        if isinstance(message.get(inner), dict) and "content" in message[inner]:
            fields = message[inner]
            kinds += [fields.get("type"), *(message["id"][-1:] if isinstance(message.get("id"), list) else ())]
    if not any(isinstance(kind, str) and kind.lower() in _USERS for kind in kinds):
        return ""
    said = next((fields[key] for key in _SAID if fields.get(key)), None)
    if isinstance(said, list) and any(isinstance(part, dict) and part.get("type") == "tool_result" for part in said):
        return ""
    return plain_text(said)
