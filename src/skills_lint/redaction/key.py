"""The key of the placeholders: one for a clone, random, and never under version control.

A placeholder shows a hash of what it replaces, so that the same secret is the same placeholder everywhere in a repo.
If a reader could compute that hash (without a key, or with one that is in the repo or made from its name), anyone could
test guesses against it, and user names and weak passwords are soon guessed. So the key is random and lives in the git
directory, which all worktrees of a clone share and which git never commits or pushes.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from ..home import cache_folder

_LENGTH = 32  # bytes, as many as HMAC-SHA256 can use


def load_key(root: Path) -> bytes:
    """Return the key for the repo that holds `root`, made on first use.

    Outside a repo, or where its git directory cannot be written, the key of the user's cache directory is taken; where
    that cannot be written either, a random one that lasts as long as this process.
    """
    for home in (_git_directory(root), cache_folder()):
        if home is not None and (key := _read_or_create(home / "skills-lint" / "redaction.key")):
            return key
    return secrets.token_bytes(_LENGTH)


def _git_directory(root: Path) -> Path | None:
    """Return the git directory that all worktrees of the clone share, or None outside a repo."""
    root = Path(os.path.abspath(root))  # noqa: PTH100 - a path through a link belongs to the repo where the link is
    for folder in (root, *root.parents):
        entry = folder / ".git"
        try:
            if entry.is_file():  # a linked worktree or a submodule: the file names the directory
                entry = folder / entry.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
            if not (entry / "HEAD").is_file():
                continue
            common = entry / "commondir"  # relative to the directory of the linked worktree
            return entry / common.read_text(encoding="utf-8").strip() if common.is_file() else entry
        except (OSError, ValueError):
            continue
    return None


def _read_or_create(file: Path) -> bytes | None:
    """Return the key in `file`, created if it is missing; None if it can be neither read nor created."""
    try:
        if not file.exists():
            _create(file)
        key = file.read_bytes()
    except OSError:
        return None
    return key if len(key) == _LENGTH else None


def _create(file: Path) -> None:
    """Write a new key, complete or not at all; if another run was first, leave its key in place."""
    import tempfile

    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent)  # readable by this user only
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(secrets.token_bytes(_LENGTH))
        try:
            os.link(name, file)  # unlike a rename, this never replaces a key that is in use
        except FileExistsError:
            return
    finally:
        Path(name).unlink()
