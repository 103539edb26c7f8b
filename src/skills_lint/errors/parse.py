"""The uncaught error that ended a run, read from what the run printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .blocks import Block, read_blocks
from .error import Frame, PythonError, last_part
from .exits import exit_message
from .lines import TRACEBACK, exception_line, exception_repr, names_an_exception, output_lines
from .signs import Sign, signs_in
from .testruns import TestRun, read_test_run

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Frame", "Output", "PythonError", "parse_error", "read_output"]

_STATUS_WORDS = re.compile(r"(?i)error|fail|exception|execut|raised|due to|traceback|status|exit")
_TWO_HUMPS = re.compile(r"[A-Z]\w*[a-z]\w*[A-Z]\w*")  # names that plain words do not have
_WRAPPED_LIMIT = 600  # characters of a line in which a status may stand before the exception


@dataclass(frozen=True, slots=True)
class Output:
    """What an output shows of how its run ended, each sign apart."""

    lines: tuple[str, ...]
    blocks: tuple[Block, ...]  # the tracebacks, in order
    test_run: TestRun | None  # a failed one
    exit: str | None  # what the interpreter or argparse said
    bare: PythonError | None  # an exception's line that stands alone, at the start or the end
    leading: PythonError | None  # `bare`, where it stands at the start

    @property
    def block(self) -> Block | None:
        """The last traceback that can have ended the run."""
        return next((block for block in reversed(self.blocks) if not block.ignored), None)


def parse_error(text: str) -> PythonError | None:
    """Return the exception that ended the run, or None if the text shows none.

    The last traceback counts, with those that it was raised from as its causes. Of a failed test run it is the
    exception that the runner shows. Takes time linear in the length of the text.
    """
    return error_of(read_output(text))


def read_output(text: str) -> Output:
    """Return all signs of an error in a text."""
    lines = output_lines(text)
    signs = signs_in("\n".join(lines).encode("utf-8", "replace"))
    blocks = tuple(read_blocks(lines)) if Sign.BLOCK in signs or begins_blank(lines) else ()
    leading, trailing = _bare(lines, first=True), _bare(lines, first=False)
    bare = leading if leading is not None and not blocks else trailing or leading  # what follows is its message
    test_run = read_test_run(lines) if Sign.TEST_RUN in signs else None
    return Output(tuple(lines), blocks, test_run, exit_message(lines) if Sign.EXIT in signs else None, bare, leading)


def begins_blank(lines: Sequence[str]) -> bool:
    """Return whether white space stands where the head of a traceback may have been cut off."""
    return "\n".join(lines[:4])[:4].isspace()


def error_of(output: Output) -> PythonError | None:
    """Return the exception that ended the run of an output."""
    if output.test_run is not None and output.test_run.error is not None:
        return output.test_run.error
    block = output.block
    if block is None:
        return None if output.blocks or output.test_run is not None or output.exit is not None else output.bare
    if block.error is not None:
        return block.error
    if output.leading is not None:  # the end is cut off, but the tool told it first
        return output.leading
    return next((b.error for b in reversed(output.blocks) if b.error is not None and not b.ignored), None)


def class_and_message(text: str) -> tuple[str, str] | None:
    """Return `InvalidOperation` and what follows, where an error that Python is known to have raised begins so."""
    named = exception_line(text.lstrip().partition("\n")[0][:10_000])
    return named if named is not None and _TWO_HUMPS.fullmatch(last_part(named[0])) else None


def _bare(lines: list[str], *, first: bool) -> PythonError | None:
    """Return the exception in the first or last line that is not blank, behind a tool's status if there is one."""
    line = next((line for line in (lines if first else reversed(lines)) if line.strip()), "").strip()
    if TRACEBACK in line:
        return None
    named = _exception_in(line[:100_000])
    if named is None:
        named = _wrapped(line[:_WRAPPED_LIMIT]) if first else None
    if named is None or named[0].endswith("Warning"):
        return None
    return _told_twice(PythonError(last_part(named[0]), named[0], named[1].strip(), (), None))


def _exception_in(line: str) -> tuple[str, str] | None:
    """Return the exception that a line is: `KeyError: 'x'`, or its `repr`, which some tools return."""
    named = exception_line(line) or exception_repr(line)
    return named if named is not None and names_an_exception(named[0]) else None


def _wrapped(line: str) -> tuple[str, str] | None:
    """Return the exception behind words such as `Error executing tool: ` or `… failed due to: `."""
    at = line.find(": ")
    while at >= 0 and _STATUS_WORDS.search(line[:at]):
        named = _exception_in(line[at + 2 :])
        if named is not None:
            return named
        at = line.find(": ", at + 2)
    return None


def _told_twice(error: PythonError) -> PythonError:
    """Return `KeyError: 'x'` for a tool's `KeyError: KeyError: 'x'`."""
    inner = exception_line(error.message)
    if inner is not None and inner[1] and last_part(inner[0]) == error.type:
        return replace(error, qualified=inner[0], message=inner[1])
    return error
