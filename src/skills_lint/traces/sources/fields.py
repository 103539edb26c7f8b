"""The fields of records: a format declares those that it needs, and only these are read.

A format's `RECORD` is a `msgspec.Struct`. A field whose value may be long, or of any shape, is a `Raw`: it stays the
JSON text that it was until `plain` reads it. A record that does not fit is read field by field, and what has another
type than its field is left out, as if it were not there.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Raw, Struct

__all__ = [
    "NOTHING",
    "UNREADABLE",
    "Raw",
    "decoder",
    "fitted",
    "is_given",
    "plain",
    "plain_fields",
    "read",
    "read_json",
]

NOTHING: Final = Raw(b"")  # the default of a field that is left raw
UNREADABLE: Final = (msgspec.MsgspecError, UnicodeError, ValueError, RecursionError)


class _Misfit:
    """Stands for a value that does not have the type of its field."""


_MISFIT: Final = _Misfit()


@cache
def decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    """Return what reads JSON into a type; `Any` for plain values."""
    return msgspec.json.Decoder(kind)


def read_json(text: str) -> Any:
    """Return what JSON says, also where it breaks the standard in ways that are common, as with `NaN`; slow."""
    return json.loads(text, parse_int=_number)


def _number(digits: str) -> int | float:
    try:
        return int(digits)
    except ValueError:  # Python reads thousands of digits, and no more
        return float(digits)


def plain(value: Any) -> Any:
    """Return a value as plain JSON, read if it was left raw; None if it is not there or cannot be read."""
    if not isinstance(value, Raw):
        return value
    text = bytes(value)
    if not text:
        return None
    try:
        return decoder(Any).decode(text)
    except UNREADABLE:
        pass
    try:
        return read_json(text.decode("utf-8", "replace"))
    except UNREADABLE:
        return None


def read(value: Any, kind: Any) -> Any:
    """Return a value that may have been left raw as a type, or None where it is of another kind."""
    if isinstance(value, Raw):
        try:
            return decoder(kind).decode(value)
        except UNREADABLE:
            value = plain(value)
    return fitted(value, kind)


def is_given(value: Any) -> bool:
    """Say whether a field that may be raw holds anything but null."""
    return value is not NOTHING and value is not None and not (isinstance(value, Raw) and bytes(value) == b"null")


def plain_fields(record: Struct) -> dict[str, Any]:
    """Return the fields of a record that are there, as plain JSON."""
    names = zip(record.__struct_encode_fields__, record.__struct_fields__, strict=True)
    read = {
        told: _plain_inner(value)
        for told, name in names
        if (value := getattr(record, name)) is not None and value is not NOTHING  # most are not there
    }
    return {name: value for name, value in read.items() if value is not None}


def _plain_inner(value: Any) -> Any:
    if isinstance(value, Struct):
        return plain_fields(value)
    return [_plain_inner(item) for item in value] if isinstance(value, list) else plain(value)


def fitted(value: Any, kind: Any) -> Any:
    """Return a plain value as a type: its fields where they fit, and defaults where they do not.

    None where the value as a whole is of another kind. A list keeps its length: an item that does not fit is empty.
    """
    found = _fitted(value, kind)
    return None if found is _MISFIT else found


def _fitted(value: Any, kind: Any) -> Any:
    if kind is Any or kind is Raw:
        return value
    if isinstance(kind, type) and issubclass(kind, Struct):
        return _struct(value, kind) if isinstance(value, dict) else _MISFIT
    origin, inner = get_origin(kind), get_args(kind)
    if origin is list:
        return [_item(item, inner[0]) for item in value] if isinstance(value, list) else _MISFIT
    if inner:  # a union
        return next((found for each in inner if (found := _fitted(value, each)) is not _MISFIT), _MISFIT)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return value
    return value if type(value) is kind else _MISFIT


def _item(value: Any, kind: Any) -> Any:
    found = _fitted(value, kind)
    if found is not _MISFIT:
        return found
    kinds = [each for each in (kind, *get_args(kind)) if isinstance(each, type)]
    return next((each for each in kinds if issubclass(each, Struct)), kinds[0])()


def _struct(value: dict[str, Any], kind: type[Struct]) -> Struct:
    types = _types(kind)
    names = zip(kind.__struct_encode_fields__, kind.__struct_fields__, strict=True)
    found = {name: _fitted(value[told], types[name]) for told, name in names if told in value}
    return kind(**{name: inner for name, inner in found.items() if inner is not _MISFIT})


@cache
def _types(kind: type[Struct]) -> dict[str, Any]:
    return get_type_hints(kind)
