"""Whose code the frame of a traceback is in: a library's, the interpreter's, or the agent's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .names import packages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .error import Frame

_INSTALLED = re.compile(r"(?:site|dist)-packages/([\w-]+?)(?:\.py)?(?:/|$)")
_COMPILED = re.compile(r"([\w]+)/[\w/]*\w\.p(?:yx|xi|xd)$")  # "pandas/_libs/index.pyx"
_STANDARD = re.compile(
    r"(?i)<frozen |/lib(?:64)?/(?:python|pypy)\d[\d.]*t?/|/python\d*/lib/|/cpython/lib/|^lib/python\d"
)
_SANDBOX = re.compile(
    r"<(?:stdin|string|unknown|cell|module|code|exec|input|ipython|notebook|console|python|repl)[^>]*>$"
    r"|(?:Cell|Input) In ?\[|<ipython-input-"
    r"|.*[\\/](?:ipykernel_\d+[\\/].*|(?:tmp|script|code|exec|cell|run|sandbox)[_-]?[\da-z_]*\d[\da-z_]*\.py)$"
    r"|.*[\\/]te?mp[\\/]tmp[^\\/]*(?:[\\/][^\\/]+)?\.py$"
)


def library_of(frame: Frame) -> str | None:
    """Return the top-level package that a frame is in, or None if it is in no installed package."""
    file = frame.file.replace("\\", "/")
    installed = _INSTALLED.findall(file[-1_000:])
    if installed:
        return public(installed[-1])  # environments can lie in environments
    compiled = _COMPILED.match(file[-300:])
    return public(compiled[1]) if compiled is not None else None


def public(root: str) -> str:
    """Return the name under which a package is known: "pytest" for `_pytest`, "duckdb" for `_duckdb`."""
    bare = root.lstrip("_")
    return bare if bare in packages() else root


def is_standard_frame(frame: Frame) -> bool:
    """Tell whether a frame is in the standard library or in the interpreter itself."""
    file = frame.file.replace("\\", "/")[-1_000:]
    return _STANDARD.search(file) is not None and _INSTALLED.search(file) is None


def is_sandbox(file: str) -> bool:
    """Tell whether a frame's file is no file of a repo, but the code that a tool was given to run."""
    return _SANDBOX.match(file[:1_000]) is not None


def raising_library(frames: Sequence[Frame]) -> str | None:
    """Return the package whose code raised an error, what it called in the standard library included."""
    deepest = next((frame for frame in reversed(frames) if not is_standard_frame(frame)), None)
    return None if deepest is None else library_of(deepest)


def own_frame(frames: Sequence[Frame]) -> Frame | None:
    """Return the deepest frame that is in neither a library nor the interpreter."""
    return next((f for f in reversed(frames) if not is_standard_frame(f) and library_of(f) is None), None)
