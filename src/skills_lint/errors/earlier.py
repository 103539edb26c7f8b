"""The signatures that earlier pipelines gave, so that what was recorded or pinned then is known again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .signature import key_of

if TYPE_CHECKING:
    from .fault import Fault

_LONGEST = 200  # characters of a message
_MASKS = (
    (re.compile(r"\[(?:redacted|user|withheld):[^\]\n]{0,90}\]"), "*"),
    (re.compile(r"0x[0-9a-fA-F]+"), "*"),
    (re.compile(r"""(?<!\w)(?:'[^'\n]*'|"[^"\n]*")(?!\w)"""), "'*'"),
    (re.compile(r"<[^<>\n]*>"), "<*>"),
    (re.compile(r"[a-z][a-z+.-]{1,20}://[^\s'\"<>]+"), "*"),
    (re.compile(r"(?:[A-Za-z]:)?(?:[\\/][\w.@~+-]+){2,}[\\/]?"), "*"),
    (re.compile(r"(?<![A-Za-z\d])\d+(?:\.\d+)?|\d+(?![A-Za-z\d])"), "*"),
    (re.compile(r"(?:\.|\?)? Did you (?:mean|forget)\b.*"), ""),
)


def earlier_keys(fault: Fault) -> tuple[str, ...]:
    """Return the hashes that a failure had in earlier pipelines, the latest first."""
    return (key_of(_first_text(fault)),)


def _first_text(fault: Fault) -> str:
    """Return the text of pipeline 1, to the letter."""
    if fault.type is None:
        return f"exit:{'?' if fault.exit_code is None else fault.exit_code}"
    lines = [line.strip() for line in (fault.message or "").splitlines() if re.search(r"\w", line)]
    message = lines[0][:_LONGEST] if lines else ""
    for pattern, stands_for in _MASKS:
        message = pattern.sub(stands_for, message)
    return f"{fault.type}: {message}" if message else fault.type
