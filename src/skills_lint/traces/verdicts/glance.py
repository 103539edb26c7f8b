"""What can be told of most calls at a glance: that they ran well, so that what they returned need not be read.

Whatever is told here, `judge` tells too, only slower.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import re2
from msgspec import Struct

from ...errors.lines import TRACEBACK
from ...errors.parse import begins_blank
from ...errors.signs import Sign, signs_in
from ..mark import spelled
from ..sources.fields import NOTHING, UNREADABLE, Raw, decoder
from .command import glimpse
from .status import WITHIN, status_in_text, without_status
from .tools import read_request, runs_by_name

if TYPE_CHECKING:
    from collections.abc import Collection

    from ..event import Call, Result

_TRACEBACK: Final = re2.compile(re2.escape(TRACEBACK).encode())
_BACKSLASH: Final = ord("\\")
_ESCAPE: Final = b"\\u00"  # begins the spelling of a letter that could stand as it is
_ABSENT: Final = (NOTHING, Raw(b"null"), Raw(b'""'))
_END: Final = WITHIN * 13 // 10  # bytes that spell so many characters, as a rule
# JSON in a string: that it begins with a good status, and what may say otherwise, with what then says nothing. JSON on
# one line has no line ends as they are; a text that has some may go on after its JSON.
_GOOD: Final = re2.compile(rb'"\{ ?\\"success\\": ?true[,}]')
_OTHERWISE: Final = re2.compile(
    rb"\\u00|[^\\](?:\\\\)*\\[bfnrt]"
    rb'|[^\\]\\"(?:success|error|exception_type|error_type|exc_type|ename)\\"\s*:\s*'
)
_NOTHING: Final = (b"null", b'\\"\\"')


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
        return result.ok and result.content is None and not (tool and _shows_a_traceback(result))
    if result.stdout is not None or result.stderr is not None or not isinstance(result.content, Raw):
        return False
    content = bytes(result.content)
    if content[:1] == b"{" or content[:2] == b'"{':
        return not (tool and _may_hold_a_traceback(content)) and _says_well(content)
    return content[:1] == b'"' and _tells_nothing(content, python=python)


def _shows_a_traceback(result: Result) -> bool:
    streams = (stream for stream in (result.stdout, result.stderr) if stream is not None)
    return any(_may_hold_a_traceback(spelled(stream)) for stream in streams)


def _may_hold_a_traceback(content: bytes) -> bool:
    """Return whether a text may hold a traceback; of one that spells letters as `\\u0054` nothing is known."""
    return _TRACEBACK.search(content) is not None or content.count(_ESCAPE) > 0


def _tells_nothing(content: bytes, *, python: bool) -> bool:
    """Return whether a text has no status, and, if Python printed it, shows no error."""
    text = _ends(content)
    if text is None or text.lstrip()[:1] in ("{", "[", '"') or status_in_text(text).ok is not None:
        return False
    if not python:
        return True
    several = "\n" in without_status(text).strip() and not begins_blank(text.split("\n", 4))
    return several and not content.count(_ESCAPE) and signs_in(content) is Sign.NONE


def _ends(content: bytes) -> str | None:
    """Return a text as far as a status may stand in it, or None if it cannot be read: of a long one both ends."""
    if len(content) > 2 * _END:
        first, last = _read(content[: content.rfind(b"\\n", 0, _END)] + b'"'), _read(b'"' + _tail(content))
        if first is not None and last is not None and min(len(first), len(last)) > WITHIN and not first.isspace():
            return first + last
    return _read(content)


def _tail(content: bytes) -> bytes:
    """Return the end of a text from the end of a line on; nothing but a quote where there is none for certain."""
    line_end = content.find(b"\\n", len(content) - _END)
    return content[line_end:] if line_end > 0 and content[line_end - 1] != _BACKSLASH else b'"'


def _read(content: bytes) -> str | None:
    try:
        return str(decoder(str).decode(content))
    except UNREADABLE:
        return None


def _says_well(content: bytes) -> bool:
    """Return whether a payload, as JSON or as JSON in a string, begins its list of statuses with a good one."""
    good = _GOOD.match(content) if content.endswith(b'}"') else None
    if good is not None:
        others = _OTHERWISE.finditer(content, good.end() - 1)
        return all(content.startswith(_NOTHING, found.end()) for found in others)
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
