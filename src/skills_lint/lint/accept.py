"""Whether a value surely satisfies a JSON Schema, asked of functions that are made from the schema once.

Most skills satisfy theirs. A validator that could tell all errors takes a fifth of a check to say so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Accept = Callable[[Any], bool]
    Find = Callable[[str], tuple[Any, "Find"]]  # what a `$ref` names, and what finds the references in that

_NOTES = frozenset({"$schema", "$id", "$defs", "title", "description", "examples"})  # that demand nothing
_TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
# What each keyword demands; it speaks of values of one type, and lets others pass.
_DEMANDS: Mapping[str, Callable[[Any], Accept]] = {
    "type": lambda names: _of_type([names] if isinstance(names, str) else names),
    "required": lambda keys: lambda value: not isinstance(value, dict) or value.keys() >= set(keys),
    "minLength": lambda least: lambda value: not isinstance(value, str) or len(value) >= least,
    "maxLength": lambda most: lambda value: not isinstance(value, str) or len(value) <= most,
    "pattern": lambda pattern: lambda value: not isinstance(value, str) or bool(re.search(pattern, value)),
    "minimum": lambda least: lambda value: not isinstance(value, int) or value >= least,
    "maximum": lambda most: lambda value: not isinstance(value, int) or value <= most,
    "const": lambda wanted: lambda value: isinstance(value, str) and value == wanted,
    "uniqueItems": lambda wanted: lambda value: not wanted or not isinstance(value, list) or _are_other_texts(value),
    "enum": lambda wanted: lambda value: isinstance(value, str) and value in wanted,
}


class _UnknownError(Exception):
    """A schema demands what is not known here."""


def accepter(schema: Mapping[str, Any], find: Find) -> Accept | None:
    """Return what says of a value that it surely satisfies a schema; None for a schema that demands too much for that.

    A value that is not accepted may still satisfy the schema: a validator knows.
    """
    try:
        return _all_of(schema, find)
    except _UnknownError:
        return None


def _all_of(schema: Any, find: Find) -> Accept:
    if not isinstance(schema, dict):
        raise _UnknownError
    checks = [_check(keyword, schema, find) for keyword in schema if keyword not in _NOTES]
    return checks[0] if len(checks) == 1 else lambda value: all(check(value) for check in checks)


def _check(keyword: str, schema: Mapping[str, Any], find: Find) -> Accept:
    wanted = schema[keyword]
    if keyword in _DEMANDS:
        return _DEMANDS[keyword](wanted)
    if keyword == "$ref":
        return _all_of(*find(wanted))
    if keyword == "items":
        item = _all_of(wanted, find)
        return lambda value: not isinstance(value, list) or all(map(item, value))
    if keyword == "contains":
        sought = _all_of(wanted, find)
        return lambda value: not isinstance(value, list) or any(map(sought, value))
    if keyword == "properties":
        checks = [(key, _all_of(of_key, find)) for key, of_key in wanted.items()]
        return lambda value: not isinstance(value, dict) or all(c(value[key]) for key, c in checks if key in value)
    if keyword == "additionalProperties":
        known, other = schema.get("properties", {}).keys(), _all_of(wanted, find) if wanted else _no
        return lambda value: not isinstance(value, dict) or all(other(value[key]) for key in value.keys() - known)
    raise _UnknownError


def _of_type(names: Sequence[str]) -> Accept:
    whole = "integer" in names  # a whole number as JSON writes it; 1.0 is one too, but not surely
    types = tuple(_TYPES[name] for name in names if name in _TYPES)
    return lambda value: isinstance(value, types) or (whole and type(value) is int)


def _are_other_texts(values: Sequence[Any]) -> bool:
    """Say whether all values are texts, and each another one; what else is equal, JSON and Python see differently."""
    return all(isinstance(value, str) for value in values) and len(set(values)) == len(values)


def _no(_: Any) -> bool:
    return False
