"""The files of a folder as git sees them; vendored trees are left out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from .git import run_git

if TYPE_CHECKING:
    from collections.abc import Iterable

_VENDORED = frozenset(
    {
        ".git",
        ".nox",
        ".tox",
        ".venv",
        "__pycache__",
        "bower_components",
        "dist-packages",
        "node_modules",
        "site-packages",
        "third_party",
        "third-party",
        "vendor",
        "venv",
    }
)

_INSTALLED = frozenset({".git", ".nox", ".tox", ".venv", "__pycache__", "node_modules", "site-packages"})


def is_installed(name: str, parent: str) -> bool:
    """Say whether a folder holds what tools install, by its name and its parent's: no rule looks into it."""
    return name in _INSTALLED and parent != "skills"


def lies_in(path: str, top: str) -> bool:
    """Say whether a path without links lies below a folder, and in nothing there that tools install."""
    file, folder = Path(path), Path(top)
    if not file.is_relative_to(folder):
        return False
    between = (file, *file.parents)[: len(file.parts) - len(folder.parts)]
    return not any(is_installed(each.name, each.parent.name) or (each / "pyvenv.cfg").exists() for each in between)


def files_below(folder: Path, suffix: str) -> list[Path]:
    """Return the files below a folder whose names end in `suffix`, those that git ignores and vendored ones left out.

    Links to folders are not followed; a link to a file is returned as it is.
    """
    listed = _git_files(folder, suffix)
    files = _walk(folder, suffix) if listed is None else (p for p in listed if p.is_file() or p.is_symlink())
    return [path for path in files if not _is_vendored(path, folder)]


def _git_files(folder: Path, suffix: str) -> list[Path] | None:
    """Return what git tracks or would track; None outside of a repo and for a folder that git ignores itself."""
    try:
        if run_git(folder, "check-ignore", "-q", ".").returncode != 1:
            return None
        listed = run_git(folder, "ls-files", "-co", "--exclude-standard", "-z", "--", f"*{suffix}")
    except OSError:
        return None
    names = os.fsdecode(listed.stdout).split("\0")
    return [folder / name for name in names if name] if listed.returncode == 0 else None


def _walk(folder: Path, suffix: str) -> Iterable[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [
            name
            for name in folders
            if not _is_vendored(Path(parent, name, "any"), folder) and not Path(parent, name, "pyvenv.cfg").exists()
        ]
        yield from (Path(parent, name) for name in names if name.endswith(suffix))


def _is_vendored(path: Path, top: Path) -> bool:
    """Say whether a file below `top` lies in a vendored tree; `skills/venv` is a skill about environments."""
    below = path.parts[len(top.parts) : -1]
    if _VENDORED.isdisjoint(below):
        return False
    above = (top.absolute().name, *below)
    return any(part in _VENDORED and parent != "skills" for parent, part in zip(above, below, strict=False))
