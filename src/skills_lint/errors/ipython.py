"""IPython's form of a traceback: in notebooks, kernels and tools such as `run_ipython`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .error import Frame, PythonError, last_part
from .lines import TRACEBACK, chains, exception_line

if TYPE_CHECKING:
    from collections.abc import Sequence

_CELL = re.compile(r"(\s*)((?:Cell|Input) In ?\[\d*\])(?:, line (\d+)(?:, in (.+))?|, in (.+))\s*$")
_FILE = re.compile(r"File ([^\n]+?):(\d+)(?:, in (.+))?\s*$")
_OLD = re.compile(r"(<ipython-input-[^>\n]+>|(?:/|~|[A-Za-z]:\\)[^\n:]*\.pyx?) in (\S.*)$")
_ARROW = re.compile(r"-+> ?(\d+) ?(.*)")


def cell_frame(line: str) -> tuple[int, str, int, str | None] | None:
    """Return indentation, cell, line number and function of `Cell In[1], line 3`."""
    if " In" not in line:
        return None
    found = _CELL.match(line)
    if found is None or found[3] is None:
        return None
    return len(found[1]), found[2], int(found[3][:9]), found[4]


def read_ipython(lines: Sequence[str], header: int, name: str) -> tuple[PythonError | None, int]:
    """Return the exception of the traceback whose header is line `header`, and the line after it.

    The header names the type, so that it is known even where the end is cut off.
    """
    frames: list[Frame] = []
    at = header + 1
    while at < len(lines):
        line = lines[at]
        if TRACEBACK in line or chains(line):
            break
        named = exception_line(line)
        if named is not None and last_part(named[0]) == last_part(name):
            end = _message_end(lines, at + 1)
            message = "\n".join([named[1], *lines[at + 1 : end]]).strip()
            return PythonError(last_part(name), named[0], message, tuple(frames), None), end
        _note_frame(line, frames)
        at += 1
    return PythonError(last_part(name), name, "", tuple(frames), None), at


def _message_end(lines: Sequence[str], at: int) -> int:
    """Return where a message ends: IPython prints nothing after it but the next cell's output."""
    end = at
    while end < len(lines) and end - at < 60 and lines[end].strip() and TRACEBACK not in lines[end]:
        if chains(lines[end]) or set(lines[end].strip()) == {"-"}:
            break
        end += 1
    return end


def _note_frame(line: str, frames: list[Frame]) -> None:
    cell = _CELL.match(line) if " In" in line else None
    if cell is not None:
        frames.append(Frame(cell[2], int(cell[3][:9]) if cell[3] else None, cell[4] or cell[5], None))
    elif line.startswith("File ") and (file := _FILE.match(line)):
        frames.append(Frame(file[1], int(file[2][:9]), file[3], None))
    elif line[:1] in "<~/" and (old := _OLD.match(line)):
        frames.append(Frame(old[1], None, old[2], None))
    elif frames and line.lstrip().startswith("--") and (arrow := _ARROW.match(line.strip())):
        last = frames[-1]
        frames[-1] = Frame(last.file, int(arrow[1][:9]), last.function, arrow[2].strip()[:500] or None)
