"""The stable identity of a failure: exception type and message with its variable parts masked."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .masks import first_line, mask, says_something
from .shape import shape_of, subscript_of
from .templates import template

if TYPE_CHECKING:
    from collections.abc import Callable

    from .fault import Fault
    from .origin import Origin
    from .said import Said
    from .thrown import Thrown

PIPELINE = 2  # goes up whenever the same failure would get another signature

_VALIDATION = re.compile(r"\d+ validation errors? for ")  # pydantic's, which tells what is wrong further down
_INVALID = re.compile(r"\[(type=\w{1,60})")
_MEANINGFUL_EXITS = {124: "timed out", 137: "killed", 139: "crashed"}


@dataclass(frozen=True, slots=True)
class Signature:
    """What two failures of one kind have in common; `key` is the hash of `text`."""

    text: str
    key: str
    pipeline: int = PIPELINE  # that made it


def sign(fault: Fault, error: Thrown, said: Said | None, origin: Callable[[], Origin]) -> Signature:
    """Return the signature of a failure, such as `KeyError: '*' in pandas` or `exit:124`.

    Its origin is asked for only where the message says nothing.
    """
    message = template(said, fault.code) if said is not None else None
    if message is None:
        message = mask(_telling(error.message or ""))
    if error.type is None:
        text = _exit(fault, message)
    else:
        text = f"{error.type}: {message}" if message else error.type
        if _says_nothing(said, message):
            text += _place(error, said, origin())
    return Signature(text, key_of(text))


def key_of(text: str) -> str:
    """Return the hash of a signature's text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def _exit(fault: Fault, message: str) -> str:
    """Return what the interpreter or argparse said when it ended the run, or else the exit status."""
    if message:
        return f"exit: {message}"
    return f"exit:{'?' if fault.exit_code is None else fault.exit_code}"


def _telling(message: str) -> str:
    """Return the line of a message that counts; of an exception with several arguments, the first of them.

    A KeyError writes the sentence of a library in quotes, which are taken off.
    """
    line = first_line(message)
    if _VALIDATION.match(line):
        return " ".join([line, *sorted(set(_INVALID.findall(message)))])
    if line[:1] in "'\"" and line[:1] == line[-1:] and " " in line:
        return line[1:-1]
    if line[:2] in ("('", '("'):
        quote = line[1]
        end = line.find(f"{quote}, ", 2)
        return line[2:end] if end > 0 else line
    return line


def _says_nothing(said: Said | None, message: str) -> bool:
    """Tell whether a masked message leaves open what went wrong."""
    if said is None or said.form == "assertion":
        return not says_something(message)
    return said.form == "missing-key"


def _place(error: Thrown, said: Said | None, origin: Origin) -> str:
    """Return the library that raised an error, or else the shape of the statement that failed."""
    if origin.library is not None:
        return "" if "." in (error.qualified or "") else f" in {origin.library}"  # a class of its own tells it already
    if origin.statement is None:
        return ""
    looks_up = said is not None and said.form == "missing-key"
    shape = subscript_of(origin.statement) if looks_up else shape_of(origin.statement)
    return f" at {shape}" if shape else ""


_SAYS_NOTHING = {
    key_of(text) for text in ("exit:?", *(f"exit:{n}" for n in range(-64, 256) if n not in _MEANINGFUL_EXITS))
}


def is_key(text: str) -> bool:
    """Tell whether a text can be the hash of a signature; else it is the id of a bucket."""
    return re.fullmatch(r"[0-9a-f]{12}", text) is not None


def is_catch_all(key: str) -> bool:
    """Tell whether the signature with this hash names no cause: an exit status that any failure may have."""
    return key in _SAYS_NOTHING
