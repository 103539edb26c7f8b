"""The last commits that changed each skill, as git tells them."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..git import start_git

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from ..skills.skill import Skill

_MOST: Final = 8  # commits of a skill
_COMMITS: Final = 2_000  # that are looked at, of all skills together
_NAMED: Final = 200  # files that git is asked about by name; of more, their folders
_PATIENCE: Final = 10.0  # seconds
_FORMAT: Final = "%x01%h%x02%as%x02%s%x02%(trailers:key=Bucket,valueonly,separator=%x20)%x02"


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that changed a skill. Its texts are other people's."""

    id: str  # abbreviated
    day: str  # "2026-11-20", the author's
    subject: str
    buckets: tuple[str, ...]  # as `Bucket:` trailers name them


def commits_of(skills: Sequence[Skill], root: Path) -> Mapping[str, tuple[Commit, ...]]:
    """Return the last commits that changed each skill, the newest first, by the skill's file as shown.

    Git is asked once, for all skills. A skill that it does not know has none, and so has one whose last change is
    further back than the last 2,000 commits that changed skills, or than git tells within 10 seconds.
    """
    top = root.resolve()
    files = {}
    for skill in skills:
        path = skill.path.resolve()
        if path.is_relative_to(top):
            files[path.relative_to(top).as_posix()] = skill.file
    found: dict[str, list[Commit]] = {}
    for entry in _log(root, _asked_about(files)).split("\1")[1:]:
        *fields, names = entry.split("\2", 4)
        if len(fields) != 4:
            continue
        commit = Commit(fields[0], fields[1], fields[2], tuple(fields[3].split()))
        for name in names.replace("\n", "").split("\0"):
            if name in files and len(known := found.setdefault(files[name], [])) < _MOST:
                known.append(commit)
    return {file: tuple(commits) for file, commits in found.items()}


def _asked_about(files: Iterable[str]) -> list[str]:
    """Return what git is asked about: the files, or of many the folders in which the folders of skills lie."""
    files = sorted(files)
    if len(files) <= _NAMED:
        return files
    return sorted({"/".join(file.split("/")[:-2]) or "." for file in files})


def _log(root: Path, paths: Sequence[str]) -> str:
    """Return what git tells of the commits that changed some paths; "" without git, a history or patience."""
    if not paths:
        return ""
    arguments = ("log", f"--max-count={_COMMITS}", "--no-merges", "--relative", "--no-renames", "--name-only", "-z")
    literal = ("--literal-pathspecs",)
    try:
        with start_git(root, *literal, *arguments, f"--format={_FORMAT}", "--", *paths) as process:
            try:
                printed, _ = process.communicate(timeout=_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                return ""
    except OSError:
        return ""
    return printed.decode("utf-8", "replace") if process.returncode == 0 else ""
