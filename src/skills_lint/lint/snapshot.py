"""What all files of a repo are at a moment, told by their stamps: nothing that the linter looks at is left out."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..files import is_installed, lies_in
from ..git import start_git

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_MOST_ENTRIES = 20_000  # beyond, to look at all of them takes longer than it saves
_MOST_BYTES = 50_000_000  # of young files, which are read
_YOUNG = 2_000_000_000  # nanoseconds: what some file systems round to
_CTIME_TELLS = os.name == "posix"  # elsewhere it is when a file was made


class UnstableError(Exception):
    """A snapshot would not tell all that the linter may look at."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of a folder: equal digests mean equal files, if the young ones are equal too.

    A young file was changed so recently that another change may leave it the same stamp, so that its content counts.
    """

    digest: str
    young: Mapping[str, str]  # path, digest of its content


def take_snapshot(top: Path, asked: Sequence[Path]) -> Snapshot:
    """Return the state of the files below `top`, and what git says of them; `asked` are folders git is asked about.

    Raises UnstableError where that cannot be told, or takes too long: other repos inside, and links to folders outside.
    Raises OSError for what cannot be read.
    """
    since = time.time_ns() - _YOUNG
    told = hashlib.sha256()
    young = []
    with _git_asked(top, asked) as answers:
        for count, (path, values) in enumerate(_entries(str(top), str(top))):
            if count > _MOST_ENTRIES:
                raise UnstableError
            told.update(f"{path!r} {values!r}\n".encode())
            if len(values) > 1 and (not _CTIME_TELLS or max(values[2:4]) > since):
                young.append((path, values))
        told.update(_said(answers))
    if sum(values[1] for _, values in young) > _MOST_BYTES:
        raise UnstableError
    return Snapshot(told.hexdigest(), {path: digest_of(path) for path, values in young if stat.S_ISREG(values[0])})


def digest_of(path: str) -> str:
    """Return a digest of what a file holds."""
    with open(path, "rb") as file:  # noqa: PTH123  # a Path for each of thousands takes its time
        return hashlib.sha256(file.read()).hexdigest()


def _entries(folder: str, top: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield what is below a folder, in order, each with its stamp: of a folder only that it is one."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    if folder != top and any(entry.name == "pyvenv.cfg" for entry in entries):
        return
    for entry in entries:
        if entry.name == ".git" and folder != top:
            raise UnstableError
        if entry.is_symlink():
            yield from _of_link(entry.path, top)
        elif not entry.is_dir():
            yield entry.path, _stamp(entry.stat())
        else:
            yield entry.path, (stat.S_IFDIR,)
            if not is_installed(entry.name, os.path.basename(folder)):  # noqa: PTH119
                yield from _entries(entry.path, top)


def _of_link(path: str, top: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    yield f"{path} -> {os.path.realpath(path)}", (stat.S_IFLNK,)
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:  # it leads nowhere
        return
    if not stat.S_ISDIR(found.st_mode):
        yield path, _stamp(found)
    elif not lies_in(os.path.realpath(path), top):
        raise UnstableError


def _stamp(found: os.stat_result) -> tuple[int, ...]:
    return found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


@contextmanager
def _git_asked(top: Path, asked: Sequence[Path]) -> Iterator[Sequence[subprocess.Popen[bytes]]]:
    """Give git, asked which files it tracks or would track, and which of some folders it ignores.

    It works while others look at the files themselves. None where there is no repo, or no git.
    """
    questions = [("ls-files", "-co", "--exclude-standard", "-z"), ("check-ignore", "-z", "--", *map(str, asked))]
    with ExitStack() as stack:
        answers = []
        with suppress(OSError):
            for question in questions if (top / ".git").exists() else ():
                answers.append(stack.enter_context(start_git(top, *question)))
        yield answers


def _said(answers: Sequence[subprocess.Popen[bytes]]) -> bytes:
    printed = [process.communicate()[0] for process in answers]
    return b"\0\0".join(b"%d %b" % (process.returncode, text) for process, text in zip(answers, printed, strict=True))
