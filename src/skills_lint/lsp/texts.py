"""The texts of files as an editor has them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ..lines import BOM
from ..skills.parse import read_text

if TYPE_CHECKING:
    from collections.abc import Mapping


Stamp = tuple[int, int] | None  # of a file: when it was changed, in nanoseconds, and its size; None: there is none


@dataclass(frozen=True, slots=True)
class Texts:
    """What is on disk, and over it the open documents, saved or not."""

    opened: Mapping[Path, str] = field(default_factory=dict)  # by real path

    def shown(self, path: Path) -> str:
        """Return the text of a file as an editor shows it, few of which keep a byte order mark; "" if it has none."""
        opened = self.opened.get(real(path))
        return on_disk(path) if opened is None else opened

    def unsaved(self, path: Path) -> str | None:
        """Return the text of an open document that is not the one on disk; None for any other file."""
        opened = self.opened.get(real(path))
        return None if opened is None or opened == on_disk(path) else opened


def on_disk(path: Path) -> str:
    """Return the text of a file without a byte order mark; "" where it cannot be read."""
    return (read_text(path)[0] or "").removeprefix(BOM)


def real(path: Path) -> Path:
    """Return the path by which a file is known however it was named."""
    return Path(os.path.realpath(path))


def stamp(path: Path) -> Stamp:
    """Return what changes when a file does."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
