"""The tracebacks in an output, in the order in which they were printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from .error import Frame, PythonError, last_part
from .ipython import cell_frame, read_ipython
from .lines import TRACEBACK, chains, exception_line, frame_line, indentation, names_an_exception

if TYPE_CHECKING:
    from collections.abc import Sequence

Form = Literal["traceback", "syntax", "ipython", "group", "cut"]

_NOISE_LIMIT = 40  # lines of other output that may stand inside a traceback before it is taken as cut off
_MESSAGE_LIMIT = 60  # lines
_GROUP_DEPTH = 10  # levels of exception groups, as many as Python prints
_PREFIX_LIMIT = 300  # characters that a tool may put before a traceback on its first line
_HEADER = re.compile(rf"(.*?){re.escape(TRACEBACK)}:?\s*$")
_STATUS = re.compile(
    r"(?i)(?:^|.*\b)(?:error|failed|failure|exception|output|stderr|stdout|result|traceback|code \d+)\b[^:]*:\s*$"
    r"|.*[>\]]\s*$"
)
_IPYTHON_HEADER = re.compile(r"([^\W\d][\w.]*) ( +)?$")  # the type is set apart from the rest of the line
_NUMBERED = re.compile(r"\s*(?:\S*:)?\d+[:\-|]|[+\-#>]|.*[\"'`]$")  # grep, cat -n, diff, comment, quotation, source
_LOG_LINE = re.compile(  # a line that says that something went wrong; `DEBUG` and `INFO` introduce nothing
    r"(?:|.*[\s\[|:<-])(?:ERROR|CRITICAL|FATAL|EXCEPTION|SEVERE)\b(?!:\s*$)"
    r"|(?:|.*[\s\[|:<-])(?:WARNING|WARN)(?:\]|\s*\||:\S|\s-\s)"
    r"|(?i:logged from|logging error|exception occurred)"
)
_SYNTAX_ERRORS = frozenset({"SyntaxError", "IndentationError", "TabError"})


@dataclass(frozen=True, slots=True)
class Block:
    """One traceback: the exception it ends with, where it stands, and what introduces it."""

    error: PythonError | None  # None where the end is cut off
    start: int  # index of its first line
    end: int  # index of the line after it
    form: Form
    indent: int
    logged: bool = False  # a log line introduces it: the program itself wrote it
    ignored: bool = False  # "Exception ignored in": it ended nothing


def read_blocks(lines: Sequence[str], depth: int = 0) -> list[Block]:
    """Return the tracebacks among `lines`; one that another was raised from is that one's cause, not a block.

    `depth` counts the exception groups around the lines.
    """
    blocks: list[Block] = []
    chained = False
    at = 0
    while at < len(lines):
        line = lines[at]
        block = _block_at(lines, at, depth)
        if block is None:
            chained = chained or chains(line)
            at += 1
            continue
        at = max(block.end, at + 1)
        if block.error is None and block.form == "cut":
            continue
        nested = line.lstrip().startswith("Original ")
        last = blocks[-1] if blocks else None
        if last is not None and last.error is not None and block.error is not None and (chained or nested):
            blocks[-1] = _joined(last, block, outer_first=nested)
        else:
            blocks.append(block)
        chained = False
    return blocks


def _joined(first: Block, second: Block, *, outer_first: bool) -> Block:
    """Return one block of two: a worker's traceback is printed below the error that carries it, a cause above."""
    outer, inner = (first, second) if outer_first else (second, first)
    assert outer.error is not None  # noqa: S101
    deepest = outer.error
    error = replace(deepest, cause=inner.error) if deepest.cause is None else deepest
    return replace(outer, error=error, start=first.start, end=second.end, logged=first.logged, ignored=first.ignored)


def _block_at(lines: Sequence[str], at: int, depth: int) -> Block | None:
    line = lines[at]
    if TRACEBACK in line:
        return _headed(lines, at, depth)
    frame = frame_line(line) or cell_frame(line)
    if frame is not None:
        return _headless(lines, at, max(0, frame[0] - 2))
    if at == 0 and line[:4].isspace():
        return _beheaded(lines)
    return None


def _headed(lines: Sequence[str], at: int, depth: int) -> Block | None:
    """Return the block whose header is line `at`, or None if that line only mentions a traceback."""
    found = _HEADER.match(lines[at])
    if found is None:
        return None
    prefix = found[1]
    if len(prefix) > _PREFIX_LIMIT:
        return None
    words = prefix.strip(" |+")
    if words.endswith("Exception Group"):
        return _group(lines, at, _introduced(lines, at), depth)
    ipython = _IPYTHON_HEADER.match(prefix)
    if ipython is not None and (ipython[2] or names_an_exception(ipython[1])) and ipython[1] != "Original":
        error, end = read_ipython(lines, at, ipython[1])
        return Block(error, at, end, "ipython", 0)
    if words and words != "Original" and (_NUMBERED.match(prefix) or not _STATUS.match(prefix)):
        return None
    indent = len(prefix) if not words else indentation(prefix)
    logged, ignored = _introduced(lines, at)
    if words and _LOG_LINE.match(prefix):
        logged = True
    error, end = _body(lines, at + 1, indent)
    return Block(error, at, end, "traceback", indent, logged, ignored)


def _introduced(lines: Sequence[str], at: int) -> tuple[bool, bool]:
    """Return whether a log line stands above line `at`, and whether the interpreter says that it ignored the error."""
    above = lines[at - 1][:400] if at else ""
    return bool(_LOG_LINE.match(above)), above.startswith("Exception ignored in")


def _headless(lines: Sequence[str], at: int, indent: int) -> Block:
    """Return the block of a SyntaxError, or of a traceback whose head is cut off, from its first frame on."""
    error, end = _body(lines, at, indent)
    single = error is not None and error.type in _SYNTAX_ERRORS and len(error.frames) == 1
    form: Form = "syntax" if single else "cut"
    return Block(error, at, end, form, indent, *_introduced(lines, at))


def _beheaded(lines: Sequence[str]) -> Block | None:
    """Return the block of a traceback of which only source lines and the exception are left, as `tail` leaves it."""
    for at, line in enumerate(lines):
        if line[:1].isspace() or not line:
            continue
        named = exception_line(line)
        if named is None or not names_an_exception(named[0]):
            return None
        message, end = _message(lines, at, 0, named[1])
        return Block(_error(named[0], message, ()), 0, end, "cut", 0)
    return None


def _body(lines: Sequence[str], at: int, indent: int) -> tuple[PythonError | None, int]:
    """Return the exception that ends the frames from line `at` on, and the line after it."""
    frames: list[Frame] = []
    noise = 0
    end = at
    while at < len(lines) and noise <= _NOISE_LIMIT:
        line = lines[at]
        frame = frame_line(line) or cell_frame(line)
        if frame is not None:
            frames.append(Frame(frame[1], frame[2], frame[3], _source(lines, at, frame[0])))
            noise, end = 0, at + 1
        elif TRACEBACK in line or chains(line):
            break
        elif line.strip() and indentation(line) <= indent:
            named = exception_line(line[indentation(line) :])
            close = noise == 0 and bool(frames)
            if named is not None and (_may_end(named, close=close) or (close and _is_lone_class(lines, at))):
                message, end = _message(lines, at, indent, named[1])
                return _error(named[0], message, tuple(frames)), end
            noise += 1
        at += 1
    return None, max(end, at if noise == 0 else end)


def _may_end(named: tuple[str, str], *, close: bool) -> bool:
    """Return whether a line may be the exception of a traceback; right below its frames any class name may."""
    name, message = named
    return names_an_exception(name) or (close and bool(message) and (name[:1].isupper() or "." in name))


def _is_lone_class(lines: Sequence[str], at: int) -> bool:
    """Return whether a line below frames is an exception without a message, whatever its class is called."""
    line = lines[at].strip()
    following = next((below for below in lines[at + 1 : at + 4] if below.strip()), "")
    return line.isidentifier() and line[:1].isupper() and not frame_line(following) and not _is_exception(following)


def _source(lines: Sequence[str], at: int, indent: int) -> str | None:
    if at + 1 < len(lines):
        line = lines[at + 1]
        if indentation(line) > indent and line.strip() and frame_line(line) is None:
            return line.strip()[:500]
    return None


def _message(lines: Sequence[str], at: int, indent: int, first: str) -> tuple[str, int]:
    """Return the message that starts in line `at`, with the lines that continue it, and the line after it.

    Nothing marks its end. Indented lines go on with it, and a plain line that heads indented ones, as pydantic and
    DuckDB print them; a blank line does where the indented or `LINE 1:` part of a database's message follows.
    """
    page = not first.strip() and lines[at].rstrip().endswith(":")  # it begins on the next line, and may be long
    parts = [first]
    at += 1
    while at < len(lines) and len(parts) < _MESSAGE_LIMIT:
        line = lines[at][indent:]
        if TRACEBACK in line or chains(line) or (line.strip() and indentation(lines[at]) < indent):
            break
        following = lines[at + 1][indent:] if at + 1 < len(lines) else ""
        if not page and not _continues(line, following):
            break
        parts.append(line)
        at += 1
    return "\n".join(parts).strip(), at


def _continues(line: str, following: str) -> bool:
    if frame_line(line) is not None:
        return False
    if not line.strip():
        return following.startswith(("LINE ", "Did you mean", "Candidate", "[SQL", "(Background"))
    if line[:1].isspace():
        return True
    if line.startswith(("LINE ", "Did you mean", "Candidate", "[SQL", "(Background")):
        return True
    return following[:1] in " \t" and bool(following.strip()) and not _is_exception(line)


def _is_exception(line: str) -> bool:
    named = exception_line(line)
    return named is not None and names_an_exception(named[0])


def _group(lines: Sequence[str], at: int, introduced: tuple[bool, bool], depth: int) -> Block:
    """Return the block of an exception group; the cause of its error is the first exception in it."""
    column = indentation(lines[at + 1]) if at + 1 < len(lines) else 2
    own: list[str] = []
    first: list[str] = []
    parts = 0
    end = at + 1
    while end < len(lines):
        line = lines[end]
        stripped = line.lstrip()
        if stripped[:1] not in ("|", "+"):
            break
        if stripped.startswith("+-") and "---" in stripped:
            parts += 1
        elif parts == 0 and indentation(line) == column:
            own.append(stripped[2:])
        elif parts == 1:
            first.append(stripped[2:])
        end += 1
    if not own:  # the lines of a group inside a group come without their border
        error, end = _body(lines, at + 1, indentation(lines[at]))
        return Block(error, at, end, "group", 0, *introduced)
    error, _ = _body(own, 0, 0)
    inner = read_blocks(first, depth + 1) if depth < _GROUP_DEPTH else []
    if error is not None:
        cause = inner[-1].error if inner else _bare(first)
        error = replace(error, cause=cause)
    return Block(error, at, end, "group", 0, *introduced)


def _bare(lines: Sequence[str]) -> PythonError | None:
    for line in lines:
        named = exception_line(line)
        if named is not None and names_an_exception(named[0]):
            return _error(named[0], named[1], ())
    return None


def _error(name: str, message: str, frames: tuple[Frame, ...]) -> PythonError:
    return PythonError(last_part(name), name.removeprefix("builtins."), message, frames, None)
