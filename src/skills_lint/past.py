"""The files of a git repo as they were at a commit, read from its history and written to a folder: no checkout."""

from __future__ import annotations

import os
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from .git import run_git
from .inert import one_line
from .place import InputError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_LINK, _SUBMODULE = "120000", "160000"  # modes of git
_WHOLE = (
    "this clone is shallow: fetch the whole history (`fetch-depth: 0` at actions/checkout, or `git fetch --unshallow`)"
)


def branched_from(top: Path, ref: str) -> str:
    """Return the commit in which the history of `ref` and that of HEAD meet: where a branch began, or was last merged.

    Raises InputError where git cannot tell it, with the way out.
    """
    there = f"{ref}^{{commit}}"
    _demand_git(top)
    if not _git(top, "rev-parse", "--verify", "--quiet", "HEAD"):
        raise InputError("nothing is committed here yet, so there is nothing to compare with")
    commit = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", there)
    if not commit:
        raise InputError(f"git knows no commit `{ref}` here", way_out=_way_to(top, ref))
    meeting = _git(top, "merge-base", commit, "HEAD")
    if not meeting:
        way_out = _WHOLE if _is_shallow(top) else "name a commit that the branch began from"
        raise InputError(f"the history of `{ref}` and that of HEAD do not meet", way_out=way_out)
    return meeting


def _demand_git(top: Path) -> None:
    try:
        done = run_git(top, "rev-parse", "--is-inside-work-tree")
    except OSError as error:
        raise InputError("git is not installed, and `--base` asks it for the past") from error
    if done.returncode:  # no repo, or one of another user
        says = one_line(done.stderr.decode("utf-8", "replace"), 300)
        raise InputError(f"there is no git history here to compare with; git says: {says}")


def _way_to(top: Path, ref: str) -> str:
    """Return how a name that git does not know may be made known."""
    if _is_shallow(top):
        return _WHOLE
    names = _git(top, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags").split()
    near = next((name for name in names if name.endswith(f"/{ref}")), None) or did_you_mean(ref, names)
    return f"did you mean `{near}`?" if near else "fetch it first, or name a branch, a tag or a commit that is here"


def _is_shallow(top: Path) -> bool:
    return _git(top, "rev-parse", "--is-shallow-repository") == "true"


def write_past(top: Path, commit: str, into: Path, wanted: Callable[[str], bool]) -> None:
    """Write the files of a commit whose paths from the top of the repo are `wanted` to the folder `into`.

    Links are written where they lead to something in there, and last, so that nothing is written through one.
    """
    files: list[tuple[str, str]] = []
    links: list[tuple[str, str]] = []
    for mode, object_id, name in _listed(top, commit):
        if mode != _SUBMODULE and _is_below(name) and wanted(name):
            (links if mode == _LINK else files).append((object_id, name))
    contents = _contents(top, [object_id for object_id, _ in (*files, *links)])
    for (_, name), content in zip(files, contents, strict=False):
        path = into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for (_, name), content in zip(links, contents, strict=True):
        target = os.fsdecode(content)
        if _is_below(os.path.normpath(PurePosixPath(name).parent / target)):
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            (into / name).symlink_to(target)


def _is_below(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _listed(top: Path, commit: str) -> Iterator[tuple[str, str, str]]:
    """Yield mode, id and path of each file of a commit."""
    for entry in _git(top, "ls-tree", "-r", "-z", "--full-tree", commit).split("\0"):
        head, _, name = entry.partition("\t")
        if name:
            mode, _, object_id = head.split()
            yield mode, object_id, name


def _contents(top: Path, ids: list[str]) -> Iterator[bytes]:
    """Yield what objects hold, in their order."""
    answer = run_git(top, "cat-file", "--batch", given="".join(f"{id_}\n" for id_ in ids).encode()).stdout
    start = 0
    for id_ in ids:
        line, newline, _ = answer[start : start + 200].partition(b"\n")
        words = line.split()
        if not newline or len(words) != 3:
            raise InputError(f"git cannot read the object {id_} of its history", way_out="see `git fsck`")
        start += len(line) + 1
        yield answer[start : start + int(words[2])]
        start += int(words[2]) + 1


def _git(top: Path, *arguments: str) -> str:
    """Return what git prints; nothing where it fails."""
    done = run_git(top, *arguments)
    return "" if done.returncode else os.fsdecode(done.stdout).strip()
