"""The reference of the JSON Schemas, made from the schemas themselves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..shipped import shipped
from .names import page_title
from .page import Links, Page, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from markupsafe import Markup

_END = ".schema.json"
_LIMITS = {
    "maxLength": "at most {} characters",
    "minItems": "at least {}",
    "maxItems": "at most {}",
    "minimum": "at least {}",
    "maximum": "at most {}",
}


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a document, at any depth."""

    path: str  # "buckets[].match[].exception"
    type: str
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class SchemaView:
    """A schema with its keys, for its section of the page."""

    name: str
    title: str
    meaning: str
    keys: tuple[Key, ...]


def schemas_page() -> Page:
    """Return the reference of all shipped schemas."""
    title = "Schemas"

    def body(links: Links) -> Markup:
        return render("schemas.html", links, title=title, schemas=list(_shipped_schemas()))

    return Page("reference/schemas.md", page_title(title), body)


def keys_of(schema: Mapping[str, Any]) -> tuple[Key, ...]:
    """Return the keys that a schema describes, each before those inside it."""
    return tuple(_keys(schema, schema, "", ()))


def _shipped_schemas() -> Iterator[SchemaView]:
    folder = shipped("schemas", f"skill{_END}").parent
    for file in sorted(folder.glob(f"*{_END}")):
        schema = json.loads(file.read_text(encoding="utf-8"))
        name = file.name.removesuffix(_END)
        yield SchemaView(name, schema.get("title", name), schema.get("description", ""), keys_of(schema))


def _keys(schema: Mapping[str, Any], whole: Mapping[str, Any], path: str, above: tuple[str, ...]) -> Iterator[Key]:
    reference = schema.get("$ref")
    if reference in above:
        return  # a schema that holds itself
    above = (*above, reference) if reference else above
    schema = _resolved(schema, whole)
    required = schema.get("required", ())
    listed = "patternProperties" not in schema  # else they are words to propose, and no keys with a meaning each
    for name, inner in schema.get("properties", {}).items() if listed else ():
        here = f"{path}.{name}" if path else name
        resolved = _resolved(inner, whole)
        if resolved is True or not isinstance(resolved, dict):
            resolved = {}
        yield Key(here, _type(resolved, whole), name in required, _meaning(resolved))
        yield from _keys(inner if isinstance(inner, dict) else {}, whole, here, above)
    for key in ("items", "contains"):
        if isinstance(schema.get(key), dict):
            yield from _keys(schema[key], whole, f"{path}[]", above)
    if isinstance(schema.get("additionalProperties"), dict):
        yield from _keys(schema["additionalProperties"], whole, f"{path}.*", above)
    for branch in _branches(schema):
        yield from _keys(branch, whole, path, above)


def _branches(schema: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    return [branch for key in ("allOf", "anyOf", "oneOf") for branch in schema.get(key, ())]


def _resolved(schema: Any, whole: Mapping[str, Any]) -> Any:
    """Return the schema with what its local reference says filled in."""
    if not isinstance(schema, dict) or not str(schema.get("$ref", "")).startswith("#/"):
        return schema
    found: Any = whole
    for step in schema["$ref"][2:].split("/"):
        found = found[step]
    return {**_resolved(found, whole), **schema}


def _type(schema: Mapping[str, Any], whole: Mapping[str, Any]) -> str:
    if "$ref" in schema and "#" not in schema["$ref"]:
        return f"`{schema['$ref'].removesuffix(_END)}`"
    if "title" in schema:
        return str(schema["title"])
    if "const" in schema:
        return f"`{json.dumps(schema['const'])}`"
    if "enum" in schema:
        return " or ".join(f"`{json.dumps(value)}`" for value in schema["enum"])
    if "type" in schema:
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        named = " or ".join(types)
        items = _resolved(schema.get("items"), whole)
        return f"{named} of {_type(items, whole)}" if isinstance(items, dict) and types == ["array"] else named
    kinds = dict.fromkeys(_type(_resolved(branch, whole), whole) for branch in _branches(schema))
    return " or ".join(kind for kind in kinds if kind != "any") or "any"


def _meaning(schema: Mapping[str, Any]) -> str:
    limits = [text.format(schema[key]) for key, text in _LIMITS.items() if key in schema]
    meaning = str(schema.get("description", ""))
    return f"{meaning} ({', '.join(limits)})".strip() if limits else meaning
