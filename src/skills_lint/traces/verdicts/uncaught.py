"""Signs that an exception was not caught, for runs whose status is absent or hidden."""

from __future__ import annotations

import ast
import re
import warnings
from typing import TYPE_CHECKING

from ...errors.exits import is_interpreter
from ...errors.lines import exception_line, names_an_exception
from ...errors.testruns import sums_up

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ...errors.blocks import Block
    from ...errors.parse import Output
    from .command import Command

_PRINTS_CAUGHT = ("print_exc", "format_exc", "print_exception", "format_exception", "exc_info", ".exception(")
_ENDS = frozenset({"exit", "_exit", "quit", "abort"})
_WENT_ON = re.compile(
    r"(?i)\b(?:handled|caught|recovered|retry|retrying|skipped|skipping|continuing|ignored|ignoring|fallback|anyway)\b"
)
# What is not standard output: statuses and marks of tools, shells, limits and progress bars, warnings, logs.
_NOT_OUTPUT = re.compile(
    r"(?i)\s|</?\w+>|\[?(?:the )?(?:command|process)\b.{0,80}exit|(?:exit(?:ed)?|return ?code)\b.{0,20}\d"
    r"|[^\w\n]{0,9}.{0,40}\b(?:truncated|omitted|clipped)\b.{0,40}\W$"
    r"|(?:stdout|stderr|output):$|(?:wall time|chunk id): |real\s|user\s|sys\s"
    r"|.{0,300}(?:warning|%\||it/s|\$ ?$)|\[?\d{4}-\d\d-\d\d|(?:I|W|E)\d{4} "
)
_OF_MAKE = re.compile(r"make(?:\[\d+\])?: \*\*\* ")


def shows_an_uncaught_error(output: Output, command: Command | None, source: str | None) -> bool:
    """Return whether a text shows that its run ended by an error.

    `command` is the shell command that ran, if one did; `source` the Python code, as far as the trace shows it.
    """
    if (output.test_run is not None and not output.test_run.empty) or tells_an_exit(output, command):
        return True
    block = output.block
    if block is None:
        return _stands_alone(output, command)
    if block.logged or block.indent or not _is_real(block) or (command is not None and command.shows_log):
        return False
    if source is not None and _prints_what_it_caught(source):
        return False
    if command is not None and command.followed:
        return True  # what stands below may come from other programs
    return not _went_on(output.lines, block, command.echoes if command is not None else ())


def tells_an_exit(output: Output, command: Command | None) -> bool:
    """Return whether Python said why it ended; argparse's words count only where it is known that Python ran."""
    if output.exit is None:
        return False
    return command is None or command.kind != "unknown" or is_interpreter(output.exit)


def _is_real(block: Block) -> bool:
    """Return whether a block is a traceback and not the outline of one, as doctests have it."""
    return block.error is None or block.form in ("ipython", "group", "cut") or bool(block.error.frames)


def _stands_alone(output: Output, command: Command | None) -> bool:
    """Return whether an exception's line is all that a cut left, or all that a Python tool returned."""
    if output.bare is None:
        return False
    if command is None:
        return output.leading is not None and sum(bool(line.strip()) for line in output.lines) == 1
    last = next((line for line in reversed(output.lines) if line.strip() and not _OF_MAKE.match(line)), "")
    named = exception_line(last)
    return command.cut and named is not None and names_an_exception(named[0])


def _prints_what_it_caught(source: str) -> bool:
    """Return whether code visibly prints the tracebacks of exceptions that it catches, and then goes on."""
    if not any(word in source for word in _PRINTS_CAUGHT):
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return "except" in source
    handlers = [node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)]
    printing = [handler for handler in handlers if any(word in ast.unparse(handler) for word in _PRINTS_CAUGHT)]
    return any(not _ends_the_run(handler) for handler in printing)


def _ends_the_run(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    if isinstance(last, ast.Raise):
        return True
    called = last.value.func if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call) else None
    return (isinstance(called, ast.Attribute) and called.attr in _ENDS) or (
        isinstance(called, ast.Name) and called.id in _ENDS
    )


def _went_on(lines: Sequence[str], block: Block, echoes: Collection[str]) -> bool:
    """Return whether the program visibly went on after a traceback.

    What stands below it may be standard output that was buffered until the end. It was not if there was output above
    as well, in order, or if it says so itself, or tells of a test run in which all went well. `echoes` are lines that
    the command printed after it.
    """
    below = [line for line in lines[block.end :] if _is_output(line) and line.strip() not in echoes]
    if any(sums_up(line[:500]) for line in lines[block.end :]):
        return True
    if not below:
        return False
    above = [line for line in lines[: block.start] if _is_output(line)]
    return bool(above) or any(_WENT_ON.search(line[:500]) for line in below[-3:])


def _is_output(line: str) -> bool:
    return bool(line.strip()) and not _NOT_OUTPUT.match(line)
