"""OpenInference spans, as Phoenix exports them and as OpenTelemetry's Python SDK writes them.

A span is a whole execution. Attributes are named `input.value`, or stand in objects, or in columns such as
`attributes.input.value`. A good status is no proof: many exporters write it for every span.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..shared.about import About
from ..shared.langchain import unwrapped_answer
from ..shared.narrow import list_of, object_of, text_in
from ..shared.spans import Span, span_events
from ..verdicts.payload import unspelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record, Spot
    from ..shared.spans import Kind

NAME = "openinference"
ABOUT = About(
    title="OpenInference spans",
    files="a span a line, a list, or `data` or `spans` in a document; Phoenix's rows with columns `attributes.*`",
    recognised="an attribute `openinference.span.kind` or a `span_kind`, and ids of span and trace",
    versions="Phoenix's rows and interface, and OpenTelemetry's Python SDK, with attributes flat, nested or as JSON",
    execution="one span of the kind `TOOL`; one within another that calls the same is not counted",
    failure="`status_code: ERROR`, an event `exception`; a good status is no proof",
    request="`input.value` of the root span, else the last `user` in `llm.input_messages`",
    skills="read: a tool for skills, or opening a `SKILL.md`",
    source="<https://arize-ai.github.io/openinference/spec/semantic_conventions.html>",
)

_KINDS = frozenset(
    ("LLM", "TOOL", "AGENT", "CHAIN", "RETRIEVER", "RERANKER", "EMBEDDING", "GUARDRAIL", "EVALUATOR", "PROMPT")
)
_CALLS: dict[str, Kind] = {"TOOL": "tool", "LLM": "model"}
_ID = ("context.span_id", "context.spanId", "span_id", "spanId")
_TRACE = ("context.trace_id", "context.traceId", "trace_id", "traceId")
_DEPTH = 8  # levels of attributes in objects


def recognise(head: Sequence[Record]) -> float:
    """Return the share of records that hold such spans."""
    ours = sum(any(_kind(fields) for _, fields in _rows(record.value)) for record in head)
    return ours / len(head) if head else 0.0


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of a file of spans."""
    rows = ((record, *row) for record in records for row in _rows(record.value))
    spans = (_span(record.spot(pointer), fields) for record, pointer, fields in rows if _kind(fields))
    return span_events(spans, NAME)


def _rows(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield pointer and fields of each span in a record, by dotted names such as `context.span_id`."""
    if not isinstance(value, dict):
        return
    for holder in ("data", "spans"):
        if isinstance(value.get(holder), list):
            for index, item in enumerate(value[holder]):
                if isinstance(item, dict) and _has_attributes(item):
                    yield f"/{holder}/{index}", _dotted(item)
            return
    if _has_attributes(value):
        yield "", _dotted(value)


def _has_attributes(fields: dict[str, Any]) -> bool:
    return any(key.startswith("attributes") for key in fields)


def _dotted(fields: dict[str, Any], before: str = "", depth: int = 0) -> dict[str, Any]:
    """Return the fields of an object and of those within it by dotted names; a `value` stays as it is."""
    found: dict[str, Any] = {}
    for key, value in fields.items():
        inner = unspelled(value) if key == "attributes" else value
        if isinstance(inner, dict) and depth < _DEPTH and not key.endswith(("value", "parameters")):
            found |= _dotted(inner, f"{before}{key}.", depth + 1)
        else:
            found[before + key] = value
    return found


def _kind(fields: dict[str, Any]) -> str:
    """Return the kind of a span, or an empty text where this is none."""
    kind = text_in(fields, "attributes.openinference.span.kind", "span_kind", "spanKind").upper()
    return kind if kind in _KINDS and text_in(fields, *_TRACE) and text_in(fields, *_ID) else ""


def _span(spot: Spot, fields: dict[str, Any]) -> Span:
    kind: Kind = _CALLS.get(_kind(fields), "other")
    failed = text_in(fields, "status_code", "statusCode", "status.status_code", "status.code").upper().endswith("ERROR")
    content, ok = unwrapped_answer(fields.get("attributes.output.value"))
    thrown = _thrown(fields)
    named, told = text_in(thrown, "exception.type"), text_in(thrown, "exception.stacktrace")
    if failed and not told:
        told = text_in(fields, "status_message", "statusMessage", "status.description", "status.message")
    return Span(
        spot, text_in(fields, *_ID), text_in(fields, *_TRACE), kind,
        parent=text_in(fields, "parent_id", "parentId", "parent_span_id", "parentSpanId"),
        session=text_in(fields, "attributes.session.id"),
        name=text_in(fields, "attributes.tool.name", "name") or "unknown",
        input=_arguments(fields) if kind == "tool" else _input(fields),
        start=_first(fields, "start_time", "startTime"), end=_first(fields, "end_time", "endTime"),
        model=text_in(fields, "attributes.llm.model_name") or None,
        content=content, ok=False if failed else ok,
        error=(named, text_in(thrown, "exception.message")) if named else None, stderr=told or None,
    )  # fmt: skip


def _arguments(fields: dict[str, Any]) -> Any:
    """Return the arguments of a call; `tool.parameters` holds them in older spans, and a schema in newer ones."""
    given = fields.get("attributes.input.value")
    older = given is None
    given = unspelled(fields.get("attributes.tool.parameters") if older else given)
    return None if older and "properties" in object_of(given) else given


def _input(fields: dict[str, Any]) -> Any:
    """Return what was put into a span: its input, or the messages that a model was given."""
    if fields.get("attributes.input.value"):
        return fields["attributes.input.value"]
    listed = fields.get("attributes.llm.input_messages")
    if isinstance(listed, list):
        said = [_dotted(message) for message in listed if isinstance(message, dict)]
        return [{"role": m.get("message.role"), "content": m.get("message.content")} for m in said]
    return None


def _thrown(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the attributes of the exception that a span recorded last."""
    thrown = [
        event["attributes"]
        for event in map(object_of, list_of(unspelled(fields.get("events"))))
        if event.get("name") == "exception" and isinstance(event.get("attributes"), dict)
    ]
    return _dotted(thrown[-1]) if thrown else {}


def _first(fields: dict[str, Any], *keys: str) -> Any:
    return next((fields[key] for key in keys if fields.get(key)), None)
