"""Spans as OTLP writes them in JSON; their attributes are lists of keys with values that name their type."""

from __future__ import annotations

from typing import Any

from msgspec import Raw, Struct

from ..sources.fields import NOTHING, plain, plain_fields
from .tree import unwrapped


class Value(Struct, gc=False):
    """A text, or a value of another type."""

    stringValue: Raw = NOTHING
    intValue: Raw = NOTHING
    boolValue: Raw = NOTHING
    kvlistValue: Raw = NOTHING


class Attribute(Struct, gc=False):
    """A name and a value."""

    key: str = ""
    value: Value | None = None


Attributes = dict[str, Value]


class Happening(Struct, gc=False):
    """What OTLP calls an event of a span."""

    name: str | None = None
    attributes: list[Attribute] | None = None


class Status(Struct, gc=False):
    """How a span ended."""

    code: int | str | None = None
    message: str | None = None


class Span(Struct, gc=False):
    """One operation."""

    traceId: str | None = None
    spanId: str | None = None
    name: str | None = None
    startTimeUnixNano: str | int | None = None
    endTimeUnixNano: str | int | None = None
    attributes: list[Attribute] | None = None
    events: list[Happening] | None = None
    status: Status | None = None


class Scope(Struct, gc=False):
    """The spans of one library."""

    spans: list[Span] | None = None


class Resource(Struct, gc=False):
    """The spans of one process."""

    scopeSpans: list[Scope] | None = None


class Export(Struct, gc=False):
    """One export."""

    resourceSpans: list[Resource] | None = None


def by_key(attributes: list[Attribute] | None) -> Attributes:
    """Return attributes by their names."""
    return {attribute.key: attribute.value for attribute in attributes or () if attribute.value is not None}


def payload(given: Attributes, keys: tuple[str, ...]) -> Any:
    """Return the first of some attributes that is there; a text is left raw."""
    for key in keys:
        if (value := given.get(key)) is not None:
            text = value.stringValue
            return unwrapped(plain_fields(value)) if text is NOTHING else text
    return None


def first(given: Attributes, keys: tuple[str, ...]) -> Any:
    """Return the first of some attributes that is there, as plain JSON."""
    return plain(payload(given, keys))
