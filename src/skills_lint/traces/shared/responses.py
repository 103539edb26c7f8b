"""Items of OpenAI's Responses API wherever they stand: alone, in requests and responses, or in rollouts of Codex."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from ..event import AgentSaid, Call, Result, UserSaid
from ..verdicts.payload import plain_text
from .narrow import list_of, object_of, text_of, whole_of
from .scripted import script_arguments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..event import Event, Record, Spot
    from .unnamed import UnnamedCalls

CALLS: Final = frozenset(
    {"function_call", "custom_tool_call", "local_shell_call", "shell_call", "code_interpreter_call", "mcp_call"}
)
OUTPUTS: Final = frozenset(
    {"function_call_output", "custom_tool_call_output", "local_shell_call_output", "shell_call_output"}
)
_UNFINISHED: Final = ("in_progress", "interpreting", "calling")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands: in a record, below a pointer, in an agent's thread of a session."""

    record: Record
    pointer: str = ""
    session: str = ""
    thread: str = ""
    time: Any = None

    def spot(self) -> Spot:
        """Return the place as events tell it."""
        return self.record.spot(self.pointer)

    def below(self, pointer: str) -> Place:
        """Return the place of a part of the item."""
        return replace(self, pointer=self.pointer + pointer)

    def call(self, call_id: str, tool: str, arguments: Any) -> Call:
        """Return a call that stands here."""
        return Call(self.spot(), call_id, tool, arguments, session=self.session, thread=self.thread, time=self.time)

    def result(self, call_id: str, content: Any = None, **told: Any) -> Result:
        """Return a result that stands here; `told` are further fields of it."""
        return Result(self.spot(), call_id, content, session=self.session, thread=self.thread, time=self.time, **told)


def item_events(item: dict[str, Any], place: Place, unnamed: UnnamedCalls) -> Iterator[Event]:
    """Yield the events of one item; none for those that call nothing and that no user wrote."""
    kind = item.get("type") if isinstance(item.get("type"), str) else None
    if kind == "message" or (kind is None and "role" in item):
        if item.get("role") == "user":
            text = plain_text(item.get("content"))
            yield UserSaid(place.spot(), text, session=place.session, thread=place.thread, time=place.time)
        elif item.get("role") == "assistant":
            yield AgentSaid(place.spot(), item.get("content"), place.session, place.thread, place.time)
    elif kind == "shell_call":
        yield from _commands(item, place)
    elif kind == "shell_call_output":
        yield from _outputs(item, place)
    elif kind in ("code_interpreter_call", "mcp_call"):
        yield from _whole(item, place)
    elif kind in CALLS:
        tool = str(item.get("name") or ("local_shell" if kind == "local_shell_call" else "unknown"))
        arguments = next((item[key] for key in ("arguments", "input", "action") if key in item), None)
        if kind == "custom_tool_call" and tool == "exec" and isinstance(arguments, str):
            arguments = script_arguments(arguments)
        yield place.call(_id(item) or unnamed.call(place.session, tool, None, place.time), tool, arguments)
    elif kind in OUTPUTS:
        yield place.result(_id(item) or unnamed.answered(place.session, None, place.time), item.get("output"))


def _id(item: dict[str, Any]) -> str:
    """Return the id that a call and its output share."""
    local = item.get("type") in ("local_shell_call", "local_shell_call_output")
    return text_of(item.get("call_id")) or (text_of(item.get("id")) if local else "")


def _commands(item: dict[str, Any], place: Place) -> Iterator[Event]:
    """Yield a call for each command that an item runs one after the other."""
    for index, command in enumerate(list_of(object_of(item.get("action")).get("commands"))):
        yield place.call(f"{_id(item)}/{index}", "shell", {"command": command})


def _outputs(item: dict[str, Any], place: Place) -> Iterator[Event]:
    """Yield a result for each of the commands; a lone one stands at the item itself."""
    outputs = item.get("output")
    outputs = outputs if isinstance(outputs, list) else [outputs]
    for index, output in enumerate(outputs):
        at = place if len(outputs) == 1 else place.below(f"/output/{index}")
        call_id = f"{_id(item)}/{index}"
        if not isinstance(output, dict):
            yield at.result(call_id, output)
            continue
        outcome = object_of(output.get("outcome"))
        yield at.result(
            call_id,
            ok=False if outcome.get("type") == "timeout" else None,
            exit_code=whole_of(outcome.get("exit_code")),
            stdout=output.get("stdout"),
            stderr=output.get("stderr"),
        )


def _whole(item: dict[str, Any], place: Place) -> Iterator[Event]:
    """Yield the call and the result of an item that holds both."""
    call_id = str(item.get("id") or item.get("call_id") or "")
    if item.get("type") == "mcp_call":
        yield place.call(call_id, str(item.get("name") or "unknown"), item.get("arguments"))
        told, ok = item.get("error") or item.get("output"), False if item.get("error") else None
    else:
        yield place.call(call_id, "code_interpreter", {"code": item.get("code")})
        logs = (object_of(part).get("logs") for part in list_of(item.get("outputs")))
        told, ok = (
            "\n".join(log for log in logs if isinstance(log, str)),
            False if item.get("status") == "failed" else None,
        )
    if item.get("status") not in _UNFINISHED:
        yield place.result(call_id, told, ok=ok)
