"""Contents of the Gemini API wherever they stand: messages whose `parts` call tools, answer calls, or hold code.

`functionCall` pairs with `functionResponse` by `id` where there is one, else by name and order. Code that ran at Google
(`executableCode`) is answered by the `codeExecutionResult` that comes next. Python clients write `function_call`, ….
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from ..event import Call, Result
from .narrow import list_of, object_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..event import Record
    from .unnamed import UnnamedCalls

_KINDS: Final = ("functionCall", "functionResponse", "executableCode", "codeExecutionResult")
_NAMES: Final = {spelled: kind for kind in _KINDS for spelled in (kind, re.sub("(?=[A-Z])", "_", kind).lower())}
_OUTCOMES: Final = {"OUTCOME_OK": True, "OUTCOME_FAILED": False, "OUTCOME_DEADLINE_EXCEEDED": False}
_LISTS: Final = ("messages", "history", "clientHistory", "contents", "candidates", "updates")
_AROUND: Final = ("$set", "$patch", "request", "response", "content")  # hold lists of messages, or one
_EVENTS: Final = ("tool_use", "tool_result")  # of a stream; they stand for messages
_DEPTH: Final = 3
_CODE_TOOL: Final = "code_execution"


def messages_in(value: Any, pointer: str = "", depth: int = 0) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the messages in a record, with their pointers."""
    if not isinstance(value, dict) or depth > _DEPTH:
        return
    kind = value.get("type")
    if "parts" in value or "toolCalls" in value or (isinstance(kind, str) and ("content" in value or kind in _EVENTS)):
        yield pointer, value
        return
    for key in _AROUND:
        yield from messages_in(value.get(key), f"{pointer}/{key}", depth + 1)
    for key in _LISTS:
        for index, message in enumerate(list_of(value.get(key))):
            yield from messages_in(message, f"{pointer}/{key}/{index}", depth + 1)


def called_parts(message: Any) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Yield index, kind and fields of the parts of a message that call something or answer a call."""
    fields = object_of(message)
    for index, part in enumerate(list_of(fields.get("parts") or fields.get("content"))):
        for key, told in object_of(part).items():
            if key in _NAMES and isinstance(told, dict):
                yield index, _NAMES[key], told


def part_events(
    record: Record, pointer: str, message: dict[str, Any], session: str, unnamed: UnnamedCalls
) -> Iterator[Call | Result]:
    """Yield the calls and results in a message; they have no time of their own."""
    parts = list(called_parts(message))
    alone = not pointer and record.line is not None and sum(kind in _KINDS[1::2] for _, kind, _ in parts) == 1
    for index, kind, fields in parts:
        held = "parts" if message.get("parts") else "content"
        spot = record.spot(pointer if alone else f"{pointer}/{held}/{index}")
        is_code = kind in ("executableCode", "codeExecutionResult")
        tool = _CODE_TOOL if is_code else str(fields.get("name") or "unknown")
        call_id = "" if is_code else str(fields.get("id") or "")
        if kind in ("functionCall", "executableCode"):
            arguments = {"code": fields.get("code")} if is_code else fields.get("args")
            call_id = call_id or unnamed.call(session, tool, record.spot(pointer), None)
            yield Call(spot, call_id, tool, arguments, session=session)
            continue
        call_id = call_id or unnamed.answered(session, tool, None)
        if is_code:
            ok = _OUTCOMES.get(str(fields.get("outcome")))
            yield Result(spot, call_id, ok=ok, stdout=fields.get("output"), tool=tool, session=session)
        else:
            content, failed = _response_of(fields)
            yield Result(spot, call_id, content, ok=False if failed else None, tool=tool, session=session)


def returned(result: Any) -> tuple[Any, bool]:
    """Return what a tool returned to the model, told as a part or as parts, and whether it is an error."""
    for part in result if isinstance(result, list) else [result]:
        answer = object_of(part).get("functionResponse")
        if isinstance(answer, dict):
            return _response_of(answer)
    return result, False


def _response_of(answer: dict[str, Any]) -> tuple[Any, bool]:
    response = answer.get("response")
    if not isinstance(response, dict):
        return response, False
    if response.get("error"):
        return response["error"], True
    return response.get("output", response.get("result", response)), False
