"""OpenAI Responses: items, responses with what was put into them, and the events of a stream.

An item that calls and the item that answers share a `call_id`; what ran at the provider is one item with both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..event import SessionFacts
from ..shared.about import About
from ..shared.continued import Continued
from ..shared.narrow import list_of, text_of
from ..shared.responses import CALLS, OUTPUTS, Place, item_events
from ..shared.running import Running
from ..shared.unnamed import UnnamedCalls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record

NAME = "openai-responses"
ABOUT = About(
    title="OpenAI Responses",
    files="an item a line, a list of items, responses with their `input`, or the events of a stream",
    recognised="items such as `function_call`, `shell_call`, `code_interpreter_call` and their outputs",
    versions="the API of 2026, with `shell_call` and `local_shell_call`",
    execution="`call_id` of a call ↔ that of its `…_output`; `code_interpreter_call` and `mcp_call` hold both",
    failure="`outcome.exit_code`, `status: failed`, `error`, or what the `output` says",
    request="`role: user`, or an `input` that is text",
    skills="read: a tool for skills, or opening a `SKILL.md`",
    source="real files; <https://platform.openai.com/docs/api-reference/responses>",
)

_LISTS = ("input", "output", "items", "data")
_AROUND = ("request", "response", "body", "item")  # hold items, or what holds them
_SESSIONS = ("session_id", "conversation_id", "conversation", "thread_id", "run_id")
_TIMES = ("timestamp", "ts", "created_at", "time")
_OTHERS = frozenset(
    {"message", "reasoning", "web_search_call", "file_search_call", "computer_call", "image_generation_call"}
)
_PARTIAL = (".added", ".delta", ".in_progress", ".created")  # events of a stream whose item is not there yet
_DEPTH = 3


def recognise(head: Sequence[Record]) -> float:
    """Return 0.9 where all records hold items and a call or its output is among them, little for mere messages."""
    found = [[item for _, item in _items(record.value)] for record in head]
    ours = sum(bool(items) or _is_streamed(record.value) for items, record in zip(found, head, strict=True))
    calls = any(_kind(item) in CALLS or _kind(item) in OUTPUTS for items in found for item in items)
    return ours / len(head) * (0.9 if calls else 0.03) if ours else 0.0


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of a file of items."""
    unnamed, running = UnnamedCalls(), Running()
    continued, session = Continued(), ""
    for record in records:
        value = record.value
        if not isinstance(value, dict):
            continue
        items = list(_items(value))
        response, time = _response(value), _first(value, _TIMES)
        ids = (str(_first(value, ("previous_response_id",)) or ""), response, *(_call_id(item) for _, item in items))
        session = continued.session(str(_first(value, _SESSIONS) or ""), ids, response or session)
        model = _first(value, ("model",))
        yield SessionFacts(record.spot(), session=session, model=model if isinstance(model, str) else None, time=time)
        for pointer, item in items:
            for event in item_events(item, Place(record, pointer, session, time=time), unnamed):
                yield from running.settled(event)


def _items(value: Any, pointer: str = "", depth: int = 0) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the items in a record, with their pointers."""
    if not isinstance(value, dict) or depth > _DEPTH:
        return
    kind = _kind(value)
    if kind in CALLS or kind in OUTPUTS or kind in _OTHERS or (kind is None and "role" in value):
        yield pointer, value
        return
    if kind is not None and kind.endswith(_PARTIAL):
        return
    for key in _AROUND:
        yield from _items(value.get(key), f"{pointer}/{key}", depth + 1)
    for key in _LISTS:
        held = value.get(key)
        if key == "input" and isinstance(held, str):
            yield f"{pointer}/{key}", {"role": "user", "content": held}
        for index, item in enumerate(list_of(held)):
            yield from _items(item, f"{pointer}/{key}/{index}", depth + 1)


def _kind(value: dict[str, Any]) -> str | None:
    kind = value.get("type")
    return kind if isinstance(kind, str) else None


def _is_streamed(value: Any) -> bool:
    return isinstance(value, dict) and (_kind(value) or "").startswith("response.")


def _call_id(item: dict[str, Any]) -> str:
    return text_of(item.get("call_id"))


def _response(value: dict[str, Any]) -> str:
    """Return the id of the response that a record holds or belongs to, or an empty text."""
    for holder in _holders(value):
        found = holder.get("response_id") or (holder.get("object") == "response" and holder.get("id"))
        if isinstance(found, str):
            return found
    return ""


def _holders(value: dict[str, Any], depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield a record, and what in it tells of a whole response or request."""
    yield value
    for key in ("response", "request", "body") if depth < _DEPTH else ():
        if isinstance(value.get(key), dict):
            yield from _holders(value[key], depth + 1)


def _first(value: dict[str, Any], names: tuple[str, ...]) -> Any:
    """Return the first of these fields that is filled, in a record or in the response or request within; or its id."""
    for holder in _holders(value):
        for name in names:
            found = holder.get(name)
            found = found.get("id") if isinstance(found, dict) else found
            if isinstance(found, str | int | float) and not isinstance(found, bool) and found != "":
                return found
    return None
