"""Failures from anywhere, a JSON object each: read, cut to size and redacted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ..errors.fault import Fault
from ..errors.limit import LONGEST, shortened
from ..errors.parse import parse_error
from ..redaction.pieces import Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..redaction import Redactor

_LONGEST_CODE = 2 * LONGEST  # characters of code and of a traceback
_MOST_ROWS = 256  # that are redacted at once, which costs a tenth of one by one
_MOST_CHARACTERS = 500_000  # of them; a search for secrets must end in time, whatever they hold
_WORDS = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    float: "a number",
    list: "a list",
    dict: "an object",
}


class RowError(ValueError):
    """A line that is no failure; the text says why."""


def read_row(line: bytes | str) -> Fault:
    """Return the failure that a line tells of, each text cut to its head and tail where it is long. Not yet redacted.

    Its keys are `exception_type`, `message`, `traceback`, `code` and `exit_code`, each may be missing or null; others
    are ignored. What `exception_type` does not tell is read from `traceback`. Raises RowError for anything else.
    """
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RowError("the line is not JSON") from error
    if not isinstance(row, dict):
        raise RowError(f"the line is {_word(row)}, expected an object")
    qualified, message = _text(row, "exception_type", LONGEST), _text(row, "message", LONGEST)
    traceback, code = _text(row, "traceback", _LONGEST_CODE), _text(row, "code", _LONGEST_CODE)
    status = row.get("exit_code")
    if status is not None and type(status) is not int:
        raise RowError(f"`exit_code` is {_word(status)}, expected a whole number or null")
    if (qualified, message, traceback, status) == (None, None, None, None):
        raise RowError("`exception_type`, `message`, `traceback` and `exit_code` are all missing")
    qualified, message = _told(qualified or None, message, traceback)
    return Fault(qualified.rpartition(".")[2] if qualified else None, qualified, message, traceback, code, status)


def _told(qualified: str | None, message: str | None, traceback: str | None) -> tuple[str | None, str | None]:
    """Return the exception and its message, from the traceback where the row does not name it."""
    error = parse_error(traceback) if traceback and qualified is None else None
    return (error.qualified, error.message) if error else (qualified, message)


def _text(row: dict[str, Any], key: str, longest: int) -> str | None:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise RowError(f"`{key}` is {_word(value)}, expected a text or null")
    return shortened(value, longest) if value is not None else None


def _word(value: Any) -> str:
    return "null" if value is None else _WORDS[type(value)]


def in_batches(faults: Iterable[Fault | None]) -> Iterator[list[Fault | None]]:
    """Yield failures in their order, as many at once as are well redacted together; None stands for a bad line."""
    batch: list[Fault | None] = []
    size = 0
    for fault in faults:
        batch.append(fault)
        size += sum(map(len, _texts(fault))) if fault is not None else 0
        if len(batch) >= _MOST_ROWS or size >= _MOST_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def redacted(faults: Sequence[Fault], redactor: Redactor) -> list[Fault]:
    """Return failures without what is secret or personal in their texts."""
    texts = list(dict.fromkeys(text for fault in faults for text in _texts(fault)))
    safe: dict[str | None, str | None] = {None: None}
    safe.update(zip(texts, redactor.pieces([Piece(text) for text in texts]), strict=True))
    return [_with_texts(fault, safe) for fault in faults]


def _texts(fault: Fault) -> list[str]:
    return [text for text in (fault.qualified, fault.message, fault.traceback, fault.code) if text is not None]


def _with_texts(fault: Fault, safe: Mapping[str | None, str | None]) -> Fault:
    qualified = safe[fault.qualified]
    type_ = qualified.rpartition(".")[2] if qualified else None
    return Fault(type_, qualified, safe[fault.message], safe[fault.traceback], safe[fault.code], fault.exit_code)
