"""JSON of any shape as a flat list of its objects, for the fallback that knows no format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_DEPTH = 60  # levels; what lies deeper is not looked at
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_REPEATED = frozenset({"model_response", "raw_response", "tool_call_metadata", "history"})  # tell again what is beside
_CALL, _ANSWER = "call in a pair", "output"  # a list of an object and a text is taken for such a pair
_NUMBERED = re.compile(r"(.{1,60}?)_?(\d{1,6})")
_QUALIFIED = frozenset({"id", "name", "type", "message"})  # mean little without the word in front of them


@dataclass(frozen=True, slots=True)
class Node:
    """One object in a JSON value."""

    pointer: str
    key: str  # under which its parent holds it; of a list's items the list's key
    parent: int  # index of the object around it; -1 for the outermost
    fields: dict[str, Any]  # by plain names: `gen_ai.tool.call.arguments` and `toolCallArguments` are `…arguments`
    given: dict[str, str]  # the pointer token of each field


def flatten(value: Any) -> list[Node]:
    """Return the objects in a JSON value, outer ones before inner ones, in the order of the document."""
    nodes: list[Node] = []
    waiting: list[tuple[Any, str, str, int, int]] = [(value, "", "", -1, 0)]
    while waiting:
        item, pointer, key, parent, depth = waiting.pop()
        if depth > _DEPTH:
            continue
        pairs = None
        if isinstance(item, list):
            pairs = _key_values(item) or _call_with_answer(item)
            if pairs is None:
                inner = [(v, f"{pointer}/{i}", key, parent, depth + 1) for i, v in enumerate(item)]
                waiting.extend(v for v in reversed(inner) if isinstance(v[0], dict | list))
                continue
            item = pairs
        if isinstance(item, dict):
            fields, given = _plain(item)
            if item is pairs and _ANSWER in item:
                given = {_CALL: "0", _ANSWER: "1"}
            nodes.append(Node(pointer, key, parent, fields, given))
            at = len(nodes) - 1
            repeated = _REPEATED if "trajectory" in fields else _REPEATED - {"history"}
            told = _table(fields) or fields
            waiting.extend(
                reversed([(step, f"{pointer}/{given[k]}", key, at, depth + 1) for k, step in _steps(fields)])
            )
            below = [(v, f"{pointer}/{given[k]}", k, at, depth + 1) for k, v in told.items()]
            waiting.extend(v for v in reversed(below) if isinstance(v[0], dict | list) and v[2] not in repeated)
    return nodes


def subtree_ends(nodes: list[Node]) -> list[int]:
    """Return for each node the index after the last node inside it."""
    ends = [index + 1 for index in range(len(nodes))]
    for index in range(len(nodes) - 1, 0, -1):
        parent = nodes[index].parent
        if parent >= 0:
            ends[parent] = max(ends[parent], ends[index])
    return ends


def _plain(item: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    fields: dict[str, Any] = {}
    given: dict[str, str] = {}
    for key, value in item.items():
        name = plain_key(key)
        if name not in fields:
            fields[name] = value
            given[name] = key.replace("~", "~0").replace("/", "~1")
    return fields, given


def plain_key(key: str) -> str:
    """Return `arguments` for `gen_ai.tool.call.arguments`, `session_id` for `session.id` and for `sessionId`."""
    parts = key.split(".")
    last = parts[-1].lstrip("_")
    if len(parts) > 1 and last == "value":
        last = parts[-2]
    elif len(parts) > 1 and last in _QUALIFIED:
        last = f"{parts[-2]}_{last}"
    return _CAMEL.sub("_", last).lower() if last != last.lower() else last


def _key_values(items: list[Any]) -> dict[str, Any] | None:
    """Return OTLP's list of `{"key": …, "value": {"stringValue": …}}` as an object, or None if it is none."""
    if not items or not all(isinstance(i, dict) and isinstance(i.get("key"), str) and len(i) == 2 for i in items):
        return None
    if not all("value" in item for item in items):
        return None
    return {item["key"]: unwrapped(item["value"]) for item in items}


def _call_with_answer(items: list[Any]) -> dict[str, Any] | None:
    """Return a list of an object and a text as an object that holds both, or None if it is none."""
    if len(items) != 2 or not isinstance(items[0], dict) or not isinstance(items[1], str):
        return None
    return {_CALL: items[0], _ANSWER: items[1]}


def _steps(fields: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return the steps of an object that numbers its keys, as in `tool_args_0`, `observation_0`, `tool_args_1`.

    Each with the last of its keys; none where there are fewer than two fields a step, or where not all are numbered.
    """
    if not fields or not next(iter(fields))[-1:].isdigit():
        return []
    steps: dict[str, tuple[str, dict[str, Any]]] = {}
    for key, value in fields.items():
        found = _NUMBERED.fullmatch(key)
        if found is None:
            return []
        steps[found[2]] = key, {**steps.get(found[2], ("", {}))[1], found[1]: value}
    return list(steps.values()) if any(len(step) > 1 for _, step in steps.values()) else []


def _table(fields: dict[str, Any]) -> dict[str, Any] | None:
    """Return an object that holds the names of columns apart from rows with each row as an object, else None."""
    columns = fields.get("columns")
    if not isinstance(columns, list) or not all(isinstance(name, str) for name in columns):
        return None
    return {
        key: [dict(zip(columns, row, strict=False)) if isinstance(row, list) else row for row in value]
        if key in ("data", "rows") and isinstance(value, list)
        else value
        for key, value in fields.items()
    }


def unwrapped(value: Any) -> Any:
    """Return an OTLP value such as `{"stringValue": …}` as plain JSON; any other value as it is."""
    if isinstance(value, dict) and len(value) == 1:
        kind, inner = next(iter(value.items()))
        if kind in ("stringValue", "intValue", "doubleValue", "boolValue"):
            return inner
        if kind == "kvlistValue" and isinstance(inner, dict) and isinstance(inner.get("values"), list):
            return _key_values(inner["values"]) or {}
    return value
