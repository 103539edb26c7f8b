"""The hint for one error, where it hurts: for sandboxes that append it to the error, and for hooks of agents."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..errors.fault import Fault
    from .hinter import Hint, Hinter

__all__ = ["hint"]


def hint(error_text: str, code: str | None = None, *, root: str | os.PathLike[str] | None = None) -> Hint | None:
    """Return what the repo, or else the built-in catalogue, has to say about an error; None where that is nothing.

    `error_text` is what a failed run printed, `code` the Python or the command that ran. The repo is found from folder
    `root`, by default the working directory, and is read once in a process. It never raises: where a file of the repo
    cannot be used, the catalogue alone is asked. Nothing of the error is kept.
    """
    try:
        fault = read_fault(error_text, code)
        return _hinter(os.path.abspath(root or "."), os.getcwd()).hint(fault) if fault else None  # noqa: PTH100, PTH109
    except Exception:  # whatever it is, the error that is already there matters more
        return None


def read_fault(error_text: str, code: str | None) -> Fault | None:
    """Return the failure that a failed run of Python printed, as `scan` reads it; None where nothing was printed."""
    from ..traces.event import Call, Result, Spot
    from ..traces.verdicts.verdict import judge

    if not error_text.strip():
        return None
    spot = Spot(None, None)
    call = Call(spot, "", "python", {"code": code or ""})
    return judge(call, Result(spot, "", content=error_text, ok=False)).fault


@lru_cache(maxsize=8)
def _hinter(root: str, _working_directory: str) -> Hinter:  # by the latter too, to which files of skills are relative
    from pathlib import Path

    from ..buckets.catalogue import load_catalogue
    from ..config import Config
    from ..place import InputError
    from ..project import Project, open_project
    from .hinter import Hinter
    from .prepared import causes_of

    try:
        project = open_project(Path(root), cached=True)
        return Hinter(project, causes_of(project))
    except InputError:
        return Hinter(Project(Config(Path(root))), load_catalogue())
