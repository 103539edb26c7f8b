"""The stable identity of a failure: exception type and message with its variable parts masked."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .fault import Fault

PIPELINE = 1  # goes up whenever the same failure would get another signature

_LONGEST = 200  # characters of a message; what varies tends to stand behind
_MASKS = (
    (re.compile(r"\[(?:redacted|user|withheld):[^\]\n]{0,90}\]"), "*"),  # placeholders differ from clone to clone
    (re.compile(r"0x[0-9a-fA-F]+"), "*"),
    (re.compile(r"""(?<!\w)(?:'[^'\n]*'|"[^"\n]*")(?!\w)"""), "'*'"),  # an apostrophe within a word opens no quote
    (re.compile(r"<[^<>\n]*>"), "<*>"),
    (re.compile(r"[a-z][a-z+.-]{1,20}://[^\s'\"<>]+"), "*"),
    (re.compile(r"(?:[A-Za-z]:)?(?:[\\/][\w.@~+-]+){2,}[\\/]?"), "*"),
    (re.compile(r"(?<![A-Za-z\d])\d+(?:\.\d+)?|\d+(?![A-Za-z\d])"), "*"),  # digits within a word belong to it
    (re.compile(r"(?:\.|\?)? Did you (?:mean|forget)\b.*"), ""),  # newer interpreters add it to the same message
)
_MEANINGFUL_EXITS = {124: "timed out", 137: "killed", 139: "crashed"}


@dataclass(frozen=True, slots=True)
class Signature:
    """What two failures of one kind have in common; `key` is the hash of `text`."""

    text: str
    key: str


def signature(fault: Fault) -> Signature:
    """Return the signature of a failure, such as `KeyError: '*'` or `exit:124`."""
    if fault.type is None:
        return _signed(f"exit:{'?' if fault.exit_code is None else fault.exit_code}")
    lines = [line.strip() for line in (fault.message or "").splitlines() if re.search(r"\w", line)]  # no rulers
    message = mask(lines[0][:_LONGEST]) if lines else ""
    return _signed(f"{fault.type}: {message}" if message else fault.type)


def mask(message: str) -> str:
    """Return a message with what varies from one failure to the next replaced by `*`."""
    for pattern, stands_for in _MASKS:
        message = pattern.sub(stands_for, message)
    return message


def _signed(text: str) -> Signature:
    return Signature(text, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12])


_SAYS_NOTHING = {
    _signed(text).key for text in ("exit:?", *(f"exit:{n}" for n in range(-64, 256) if n not in _MEANINGFUL_EXITS))
}


def is_key(text: str) -> bool:
    """Tell whether a text can be the hash of a signature; else it is the id of a bucket."""
    return re.fullmatch(r"[0-9a-f]{12}", text) is not None


def is_catch_all(key: str) -> bool:
    """Tell whether the signature with this hash names no cause: an exit status that any failure may have."""
    return key in _SAYS_NOTHING
