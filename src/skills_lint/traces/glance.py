"""What can be told of most calls at a glance: that they ran well, so that what they returned need not be read.

Whatever is told here, `judge` tells too, only slower.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from ..errors.lines import TRACEBACK
from ..errors.parse import may_tell_an_error
from .command import glimpse
from .fields import NOTHING, UNREADABLE, Raw, decoder
from .status import status_in_text
from .tools import read_request, runs_by_name

if TYPE_CHECKING:
    from collections.abc import Collection

    from .event import Call, Result

_ESCAPE: Final = "\\u00"  # begins the spelling of a letter that could stand as it is
_ABSENT: Final = (NOTHING, Raw(b"null"), Raw(b'""'))


class _Answer(Struct):
    """The fields of a payload that can say that all went well, and those that can say otherwise beside them."""

    success: bool | None = None
    ok: bool | None = None
    succeeded: bool | None = None
    is_error: bool | None = None
    error: Raw = NOTHING
    exception_type: Raw = NOTHING
    error_type: Raw = NOTHING
    exc_type: Raw = NOTHING
    ename: Raw = NOTHING


def ran_well(call: Call, result: Result, python_tools: Collection[str]) -> bool | None:
    """Return whether a call that visibly ran well was Python; None if a judge has to look at it."""
    runs = runs_by_name(call.tool, python_tools)
    if runs is None:
        return None
    python = runs == "python"
    if runs == "shell":
        command = glimpse(read_request(call.tool, call.arguments, python_tools).code or "")
        if command.kind not in ("python", "other") or command.masked or command.reports or command.cut:
            return None
        python = command.kind == "python"
    return python if _went_well(result, python=python, tool=runs == "python") else None


def _went_well(result: Result, *, python: bool, tool: bool) -> bool:
    """Return whether a result says so and nothing in it says otherwise; `tool` that its tool only runs Python."""
    if result.error is not None or result.exit_code is not None:
        return False
    if result.ok is not None:
        return result.ok and result.content is None and not (tool and _may_hold_a_traceback(result))
    if result.stdout is not None or result.stderr is not None or not isinstance(result.content, Raw):
        return False
    content = bytes(result.content)
    if content[:1] == b"{" or content[:2] == b'"{':
        return _says_well(content)
    return content[:1] == b'"' and _tells_nothing(content, python=python)


def _tells_nothing(content: bytes, *, python: bool) -> bool:
    """Return whether a text without a status also shows no error."""
    try:
        text = decoder(str).decode(content)
    except UNREADABLE:
        return False
    if text.lstrip()[:1] in ("{", "[", '"') or status_in_text(text).ok is not None:
        return False
    return not python or ("\n" in text.strip() and not _may_tell_an_error(content))


def _may_tell_an_error(content: bytes) -> bool:
    """Return whether a text may show an error, judged by how JSON spells it: bytes are searched faster than letters."""
    spelled = content.decode("latin-1")
    begins_plainly = spelled[1:2] not in (" ", "\\")
    return not begins_plainly or _ESCAPE in spelled or 'File \\"' in spelled or may_tell_an_error(spelled)


def _may_hold_a_traceback(result: Result) -> bool:
    return any(_holds_one(stream) for stream in (result.stdout, result.stderr) if stream is not None)


def _holds_one(stream: Any) -> bool:
    """Return whether a stream may hold a traceback; of one that spells letters as `\\u0054` nothing is known."""
    text = bytes(stream) if isinstance(stream, Raw) else str(stream).encode("utf-8", "replace")
    return TRACEBACK.encode() in text or _ESCAPE.encode() in text


def _says_well(content: bytes) -> bool:
    """Return whether a payload, as JSON or as JSON in a string, begins its list of statuses with a good one."""
    if TRACEBACK.encode() in content or _ESCAPE.encode() in content:
        return False
    try:
        answer = decoder(_Answer).decode(content if content[:1] == b"{" else decoder(str).decode(content))
    except UNREADABLE:
        return False
    statuses = (answer.success, answer.ok, answer.succeeded, None if answer.is_error is None else not answer.is_error)
    return (
        next((status for status in statuses if status is not None), False)
        and answer.error in _ABSENT
        and answer.exception_type == answer.error_type == answer.exc_type == answer.ename == NOTHING
    )
