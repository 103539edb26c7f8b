"""Paths as they stand in what is committed or published: the same on every machine."""

from __future__ import annotations

import os
from pathlib import Path


def inside(root: Path, file: str | Path) -> str:
    """Return a file, named from the working directory, by its path from `root`, `/`-separated.

    Of a file elsewhere only the name is told, since its folders are nobody's business.
    """
    path, base = Path(os.path.abspath(file)), Path(os.path.abspath(root))  # noqa: PTH100 - takes `..` away, keeps links
    if not path.is_relative_to(base):
        path, base = path.resolve(), root.resolve()
    return path.relative_to(base).as_posix() if path.is_relative_to(base) else path.name
