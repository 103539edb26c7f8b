"""What this program consists of, and what is installed beside it: what its answers depend on beside their input."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).parent
_KINDS = (".py", ".yml", ".json", ".txt")


def files_of(*rooms: str) -> list[tuple[str, int, int]]:
    """Return the code and the tables of rooms of this program, each file with its size and time."""
    files = (file for room in rooms for file in sorted((_PACKAGE / room).rglob("*")) if file.suffix in _KINDS)
    return [(str(file), (found := file.stat()).st_size, found.st_mtime_ns) for file in files]


def libraries() -> list[str]:
    """Return the libraries that this Python can import, with their versions, as the names of their records."""
    return sorted(
        name
        for folder in sys.path
        if folder.endswith("-packages") and Path(folder).is_dir()
        for name in os.listdir(folder)  # noqa: PTH208
        if name.endswith((".dist-info", ".egg-info"))
    )
