"""The summaries of failed test runs: what pytest and unittest print when a test fails or cannot be collected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .error import Frame, PythonError, last_part
from .lines import exception_line, names_an_exception

if TYPE_CHECKING:
    from collections.abc import Sequence

_SUMMARY = re.compile(
    r"(?:(?:\d+ \w+, )*\d+ (?:failed|errors?)\b(?:, \d+ \w+)*|(no tests ran)) in [\d.]+s(?: \([\d:]+\))?$"
)
_PASSED = re.compile(
    r"=* ?(?:\d+ (?:passed|skipped|xfailed|xpassed|deselected|warnings?)(?:, )?)+ in [\d.]+s|Ran \d+ tests? in [\d.]+s$"
)
_SHORT = re.compile(r"(?:FAILED|ERROR) \S*(?:\.py\b|::)")
_LOCATION = re.compile(r"(\S[^:\n]*\.py):(\d+): ([A-Za-z_][\w.]*)\s*$")
_UNITTEST_SUMMARY = re.compile(
    r"FAILED \((?:(?:failures|errors|skipped|expected failures|unexpected successes)=\d+[, ]*)+\)\s*$"
)
_FRAME = re.compile(r"\S[^:\n]*\.py:\d+: in \S+$")
_OUTCOME = "Failed"  # the exception of `pytest.fail` and of `pytest.raises`
_CONFTEST = "ImportError while loading conftest"
_INTERNAL = "INTERNALERROR> "


@dataclass(frozen=True, slots=True)
class TestRun:
    """A test run that failed, and the exception that its runner shows, if it shows one in its own form."""

    runner: str  # "pytest" or "unittest"
    error: PythonError | None
    empty: bool = False  # no test ran: nothing was found, or nothing was asked for


def read_test_run(lines: Sequence[str]) -> TestRun | None:
    """Return the test run that an output shows if it failed or ran nothing, or None.

    Its exception is the last one that pytest shows (`E   KeyError: …`, or the short summary); unittest prints plain
    tracebacks, so that its runs come without.
    """
    failed = empty = framed = False
    shown: PythonError | None = None  # behind `E`
    summed_up: PythonError | None = None  # in the short summary
    located: PythonError | None = None  # in `test_x.py:3: KeyError`
    for at, line in enumerate(lines):
        mark = line[:1]
        if mark == "E" and line.startswith("E  "):
            shown = _shown(lines, at) or shown
        elif mark in ("F", "E") and _SHORT.match(line[:1000]):
            failed = True
            summed_up = _named(line.partition(" - ")[2]) or summed_up
        elif mark == "F" and _UNITTEST_SUMMARY.match(line[:400]):
            return TestRun("unittest", None)
        elif mark == "I" and line.startswith((_CONFTEST, _INTERNAL)):
            failed = True
            shown = (_named(line.removeprefix(_INTERNAL)) if line.startswith(_INTERNAL) else None) or shown
        elif mark and mark in "=n0123456789" and (summary := _SUMMARY.match(line.strip("= ")[:400])):
            failed, empty = failed or summary[1] is None, empty or summary[1] is not None
        elif ".py:" in line and len(line) < 1000:
            framed = framed or _FRAME.match(line) is not None
            location = _LOCATION.match(line)
            located = (_at_location(location) if location else None) or located
    if failed or (shown is not None and (framed or located is not None)):
        return TestRun("pytest", shown or summed_up or located)
    return TestRun("pytest", None, empty=True) if empty else None


def sums_up(line: str) -> bool:
    """Return whether a line sums up a test run; one of pytest's tells that nothing failed."""
    return _PASSED.match(line.strip()) is not None


def _shown(lines: Sequence[str], at: int) -> PythonError | None:
    """Return the exception in a line `E   Type: message`; the lines `E` that go on with it belong to its message."""
    text = lines[at][1:].strip()
    named = exception_line(text)
    if named is None or not (names_an_exception(named[0]) or "." in named[0] or named[0] == _OUTCOME):
        is_assertion = text.startswith("assert ") and not lines[at - 1].startswith("E  ")
        return PythonError("AssertionError", "AssertionError", text, (), None) if is_assertion else None
    parts = [named[1]]
    for line in lines[at + 1 : at + 40]:
        if not line.startswith("E  ") or (exception_line(line[1:].strip()) and line[4:5].strip()):
            break
        parts.append(line[1:].strip())
    return PythonError(last_part(named[0]), named[0], "\n".join(parts).strip(), (), None)


def _named(text: str) -> PythonError | None:
    named = exception_line(text.strip())
    if named is None:
        return PythonError("AssertionError", "AssertionError", text, (), None) if text.startswith("assert ") else None
    if not names_an_exception(named[0]) and named[0] != _OUTCOME:
        return None
    return PythonError(last_part(named[0]), named[0], named[1], (), None)


def _at_location(found: re.Match[str]) -> PythonError | None:
    if not names_an_exception(found[3]) and found[3] != _OUTCOME:
        return None
    return PythonError(last_part(found[3]), found[3], "", (Frame(found[1], int(found[2][:9]), None, None),), None)
