"""What is installed beside this program."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def libraries() -> list[str]:
    """Return the libraries that this Python can import, with their versions, as the names of their records."""
    return sorted(
        name
        for folder in sys.path
        if folder.endswith("-packages") and Path(folder).is_dir()
        for name in os.listdir(folder)  # noqa: PTH208
        if name.endswith((".dist-info", ".egg-info"))
    )
