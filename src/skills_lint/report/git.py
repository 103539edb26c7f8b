"""What git knows of a repo since one of its commits. Paths are relative to the folder that is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..git import run_git

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Status = Literal["added", "changed", "removed"]
_STATUS: dict[str, Status] = {"A": "added", "D": "removed"}  # the rest counts as changed


class NoHistoryError(Exception):
    """Git cannot tell; the text says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How the working tree differs from a commit, and the subjects of the commits since, the oldest first."""

    files: Mapping[str, Status]
    subjects: Mapping[str, tuple[str, ...]]  # by file


def commit_that_added(folder: Path, file: str) -> str:
    """Return the commit that added a file. Raises NoHistoryError where there is none, or no git."""
    _git(folder, "rev-parse", "--verify", "--quiet", "HEAD", otherwise="there is no git history here")
    commit = _git(folder, "log", "-1", "--diff-filter=A", "--format=%H", "--", file).strip()
    if not commit:
        raise NoHistoryError(f"the last report, {file}, is not committed yet")
    return commit


def difference(folder: Path, commit: str) -> Difference:
    """Return what changed in `folder` between a commit and the working tree, new files included."""
    words = _git(
        folder, "diff", "--no-ext-diff", "--no-renames", "--relative", "--name-status", "-z", commit, "--", "."
    ).split("\0")
    files = {file: _STATUS.get(letter[:1], "changed") for letter, file in zip(words[::2], words[1::2], strict=False)}
    for file in _git(folder, "ls-files", "--others", "--exclude-standard", "-z").split("\0"):
        if file:
            files[file] = "added"
    return Difference(files, _subjects(folder, commit))


def text_at(folder: Path, commit: str, file: str) -> str | None:
    """Return a file's text as it was at a commit; None if it was not there."""
    try:
        return _git(folder, "cat-file", "blob", f"{commit}:./{file}")
    except NoHistoryError:
        return None


def _subjects(folder: Path, commit: str) -> dict[str, tuple[str, ...]]:
    log = _git(
        folder, "log", "--no-merges", "--reverse", "--relative", "--no-renames", "--name-only", "-z",
        "--format=%x01%s%x02", f"{commit}..HEAD", "--", ".",
    )  # fmt: skip
    subjects: dict[str, tuple[str, ...]] = {}
    for entry in log.split("\1")[1:]:
        subject, _, names = entry.partition("\2")
        for file in names.replace("\n", "").split("\0"):
            if file:
                subjects[file] = (*subjects.get(file, ()), subject)
    return subjects


def _git(folder: Path, *arguments: str, otherwise: str = "git cannot read the history here") -> str:
    try:
        done = run_git(folder, *arguments)
    except OSError as error:
        raise NoHistoryError("git is not installed here") from error
    if done.returncode:
        raise NoHistoryError(otherwise)
    return done.stdout.decode("utf-8", "replace")
