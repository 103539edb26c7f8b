"""Langfuse observations, as its interface and its exports give them: with their trace, in a list, or a line each.

Tools may be observations of the type `TOOL`, or plain `SPAN`s, of which those count that run something or failed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..shared.about import About
from ..shared.langchain import unwrapped_answer
from ..shared.narrow import text_in
from ..shared.spans import Span, span_events
from ..verdicts.payload import unspelled
from ..verdicts.tools import read_request, runs_by_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record, Spot
    from ..shared.spans import Kind

NAME = "langfuse"
ABOUT = About(
    title="Langfuse observations",
    files="`trace` with `observations`, a trace that holds them, a list, `data` in a document, or one a line",
    recognised="`type` as of observations, the id of a trace, and `startTime` or `start_time`",
    versions="Langfuse 2 to 4, names in either case; blob storage exports, also the enriched ones",
    execution="one observation: a `TOOL`, or a `SPAN` without others in it that runs code or failed",
    failure="`level: ERROR` with `statusMessage`, or what `output` says",
    request="`input` of the trace or of its root observation, else of the last `GENERATION`",
    skills="read: a tool for skills, or opening a `SKILL.md`",
    source="<https://langfuse.com/docs/api-and-data-platform/features/blob-storage-export-fields>",
)

_KINDS: dict[str, Kind] = {
    "TOOL": "tool", "GENERATION": "model", "SPAN": "other",
    **dict.fromkeys(("EVENT", "AGENT", "CHAIN", "RETRIEVER", "EVALUATOR", "EMBEDDING", "GUARDRAIL"), "other"),
}  # fmt: skip
_Row = tuple[str, dict[str, Any], dict[str, Any]]  # pointer and fields of an observation, and fields of its trace


def recognise(head: Sequence[Record]) -> float:
    """Return the share of records that are observations, or hold some."""
    ours = sum(any(True for _ in _rows(record.value)) for record in head)
    return ours / len(head) if head else 0.0


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of a file of observations."""
    return span_events((span for record in records for span in _spans(record)), NAME)


def _spans(record: Record) -> Iterator[Span]:
    told: set[str] = set()
    for pointer, fields, trace in _rows(record.value):
        span = _span(record.spot(pointer), fields, trace)
        if trace and span.trace not in told:
            told.add(span.trace)
            yield Span(
                record.spot(), "", span.trace, "other", session=span.session, input=trace.get("input"),
                start=trace.get("timestamp"),
            )  # fmt: skip
        yield span


def _rows(value: Any) -> Iterator[_Row]:
    if not isinstance(value, dict):
        return
    inner = value.get("trace")
    around = inner if isinstance(inner, dict) else {}
    for pointer, holder, trace in (
        ("/observations", value, around or value), ("/trace/observations", around, around), ("/data", value, {}),
    ):  # fmt: skip
        listed = holder.get(pointer.rpartition("/")[2])
        if isinstance(listed, list):
            rows = [(f"{pointer}/{index}", item, trace) for index, item in enumerate(listed) if isinstance(item, dict)]
            yield from (row for row in rows if _is_observation(row[1], trace))
            return
    if _is_observation(value, {}):
        yield "", value, {}


def _is_observation(fields: dict[str, Any], trace: dict[str, Any]) -> bool:
    kind = fields.get("type")
    if not isinstance(kind, str) or kind not in _KINDS or not (_trace(fields) or trace):
        return False
    return not fields.keys().isdisjoint(("startTime", "start_time"))


def _span(spot: Spot, fields: dict[str, Any], trace: dict[str, Any]) -> Span:
    name, given = text_in(fields, "name") or "unknown", unspelled(fields.get("input"))
    failed = fields.get("level") == "ERROR"
    content, ok = unwrapped_answer(fields.get("output"))
    kind = _KINDS[fields["type"]]
    if fields["type"] == "SPAN" and (failed or _runs(name, given)):
        kind = "leaf"
    return Span(
        spot, text_in(fields, "id") or f"{spot.line} {spot.pointer}", _trace(fields) or text_in(trace, "id"), kind,
        parent=text_in(fields, "parentObservationId", "parent_observation_id"),
        session=text_in(trace, "sessionId", "session_id") or text_in(fields, "sessionId", "session_id"),
        name=name, input=given,
        start=text_in(fields, "startTime", "start_time"), end=text_in(fields, "endTime", "end_time"),
        model=text_in(fields, "model", "providedModelName", "provided_model_name") or None,
        content=content, ok=False if failed else ok,
        stderr=text_in(fields, "statusMessage", "status_message") or None if failed else None,
    )  # fmt: skip


def _runs(name: str, arguments: Any) -> bool:
    """Return whether a span that is said to be nothing in particular runs something."""
    if runs_by_name(name) in ("python", "shell"):
        return True
    return isinstance(arguments, dict) and read_request(name, arguments).runs in ("python", "shell")


def _trace(fields: dict[str, Any]) -> str:
    return text_in(fields, "traceId", "trace_id")
