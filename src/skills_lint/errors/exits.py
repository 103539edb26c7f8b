"""Ends of a Python run that no exception tells: the interpreter's own complaints, and argparse's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_INTERPRETER = re.compile(
    r"(?:\S*/)?(?:python|pypy)[\w.\-]*(?:\.exe)?: "
    r"(?:can't open file .*|No module named .*|can't find .*|Error while finding module .*)"
    r"|Fatal Python error: .*"
    r"|\S+: line \d+:\s+\d+ (?:Killed|Terminated|Aborted|Segmentation fault|Bus error)(?: \(core dumped\))? .*python.*"
)
_ARGPARSE = re.compile(r"[\w./\-]+(?: [\w\-]+)*: error: (.+)")
_USAGE = ("usage: ", "ERROR: usage: ")  # pytest's has the longer one


def exit_message(lines: Sequence[str]) -> str | None:
    """Return what the interpreter or argparse said when it ended the run, or None if neither did.

    `python: can't open file …`, `python: No module named …` and argparse's `prog: error: …` below its usage.
    """
    usage = False
    message: str | None = None
    for line in lines:
        if line.startswith(_USAGE):
            usage = True
        elif "ython" in line[:300] or "pypy" in line[:300]:
            found = _INTERPRETER.match(line[:2000])
            message = found[0] if found else message
        if usage and ": error: " in line[:400] and (found := _ARGPARSE.match(line[:2000])):
            message = found[0]
    return message


def is_interpreter(message: str) -> bool:
    """Return whether an exit message is the interpreter's own."""
    return _INTERPRETER.match(message) is not None
