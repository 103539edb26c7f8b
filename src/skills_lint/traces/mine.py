"""The user's own sessions: where the tools keep them that this machine has."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ..place import InputError
from .formats import all_formats

if TYPE_CHECKING:
    from .shared.about import Home


def own_sessions(name: str) -> Path:
    """Return the folder of a format's own sessions; raises InputError where there is none."""
    homes = {format_.name: format_.home for format_ in all_formats() if format_.home is not None}
    if name not in homes:
        raise InputError(f"no place is known for sessions of {name!r}", way_out=f"known are {', '.join(sorted(homes))}")
    folder = _folder(homes[name])
    if not folder.is_dir():
        raise InputError(
            f"there are no sessions of {name}: no folder {folder}",
            way_out=f"set {homes[name].variable}, or name the folder: `skills-lint triage PATH`",
        )
    return folder


def sessions_here() -> dict[str, Path]:
    """Return the formats whose sessions lie on this machine, and where."""
    found = {format_.name: _folder(format_.home) for format_ in all_formats() if format_.home is not None}
    return {name: folder for name, folder in found.items() if next(folder.rglob("*.json*"), None) is not None}


def _folder(home: Home) -> Path:
    return Path(os.environ.get(home.variable) or home.folder).expanduser() / home.below
