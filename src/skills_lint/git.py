"""Git, asked about a folder: whatever hook we run in, and without running a program that the repo configures."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# Git sets these inside hooks. They would win over the folder that is asked about.
_LOCATION = frozenset(("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX"))
# A monitor, a hook and a checker of signatures are programs of the repo's choice.
_NO_PROGRAMS = ("core.fsmonitor=false", f"core.hooksPath={os.devnull}", "log.showSignature=false")


def run_git(folder: Path, *arguments: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """Return how `git` ended in `folder`, with what it printed; `given` is what it reads.

    Raises OSError where there is no git.
    """
    with start_git(folder, *arguments, reads=given is not None) as process:
        printed, complaint = process.communicate(given)
    return subprocess.CompletedProcess(process.args, process.returncode, printed, complaint)


def start_git(folder: Path, *arguments: str, reads: bool = False) -> subprocess.Popen[bytes]:
    """Return `git` as it begins to work in `folder`, on what it is given if it `reads`. Raises OSError without git."""
    settings = [word for setting in _NO_PROGRAMS for word in ("-c", setting)]
    environment = {key: value for key, value in os.environ.items() if key not in _LOCATION}
    command = ["git", "--no-optional-locks", "-C", str(folder), *settings, *arguments]
    stdin = subprocess.PIPE if reads else None
    return subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)


def top_folder(folder: Path) -> Path | None:
    """Return the top of the git repo that a folder lies in; None where there is none."""
    folder = folder.resolve()
    return next((path for path in (folder, *folder.parents) if (path / ".git").exists()), None)
