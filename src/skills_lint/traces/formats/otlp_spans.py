"""OpenTelemetry spans as OTLP JSON, an export a line, as the collector's file exporter writes them.

A span is a whole execution. Read are the GenAI semantic conventions (`gen_ai.tool.*`), and the attributes that
OpenInference puts into spans. A good status is no proof: many exporters write it for every span.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Raw

from ..event import Call, Result, SessionFacts, UserSaid
from ..shared.about import About
from ..shared.otlp import Attributes, Export, Span, by_key, first, payload
from ..sources.fields import plain
from ..verdicts.payload import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record, Spot

NAME = "otlp-spans"
ABOUT = About(
    title="OpenTelemetry GenAI spans",
    files="OTLP JSON, an export a line, as the collector's file exporter writes it",
    recognised="`resourceSpans` in every record",
    versions="the GenAI conventions with `gen_ai.tool.*`, and OpenInference's attributes in OTLP",
    execution="one span with `gen_ai.tool.name` or the name `execute_tool …`",
    failure="status code 2, an event `exception`; a good status is no proof",
    request="`gen_ai.input.messages`, or events `gen_ai.user.message`",
    skills="read: a tool for skills, or opening a `SKILL.md`",
    source="<https://opentelemetry.io/docs/specs/semconv/gen-ai/>",
)
APART = True

_TOOL = ("gen_ai.tool.name", "tool.name")
_ARGUMENTS = ("gen_ai.tool.call.arguments", "gen_ai.tool.arguments", "tool.parameters", "input.value")
_RESULTS = ("gen_ai.tool.call.result", "gen_ai.tool.result", "output.value")
_SESSION = ("gen_ai.conversation.id", "session.id")
_MODEL = ("gen_ai.response.model", "gen_ai.request.model", "llm.model_name")
_REQUESTS = ("gen_ai.input.messages", "gen_ai.prompt")
_FAILED = (2, "2", "STATUS_CODE_ERROR", "ERROR")


RECORD = Export


def recognise(head: Sequence[Record]) -> float:
    """Return 1 where the records are exports."""
    return float(bool(head) and all(isinstance(r.value, dict) and "resourceSpans" in r.value for r in head))


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of a file of exports."""
    for record in records:
        spans = list(_spans(record.value))
        for pointer, span in spans:
            yield from _events(record.spot(pointer if len(spans) > 1 or record.line is None else ""), span)


def _spans(line: Export) -> Iterator[tuple[str, Span]]:
    for r, resource in enumerate(line.resourceSpans or ()):
        for s, scope in enumerate(resource.scopeSpans or ()):
            for i, span in enumerate(scope.spans or ()):
                yield f"/resourceSpans/{r}/scopeSpans/{s}/spans/{i}", span


def _events(spot: Spot, span: Span) -> Iterator[Event]:
    given = by_key(span.attributes)
    session = str(first(given, _SESSION) or span.traceId or "")
    time = span.endTimeUnixNano or span.startTimeUnixNano
    model = first(given, _MODEL)
    if isinstance(model, str):
        yield SessionFacts(spot, session=session, model=model)
    said = _request(given, span)
    if said:
        yield UserSaid(spot, said, session=session, time=span.startTimeUnixNano)
    tool = first(given, _TOOL)
    if tool is None and (span.name or "").startswith("execute_tool "):
        tool = str(span.name).removeprefix("execute_tool ")
    if tool is None:
        return
    call_id = f"{span.traceId}{span.spanId}" if span.spanId else f"{spot.line}{spot.pointer}"
    yield Call(spot, call_id, str(tool), payload(given, _ARGUMENTS), session=session, time=span.startTimeUnixNano)
    yield _result(spot, span, given, call_id, session, time)


def _result(spot: Spot, span: Span, given: Attributes, call_id: str, session: str, time: Any) -> Result:
    thrown = _thrown(span)
    failed = span.status is not None and span.status.code in _FAILED
    content = payload(given, _RESULTS)
    stderr = thrown.get("exception.stacktrace")
    if failed and stderr is None and span.status is not None:
        stderr = span.status.message or None
    name = thrown.get("exception.type")
    return Result(
        spot, call_id, content, ok=False if failed else None, stderr=stderr, session=session, time=time,
        error=(str(name), str(thrown.get("exception.message") or "")) if name else None,
    )  # fmt: skip


def _thrown(span: Span) -> dict[str, Any]:
    """Return the attributes of the exception that a span recorded last."""
    for happening in reversed(span.events or ()):
        if happening.name == "exception":
            given = by_key(happening.attributes)
            return {key: first(given, (key,)) for key in given}
    return {}


def _request(given: Attributes, span: Span) -> str:
    """Return what a user says last in the messages that a span was given."""
    messages = first(given, _REQUESTS)
    if messages is None:
        told = [h for h in span.events or () if h.name == "gen_ai.user.message"]
        return plain_text(first(by_key(told[-1].attributes), ("content",))) if told else ""
    messages = plain(Raw(messages.encode("utf-8", "replace"))) if isinstance(messages, str) else messages
    users = (
        [m for m in messages if isinstance(m, dict) and m.get("role") == "user"] if isinstance(messages, list) else []
    )
    return plain_text(users[-1].get("parts", users[-1].get("content"))) if users else ""
