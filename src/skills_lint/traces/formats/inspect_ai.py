"""Inspect AI logs: a log with its samples, or a sample alone, as the members of an `.eval` archive are.

Events of the kind `tool` hold call and result; the messages tell most of them again, or alone in logs without events.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from ..event import Call, Result, SessionFacts, UserSaid
from ..shared.about import About
from ..shared.asked import asked_in
from ..shared.narrow import list_of, object_of, own_session, text_in, text_of, with_texts
from ..verdicts.status import as_refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..event import Event, Record, Spot

NAME = "inspect-ai"
ABOUT = About(
    title="Inspect AI logs",
    files="`.json` logs, and the samples in `.eval` archives",
    recognised="`eval` with `samples`, or a sample: `epoch` with `input` and `messages` or `events`",
    versions="log version 2, with and without events, attachments and spans",
    execution="an event `tool`; else `tool_calls[].id` ↔ `tool_call_id` in the messages",
    failure="`error`, whose types `parsing` and `approval` mean that nothing ran; or what `result` says",
    request="`input` of the sample",
    skills="read: a tool for skills, or opening a `SKILL.md`",
    source="<https://inspect.aisi.org.uk/eval-logs.html>",
)

_SUMMARY = frozenset(("id", "epoch", "input", "target"))
_DEPTH = 20  # levels of events within events, and of spans


def recognise(head: Sequence[Record]) -> float:
    """Return the share of records that are logs, samples, or the summaries of samples, of which nothing is read."""
    ours = sum(_is_log(r.value) or _is_sample(r.value) or object_of(r.value).keys() >= _SUMMARY for r in head)
    return ours / len(head) if head else 0.0


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of logs and samples."""
    for record in records:
        if _is_sample(record.value):
            yield from _sample(record, "", record.value, {}, own_session(record))
        elif _is_log(record.value):
            for index, sample in enumerate(list_of(record.value.get("samples"))):
                if isinstance(sample, dict):
                    yield from _sample(record, f"/samples/{index}", sample, object_of(record.value["eval"]), "")


def _is_log(value: Any) -> bool:
    fields = object_of(value)
    return isinstance(fields.get("eval"), dict) and not fields.keys().isdisjoint(("samples", "plan"))


def _is_sample(value: Any) -> bool:
    fields = object_of(value)
    return {"epoch", "input"} <= fields.keys() and any(isinstance(fields.get(k), list) for k in ("messages", "events"))


@dataclass(frozen=True, slots=True)
class _Told:
    """A call, its result, or both, as an event or a message tells them."""

    pointer: str
    id: str
    tool: str
    fields: dict[str, Any]  # `arguments` of a call; `result` or `content`, and `error`, of a result
    calls: bool
    answers: bool
    thread: str = ""


def _sample(record: Record, pointer: str, fields: dict[str, Any], header: dict[str, Any], own: str) -> Iterator[Event]:
    name = "/".join(text_of(each) for each in (header.get("run_id"), fields.get("id"), fields.get("epoch")))
    session = text_in(fields, "uuid") or (name if header else own)
    whole = partial(with_texts, read=partial(_attachment, object_of(fields.get("attachments"))))
    model = text_in(object_of(fields.get("output")), "model") or text_in(header, "model") or None
    spot, start = record.spot(pointer), fields.get("started_at") or header.get("created")
    said = asked if isinstance(asked := whole(fields.get("input")), str) else asked_in(asked)
    yield SessionFacts(spot, session=session, model=model, time=start)
    yield UserSaid(spot, said, session=session, time=start)
    by_events = list(_from_events(fields.get("events"), "/events", ""))
    tasks, threads = {told.id: asked_in(whole(told.fields.get("arguments"))) for told in by_events}, {""}
    for told in (*by_events, *(told for told in _from_messages(fields.get("messages")) if told.id not in tasks)):
        at = record.spot(pointer + told.pointer)
        if told.thread not in threads:
            threads.add(told.thread)
            yield UserSaid(at, tasks.get(told.thread) or said, session=session, thread=told.thread)
        yield from _events(at, told, whole(told.fields), session)


def _attachment(attached: dict[str, Any], text: str) -> Any:
    """Return a text, or the attachment that it names."""
    return attached.get(text.partition("//")[2], text) if text.startswith(("attachment://", "tc://")) else text


def _events(spot: Spot, told: _Told, fields: dict[str, Any], session: str) -> Iterator[Event]:
    given, start = fields.get("arguments"), fields.get("timestamp")
    if told.calls:
        yield Call(spot, told.id, told.tool or "unknown", given, session=session, thread=told.thread, time=start)
    if told.answers:
        error = object_of(fields.get("error"))
        message, never = text_in(error, "message"), error.get("type") in ("parsing", "approval")
        yield Result(
            spot, told.id, None if never else fields.get("result", fields.get("content")), ok=False if error else None,
            stderr=as_refused(message) if never else message or None,
            tool=told.tool or None, session=session, thread=told.thread, time=fields.get("completed") or start,
        )  # fmt: skip


def _from_events(events: Any, pointer: str, thread: str, depth: int = 0) -> Iterator[_Told]:
    """Yield the calls among events and in them; what an agent does that a call started is a thread of its own."""
    listed = [(index, event) for index, event in enumerate(list_of(events)) if isinstance(event, dict)]
    spans = {text_in(e, "id"): text_in(e, "parent_id") for _, e in listed if e.get("event") == "span_begin"}
    agents = {text_in(e, "agent_span_id"): text_in(e, "id") for _, e in listed if text_in(e, "agent_span_id")}
    for index, event in listed:
        at, inner = f"{pointer}/{index}", thread
        if event.get("event") == "tool":
            inner, ended = text_in(event, "id") or at, event.get("pending") is not True
            around = _agent_around(text_in(event, "span_id"), spans, agents) or thread
            yield _Told(at, inner, text_in(event, "function"), event, calls=True, answers=ended, thread=around)
        if depth < _DEPTH:
            yield from _from_events(event.get("events"), f"{at}/events", inner, depth + 1)


def _agent_around(span: str, spans: Mapping[str, str], agents: Mapping[str, str]) -> str:
    """Return the id of the call that started the agent in whose span something happened, or an empty text."""
    for _ in range(_DEPTH):
        if not span or span in agents:
            break
        span = spans.get(span, "")
    return agents.get(span, "")


def _from_messages(messages: Any) -> Iterator[_Told]:
    for index, message in enumerate(list_of(messages)):
        fields, at = object_of(message), f"/messages/{index}"
        for number, call in enumerate(map(object_of, list_of(fields.get("tool_calls")))):
            call_id = text_of(call.get("id")) or f"{at}/{number}"
            yield _Told(at, call_id, text_in(call, "function"), call, calls=True, answers=False)
        if fields.get("role") == "tool":
            call_id = text_of(fields.get("tool_call_id")) or at
            yield _Told(at, call_id, text_in(fields, "function"), fields, calls=False, answers=True)
