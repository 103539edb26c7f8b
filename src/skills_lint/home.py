"""Folders of the user who runs this, and files in them."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path | None:
    """Return the folder for what can be made again; None where the user has none. It need not exist."""
    return _folder("XDG_CACHE_HOME", ".cache")


def state_folder() -> Path | None:
    """Return the folder for what is to be kept from run to run; None where the user has none. It need not exist."""
    return _folder("XDG_STATE_HOME", ".local/state")


def _folder(variable: str, below_home: str) -> Path | None:
    named = os.environ.get("LOCALAPPDATA" if os.name == "nt" else variable, "")
    if Path(named).is_absolute():
        return Path(named)
    try:
        return Path.home() / below_home
    except RuntimeError:  # no home folder is known for this user
        return None


def write_whole(file: Path, data: bytes) -> None:
    """Write a file for its user alone, so that others see it whole or not at all; raises OSError where it cannot be."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = file.with_suffix(f".{os.getpid()}.new")
    new.write_bytes(data)
    new.replace(file)


def keep_newest(folder: Path, count: int) -> None:
    """Delete the files of a folder that were not in use for longest, all but some."""
    files = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    for file in files[count:]:
        file.unlink(missing_ok=True)
