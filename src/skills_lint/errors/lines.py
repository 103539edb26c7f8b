"""The lines of an output as a person would see them, and the forms of line that Python's errors are made of."""

from __future__ import annotations

import ast
import builtins
import re

_ESCAPE = re.compile(r"\x1b(?:\[[0-9;:?<=>]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)|[()][0-9A-Za-z]|[=>78cDEHM])")

# A dotted name, as CPython prints the type of an exception: `module.Outer.<locals>.Name`.
_NAME = r"[^\W\d]\w*(?:\.(?:[^\W\d]\w*|<locals>))*"
_EXCEPTION_LINE = re.compile(rf"({_NAME})(?::(?:\s(.*)|$)|\s*$)", re.DOTALL)
_REPR = re.compile(rf"({_NAME})\((.{{0,10000}}?),?\)$")
_FRAME = re.compile(r'(\s*)File "([^\n]*)", line (\d+)(?:, in (.+))?\s*$')
_CHAINED = (
    "During handling of the above exception, another exception occurred:",
    "The above exception was the direct cause of the following exception:",
)
TRACEBACK = "Traceback (most recent call last)"

BUILTIN_EXCEPTIONS = frozenset(
    name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, BaseException)
)
_ENDINGS = ("Error", "Exception", "Warning", "Exit", "Interrupt", "Failure", "Fault", "Expired", "Timeout")
_MERE_WORDS = frozenset(_ENDINGS) - BUILTIN_EXCEPTIONS  # `Error: no such option` names no exception


def output_lines(text: str) -> list[str]:
    """Return the lines of an output without colours; a carriage return ends a line only before a line feed."""
    if "\x1b" in text:
        text = _ESCAPE.sub("", text)
    if "\r" not in text:
        return text.split("\n")
    return [line.removesuffix("\r") for line in text.replace("\r\n", "\n").split("\n")]


def exception_line(line: str) -> tuple[str, str] | None:
    """Return the type and message of a line such as `KeyError: 'x'`, or None if it cannot be one."""
    if len(line) > 1 and not line[0].isspace():
        found = _EXCEPTION_LINE.match(line)
        if found is not None:
            return found[1], found[2] or ""
    return None


def exception_repr(line: str) -> tuple[str, str] | None:
    """Return the type and message of a line such as `ValueError('x')`, or None if it is no call of a name."""
    found = _REPR.match(line.rstrip())
    if found is None:
        return None
    try:
        message = ast.literal_eval(found[2]) if found[2] else ""
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        message = found[2]
    return found[1], message if isinstance(message, str) else found[2]


def names_an_exception(qualified: str) -> bool:
    """Return whether a name is one that people give to exceptions; CPython itself allows any."""
    last = qualified.rpartition(".")[2]
    if last in BUILTIN_EXCEPTIONS or (last.endswith(_ENDINGS) and qualified not in _MERE_WORDS):
        return True
    return "." in qualified and (last in ("error", "timeout", "Empty", "Full") or _is_camel(last))


def _is_camel(name: str) -> bool:
    return name[:1].isupper() and any(char.islower() for char in name)


def frame_line(line: str) -> tuple[int, str, int, str | None] | None:
    """Return indentation, file, line number and function of a traceback's `File "…", line N, in f`."""
    if 'File "' not in line:
        return None
    found = _FRAME.match(line)
    return (len(found[1]), found[2], int(found[3][:9]), found[4]) if found else None


def chains(line: str) -> bool:
    """Return whether a line ties the traceback above it to the one below it."""
    return line.strip() in _CHAINED


def indentation(line: str) -> int:
    """Return the number of leading blanks."""
    return len(line) - len(line.lstrip())
