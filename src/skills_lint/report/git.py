"""What git knows of a repo since one of its commits. Paths are relative to the folder that is asked about."""

from __future__ import annotations

import re
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
class Commit:
    """A commit as its message tells it."""

    subject: str
    buckets: tuple[str, ...] = ()  # that it is for, by its trailers `Bucket: id`


@dataclass(frozen=True, slots=True)
class Difference:
    """How the working tree differs from a commit, and the commits since, the oldest first."""

    files: Mapping[str, Status]
    commits: Mapping[str, tuple[Commit, ...]]  # by file
    moved: Mapping[str, str]  # a file that was added: the removed one that it was


def commit_that_added(folder: Path, file: str) -> str:
    """Return the commit that added a file. Raises NoHistoryError where there is none, or no git."""
    _git(folder, "rev-parse", "--verify", "--quiet", "HEAD", otherwise="there is no git history here")
    commit = _git(folder, "log", "-1", "--diff-filter=A", "--format=%H", "--", file).strip()
    if not commit:
        raise NoHistoryError(f"the last report, {file}, is not committed yet")
    if _is_cut_off(folder, commit):
        raise NoHistoryError("this clone is shallow (`fetch-depth: 0` has all), and does not reach the last report")
    return commit


def _is_cut_off(folder: Path, commit: str) -> bool:
    """Return whether a shallow clone begins with a commit: it seems to add all files, which it found there."""
    headers = _git(folder, "cat-file", "commit", commit).partition("\n\n")[0]  # as they are, parents or not
    here = _git(folder, "rev-list", "--parents", "--max-count=1", commit).split()
    return "\nparent " in headers and len(here) == 1


def difference(folder: Path, commit: str) -> Difference:
    """Return what changed in `folder` between a commit and the working tree, new files included."""
    words = _compared(folder, commit, "--no-renames")
    files = {file: _STATUS.get(letter[:1], "changed") for letter, file in zip(words[::2], words[1::2], strict=False)}
    for file in _git(folder, "ls-files", "--others", "--exclude-standard", "-z").split("\0"):
        if file:
            files[file] = "added"
    words = _compared(folder, commit, "--find-renames", "--diff-filter=R")
    moved = dict(zip(words[2::3], words[1::3], strict=False))
    return Difference(files, _commits(folder, commit), moved)


def _compared(folder: Path, commit: str, *how: str) -> list[str]:
    """Return what git says of the files that differ: of each a letter, and its name or its two names."""
    return _git(folder, "diff", "--no-ext-diff", *how, "--relative", "--name-status", "-z", commit, "--", ".").split(
        "\0"
    )


def text_at(folder: Path, commit: str, file: str) -> str | None:
    """Return a file's text as it was at a commit; None if it was not there."""
    try:
        return _git(folder, "cat-file", "blob", f"{commit}:./{file}")
    except NoHistoryError:
        return None


def _commits(folder: Path, commit: str) -> dict[str, tuple[Commit, ...]]:
    """Return the commits since, by the files that they touch; what a trailer is, git says itself."""
    trailers = "%(trailers:key=Bucket,valueonly,unfold,separator=%x2C)"
    log = _git(
        folder, "log", "--no-merges", "--reverse", "--relative", "--no-renames", "--name-only", "-z",
        f"--format=%x01%s%x03{trailers}%x02", f"{commit}..HEAD", "--", ".",
    )  # fmt: skip
    commits: dict[str, tuple[Commit, ...]] = {}
    for entry in log.split("\1")[1:]:
        message, _, names = entry.partition("\2")
        subject, _, buckets = message.partition("\3")
        named = dict.fromkeys(id_ for id_ in re.split(r"[\s,;`]+", buckets) if id_)
        for file in names.replace("\n", "").split("\0"):
            if file:
                commits[file] = (*commits.get(file, ()), Commit(subject, tuple(named)))
    return commits


def _git(folder: Path, *arguments: str, otherwise: str = "git cannot read the history here") -> str:
    try:
        done = run_git(folder, *arguments)
    except OSError as error:
        raise NoHistoryError("git is not installed here") from error
    if done.returncode:
        raise NoHistoryError(otherwise)
    return done.stdout.decode("utf-8", "replace")
