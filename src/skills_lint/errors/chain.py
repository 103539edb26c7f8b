"""Chains and groups of exceptions: which of them says what went wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .classes import bases_of
from .frames import own_frame, raising_library
from .names import is_standard, packages
from .parse import parse_error
from .said import read_message
from .wrappers import GENERIC, is_generic

if TYPE_CHECKING:
    from .error import PythonError
    from .fault import Fault

_DIRECT = "The above exception was the direct cause of the following exception:"
_WHILE = "During handling of the above exception, another exception occurred:"
_GROUP = "Exception Group Traceback"
_ORIGINAL = "Original Traceback"
_REMOTE = "RemoteTraceback:"
_LINK = re.compile(f"({re.escape(_DIRECT)})|{re.escape(_WHILE)}")
_READ_LIMIT = 50_000  # characters of a traceback, from its end
_DEPTH = 8
_CARRIERS = frozenset({"RemoteTraceback", "_RemoteTraceback", "CancelledError", "StopIteration", "StopAsyncIteration"})
_PART = re.compile(r"( *)\+(-\+)?-{5,} (\d+|\.\.\.) -{5,}\s*$")
_SHORT = 15  # characters; a message that is shorter may stand in another one by chance


def cause_that_counts(fault: Fault) -> tuple[PythonError, str] | None:
    """Return the exception that a failure's own was raised from or groups, and why it counts; None if its own does."""
    text = fault.traceback
    if text is None or not any(mark in text for mark in (_DIRECT, _WHILE, _GROUP, _ORIGINAL)):
        return None
    text = text[-_READ_LIMIT:]
    outer = parse_error(text)
    if outer is None or outer.type != fault.type:
        return None
    links = [found[1] is not None for found in _LINK.finditer(text)]
    remote = _REMOTE in text
    seen: list[str] = []
    while outer.cause is not None and len(seen) < _DEPTH:
        if outer.type.endswith("ExceptionGroup"):
            reason = _group(outer, text)
        elif remote and (outer.type, outer.message) == (outer.cause.type, outer.cause.message):
            reason, remote = f"what the worker of {outer.type} raised", False  # the pool raised it again
        else:
            reason = _link(outer, outer.cause, links)
        if reason is None:
            break
        seen.append(reason)
        outer = outer.cause
    return (outer, ", then ".join(seen)) if seen else None


def _link(outer: PythonError, inner: PythonError, links: list[bool]) -> str | None:
    """Return why the inner of two exceptions counts, or None if the outer does; the last of `links` ties them."""
    if outer.message.startswith(f"Caught {inner.type} in "):
        return f"what the worker of {outer.type} raised"
    direct = links.pop() if links else False
    again = (outer.type, outer.message) == (inner.type, inner.message)
    if again or inner.type in _CARRIERS or outer.type in _CARRIERS:
        return None
    bare = not outer.message or (outer.type == "SystemExit" and outer.message.isdigit())
    if bare:
        return f"what a bare {outer.type} was raised for" if is_generic(outer.qualified) else None
    if _repeats(outer.message, inner) and not _knows_better(outer, inner):
        return f"what the message of {outer.type} ends in"
    if (
        inner.type == outer.type
        or not is_generic(outer.qualified)
        or not inner.message
        or read_message(outer.type, outer.message) is not None
    ):
        return None
    if direct:
        return f"what {outer.type} was raised from"
    handled = outer.type in GENERIC and _raised_by_the_handler(outer, inner)
    return f"what {outer.type} was raised for" if handled else None


def _repeats(message: str, inner: PythonError) -> bool:
    """Tell whether a message ends in that of another exception, as `f"cannot load: {error}"` makes it."""
    end = ".)]} \n"
    text, said = message.rstrip(end), inner.message.rstrip(end)
    if not said:
        return False
    if text.endswith(f"{inner.type}: {said}") or (message.endswith(")") and f": {inner.type}(" in message):
        return True
    if not text.endswith(said):
        return False
    before = text[: len(text) - len(said)]
    return not before or len(said) >= _SHORT or before.endswith((": ", "- ", "\n", "("))


def _knows_better(outer: PythonError, inner: PythonError) -> bool:
    """Tell whether a library raised the outer exception in its own words and for its own reasons."""
    root = outer.qualified.partition(".")[0]
    if outer.type in GENERIC:
        return False
    if "." in outer.qualified:
        return root in packages() or is_standard(root)
    return raising_library(outer.frames) is not None or inner.type in bases_of(outer.qualified)[1:]


def _raised_by_the_handler(outer: PythonError, inner: PythonError) -> bool:
    """Tell whether the function that caught the inner exception raises the outer one by a statement of its own."""
    raising, catching = own_frame(outer.frames), inner.frames[0] if inner.frames else None
    if raising is None or catching is None or raising is not outer.frames[-1]:
        return False
    same = (raising.file, raising.function) == (catching.file, catching.function)
    return same and (raising.source is None or raising.source.startswith("raise "))


def _group(group: PythonError, text: str) -> str | None:
    """Return why the first exception of a group counts: all in it are of one kind."""
    if "(1 sub-exception)" in group.message:
        return f"the only exception in {group.type}"
    count = re.search(r"\((\d+) sub-exceptions\)", group.message)
    parts = _parts(text)
    kinds = {error.type if error is not None else None for error in map(parse_error, parts)}
    if count is None or len(parts) != int(count[1]) or len(kinds) != 1 or None in kinds:
        return None
    return f"the first of {len(parts)} exceptions of one kind in {group.type}"


def _parts(text: str) -> list[str]:
    """Return the texts of the exceptions in the last group of an output, without those of groups within it."""
    parts: list[list[str]] = []
    column = -1
    for line in text[text.rfind("+ " + _GROUP) :].splitlines():
        found = _PART.match(line)
        if found is not None:
            indent = len(found[1]) + (2 if found[2] else 0)
            column = indent if column < 0 else column
            if indent == column:
                parts.append([])
        elif parts and line.startswith(" " * column + "|"):
            parts[-1].append(line[column + 2 :])
    return ["\n".join(part) for part in parts]
