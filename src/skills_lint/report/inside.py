"""Paths as they stand in what is committed or published: the same on every machine."""

from __future__ import annotations

import os
from pathlib import Path


def inside(root: Path, file: str | Path) -> str:
    """Return a file, named from the working directory, by its path from `root`, `/`-separated.

    Of a file elsewhere only the name is told, since its folders are nobody's business.
    """
    for place in (_absolute, _resolved):
        path, base = place(Path(file)), place(root)
        if path.is_relative_to(base):
            return path.relative_to(base).as_posix()
    return Path(file).name


def _absolute(path: Path) -> Path:
    """Return a path from the root of the file system, without `..`; links in it stay."""
    return Path(os.path.normpath(path.absolute()))


def _resolved(path: Path) -> Path:
    """Return a path with its links followed; as it is where no file can have such a name."""
    try:
        return path.resolve()
    except (OSError, ValueError):
        return path
