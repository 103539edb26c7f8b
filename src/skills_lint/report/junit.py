"""What tests came to, from a JUnit file: the XML that pytest and most other runners of tests write."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from ..inert import one_line
from ..place import InputError, Place, shown
from .figures import SuiteRun
from .inside import inside

if TYPE_CHECKING:
    from pathlib import Path

_MOST_BYTES = 256 * 1024 * 1024
_PIECE = 256 * 1024  # expat reads a long attribute from its beginning with each piece: few pieces
_ROOTS = ("testsuites", "testsuite")
_WORST = ("error", "failure", "skipped")  # a test that fails, and errs when it is taken down, erred
_WAY_OUT = "give the file that the tests wrote, as `pytest --junitxml FILE` does"


def read_junit(path: Path, root: Path) -> SuiteRun:
    """Return what the tests of a JUnit file came to; the file is told from the `root` of the repo.

    The test cases are counted, since totals in the file differ from tool to tool. Read in pieces and without a tree;
    a file that declares a document type or entities is refused. Raises InputError, with the place.
    """
    counter = _Counter(shown(path))
    try:
        if not path.is_file():
            raise InputError("there is no such file", place=Place(counter.name), way_out=_WAY_OUT)
        if path.stat().st_size > _MOST_BYTES:
            raise InputError("the file is larger than 256 MB", place=Place(counter.name), way_out=_WAY_OUT)
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                counter.parser.Parse(piece)
            counter.parser.Parse(b"", True)
    except OSError as error:
        raise InputError(f"cannot read the file: {error.strerror}", place=Place(counter.name)) from error
    except (expat.ExpatError, ValueError, LookupError) as error:  # the latter two: an encoding that does not exist
        place = Place(counter.name, counter.parser.CurrentLineNumber, counter.parser.CurrentColumnNumber + 1)
        why = expat.ErrorString(error.code) if isinstance(error, expat.ExpatError) else error
        raise InputError(f"not a JUnit file: {why}", place=place, way_out=_WAY_OUT) from error
    came_to = counter.came_to
    whole = sum(came_to.values())
    if not whole:  # a run that broke before its first test would look like one in which nothing failed
        raise InputError("it holds no test case, so it shows nothing", place=Place(counter.name), way_out=_WAY_OUT)
    return SuiteRun(inside(root, path), whole, came_to["failure"], came_to["error"], came_to["skipped"])


class _Counter:
    """Counts test cases while a parser reads."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.came_to = dict.fromkeys((*_WORST, "passed"), 0)
        self._depth = 0
        self._case_at: int | None = None  # the depth of the open test case
        self._marks: set[str] = set()
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if not self._depth and local not in _ROOTS:
            raise self._not_junit(f"it begins with <{one_line(name, 40)}>, expected <testsuites> or <testsuite>")
        if local == "testcase" and self._case_at is None:
            self._case_at, self._marks = self._depth, set()
        elif self._case_at is not None and self._depth == self._case_at + 1:
            self._marks.add(local)
        self._depth += 1

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if self._depth == self._case_at:
            self._case_at = None
            self.came_to[next((how for how in _WORST if how in self._marks), "passed")] += 1

    def _refuse(self, *_declared: object) -> None:
        raise self._not_junit("it declares a document type, which test results do not need")

    def _not_junit(self, why: str) -> InputError:
        place = Place(self.name, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        return InputError(f"not a JUnit file: {why}", place=place, way_out=_WAY_OUT)
