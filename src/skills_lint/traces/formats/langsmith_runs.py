"""LangSmith runs, as its interfaces and its exports give them: flat, or with child runs in their parents.

A run is a whole execution. The `session_id` of a run is that of its project; a conversation is named in its metadata.
Where what the SDK sends was kept, a run is told when it begins (`post`) and again, in part, when it ends (`patch`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...errors.lines import TRACEBACK
from ..shared.about import About
from ..shared.langchain import unwrapped_answer
from ..shared.narrow import list_of, object_of, text_in
from ..shared.spans import Span, span_events
from ..verdicts.payload import unspelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record, Spot
    from ..shared.spans import Kind

    _Row = tuple[Spot, dict[str, Any], dict[str, Any]]  # its place, its fields, those of the run in which it lies

NAME = "langsmith-runs"
ABOUT = About(
    title="LangSmith runs",
    files="a run a line, a list, `runs` or `data` in a document, or `post` and `patch`, with or without `child_runs`",
    recognised="`run_type` with `inputs` or `outputs`",
    versions="the run data format of 2023 to 2026",
    execution="one run with `run_type: tool`",
    failure="`error`, `status: error`, or a `ToolMessage` with this status in `outputs`; a good status is no proof",
    request="`inputs` of the root run, else those of the last `llm` run",
    skills="read: a tool for skills, or opening a `SKILL.md`",
    source="<https://docs.langchain.com/langsmith/run-data-format>, <https://docs.langchain.com/langsmith/data-export>",
)

_KINDS: dict[str, Kind] = {
    "tool": "tool", "llm": "model",
    **dict.fromkeys(("chain", "retriever", "embedding", "prompt", "parser", "agent"), "other"),
}  # fmt: skip
_CONVERSATION = ("session_id", "conversation_id", "thread_id")  # in this order LangSmith looks for it
_TRACEBACK = f"{TRACEBACK}:"
_DEPTH = 30  # levels of child runs
_ENDS, _HOLDERS = ("end_time", "outputs", "error"), ("runs", "data", "post", "patch")
_OPEN = 10_000  # runs that have begun and not ended


def recognise(head: Sequence[Record]) -> float:
    """Return the share of records that are such runs, or hold some."""
    ours = sum(any(_is_run(run) or "dotted_order" in run for _, run, _ in _runs(record.value)) for record in head)
    return ours / len(head) if head else 0.0


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of a file of runs."""
    rows = ((record.spot(pointer), run, around) for record in records for pointer, run, around in _runs(record.value))
    return span_events((_span(*row) for row in _ended(rows)), NAME)


def _ended(rows: Iterable[_Row]) -> Iterator[_Row]:
    """Yield runs as they are at their end: what is told when they begin waits for that."""
    begun: dict[str, _Row] = {}
    for spot, run, around in rows:
        own = text_in(run, "id", "run_id")
        if not _is_run(run):
            if own in begun:
                _, first, around = begun.pop(own)
                yield spot, first | {name: value for name, value in run.items() if value is not None}, around
        elif own and run.get("status") in (None, "pending") and not any(run.get(name) for name in _ENDS):
            begun[own] = spot, run, around
            if len(begun) > _OPEN:
                yield begun.pop(next(iter(begun)))
        else:
            yield spot, run, around
    yield from begun.values()


def _runs(value: Any) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Yield pointer and fields of each run in a record, and the fields of the run in which it lies."""
    holders = [name for name in _HOLDERS if isinstance(value.get(name), list)] if isinstance(value, dict) else []
    if holders and not _is_run(value):
        for holder in holders:
            for index, item in enumerate(value[holder]):
                yield from _with_children(f"/{holder}/{index}", item, {}, 0)
    else:
        yield from _with_children("", value, {}, 0)


def _with_children(
    pointer: str, value: Any, around: dict[str, Any], depth: int
) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    if not isinstance(value, dict) or not (_is_run(value) or _is_end(value)) or depth > _DEPTH:
        return
    run = {"trace_id": around.get("trace_id") or around.get("id"), **value}
    yield pointer, run, around
    for index, child in enumerate(list_of(value.get("child_runs"))):
        yield from _with_children(f"{pointer}/child_runs/{index}", child, run, depth + 1)


def _is_run(value: dict[str, Any]) -> bool:
    kind = value.get("run_type")
    return isinstance(kind, str) and kind in _KINDS and not value.keys().isdisjoint(("inputs", "outputs"))


def _is_end(value: dict[str, Any]) -> bool:
    return value.keys() >= {"id", "trace_id", "end_time"} and "run_type" not in value


def _span(spot: Spot, run: dict[str, Any], around: dict[str, Any]) -> Span:
    own = text_in(run, "id", "run_id")
    kind = _KINDS[run["run_type"]]
    metadata = _metadata(run)
    inputs = unspelled(run.get("inputs"))
    error = run.get("error")
    content, ok = _answer(unspelled(run.get("outputs")))
    return Span(
        spot, own or f"{spot.line} {spot.pointer}", text_in(run, "trace_id") or own, kind,
        parent=text_in(run, "parent_run_id") or text_in(around, "id", "run_id"),
        session=text_in(metadata, *_CONVERSATION) or text_in(run, "thread_id"),
        name=text_in(run, "name") or "unknown",
        input=_arguments(inputs) if kind == "tool" else inputs,
        start=run.get("start_time"), end=run.get("end_time"),
        model=text_in(metadata, "ls_model_name") or None,
        content=content, ok=False if error or run.get("status") == "error" else ok,
        stderr=_error(error) if isinstance(error, str) and error else None,
    )  # fmt: skip


def _metadata(run: dict[str, Any]) -> dict[str, Any]:
    return object_of(unspelled(object_of(unspelled(run.get("extra"))).get("metadata")))


def _arguments(inputs: Any) -> Any:
    """Return the arguments of a call; LangChain may write them as Python's `repr` into the only input."""
    only = inputs.get("input") if isinstance(inputs, dict) and len(inputs) == 1 else None
    return inputs if only is None else unspelled(only)


def _answer(outputs: Any) -> tuple[Any, bool | None]:
    """Return what a tool returned, and False where LangChain says that it failed."""
    only = outputs.get("output") if isinstance(outputs, dict) and len(outputs) == 1 else None
    return (outputs, None) if only is None else unwrapped_answer(only)


def _error(error: str) -> str:
    """Return an error with its traceback on lines of its own; LangChain writes it right behind the exception."""
    head, found, rest = error.partition(_TRACEBACK)
    return f"{head}\n{found}{rest}" if found and head and not head.endswith("\n") else error
