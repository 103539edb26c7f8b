"""Where a failure comes from: what the code imports, defines and calls, and the deepest frame of a library."""

from __future__ import annotations

import builtins
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .error import Frame
from .frames import is_sandbox, is_standard_frame, library_of, own_frame, public, raising_library
from .modules import module_is
from .names import is_standard, library_classes, packages
from .parse import parse_error
from .ran import Ran, read_code

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .fault import Fault
    from .said import Said
    from .thrown import Thrown

_READ_LIMIT = 50_000  # characters of a traceback, from its end
_PYTEST_PLACE = re.compile(r"^(\S[^:\n]{0,300}\.py):(\d{1,9}): (?:in \S+|[A-Z]\w*)\s*$", re.MULTILINE)
_PYTEST_LINE = re.compile(r"^>[ \t]+(\S.{0,499})$", re.MULTILINE)
_BUILTIN_TYPES = frozenset(
    {name for name, value in vars(builtins).items() if isinstance(value, type)}
    | {"NoneType", "NotImplementedType", "ellipsis", "module", "function", "method", "builtin_function_or_method"}
    | {"generator", "async_generator", "coroutine", "dict_keys", "dict_values", "dict_items", "list_iterator", "code"}
    | {"method_descriptor", "wrapper_descriptor", "method-wrapper", "mappingproxy", "frame", "traceback"}
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a failure comes from; what is not certain is left out."""

    library: str | None  # the package whose code raised it: "pandas"
    statement: str | None  # the line of the run code that failed
    facts: Mapping[str, str] = field(default_factory=dict)  # {"module-is": "placeholder"}; see docs
    by: str | None = None  # what all this was read from, in words


def origin(fault: Fault, error: Thrown, said: Said | None) -> Origin:
    """Return where a failure comes from."""
    frames = error.frames or _frames(fault)
    ran = read_code(fault.code) if fault.code else None
    statement = _statement(frames, ran, fault.traceback)
    library = raising_library(frames) or _library_of_class(error.qualified, frames)
    facts = _facts(fault, said, ran, frames)
    return Origin(library, statement, facts, _evidence(frames, ran) if library or statement or facts else None)


def _evidence(frames: Sequence[Frame], ran: Ran | None) -> str:
    deepest = next((frame for frame in reversed(frames) if not is_standard_frame(frame)), None)
    place = f"{deepest.file}:{deepest.line}" if deepest is not None and deepest.line else deepest and deepest.file
    read = [f"the frame {place}" if place else "", "the code" if ran is not None else ""]
    return " and ".join(part for part in read if part) or "the names alone"


def _frames(fault: Fault) -> tuple[Frame, ...]:
    """Return the frames of a failure's traceback; pytest tells the place in its own way."""
    if fault.traceback is None or fault.type is None:
        return ()
    text = fault.traceback[-_READ_LIMIT:]
    error = parse_error(text)
    if error is not None and error.type == fault.type and error.frames:
        return error.frames
    places = _PYTEST_PLACE.findall(text)[-1:]
    return tuple(Frame(file, int(line), None, None) for file, line in places)


def _library_of_class(qualified: str | None, frames: Sequence[Frame]) -> str | None:
    """Return the package that defines an exception; what is compiled has no frames of its own."""
    root, dot, _ = (qualified or "").partition(".")
    name = public(root)
    if not dot or not (name in packages() or any(library_of(frame) == name for frame in frames)):
        return None
    return name


def _statement(frames: Sequence[Frame], ran: Ran | None, traceback: str | None) -> str | None:
    """Return the line of the agent's own code that failed, from the traceback, else from the code by its number."""
    frame = own_frame(frames)
    if frame is None:
        lines = [line.strip() for line in ran.lines if line.strip()] if ran is not None and not frames else []
        return lines[0] if len(lines) == 1 else None
    if frame.source:
        return frame.source
    if ran is not None and frame.line is not None and is_sandbox(frame.file) and 0 < frame.line <= len(ran.lines):
        return ran.lines[frame.line - 1].strip() or None
    shown = _PYTEST_LINE.findall(traceback or "") if frame.file.endswith(".py") else []
    return shown[-1].strip() if shown else None


def _facts(fault: Fault, said: Said | None, ran: Ran | None, frames: Sequence[Frame]) -> dict[str, str]:
    if said is None:
        return {}
    found: dict[str, str | None] = {}
    if said.form in ("missing-module", "no-main-module"):
        own = [frame.file for frame in frames if not is_standard_frame(frame) and library_of(frame) is None]
        found["module-is"] = None if said.parts.get("of") else module_is(said.parts["module"], fault.code, own)
    if said.form == "syntax-error":
        found["file-is"] = "imported" if frames and not is_sandbox(frames[-1].file) else "run"
    if "callee" in said.parts:
        found["callee-is"] = _callee_is(said.parts["callee"], ran)
    if "owner" in said.parts:
        found["owner-is"] = "module" if said.parts.get("of") == "module" else _owner_is(said.parts["owner"], ran)
    return {name: fact for name, fact in found.items() if fact is not None}


def _owner_is(owner: str, ran: Ran | None) -> str | None:
    """Return whose class an object is of: "own", "builtin" (Python's), "library", or None."""
    if ran is not None and owner in ran.classes:
        return "own"
    if owner in _BUILTIN_TYPES:
        return "builtin"
    if owner in library_classes():
        return "library"
    module = owner if "." in owner else (ran.imports.get(owner) if ran is not None else None)
    return _home(module) if module is not None else None


def _callee_is(callee: str, ran: Ran | None) -> str | None:
    """Return who defines what was called: "own", "builtin" (Python's), "library", or None."""
    root, dot, last = callee.rpartition(".")
    name = (root if dot else last).removesuffix("()")
    if ran is not None and (name in ran.classes or name in ran.functions):
        return "own"
    if name in library_classes():
        return "library"
    if ran is not None and name in ran.imports:
        return _home(ran.imports[name])
    owners = {owner for owner, called in ran.calls if called == last} if ran is not None else set()
    if len(owners) == 1 and (owner := owners.pop()) not in ("", "?") and ran is not None:
        return _home(ran.imports[owner]) if owner in ran.imports else None
    return "builtin" if not dot and name in vars(builtins) and owners <= {""} else None


def _home(module: str) -> str | None:
    root = public(module.partition(".")[0])
    if root in packages():
        return "library"
    return "builtin" if root and is_standard(root) else None
