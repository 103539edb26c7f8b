"""Where a link leads, as far as it can be known without a network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ..place import clearly_meant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ..skills.skill import Link

_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/|\\|~")  # a scheme, a host, a path from the top or from home
_LINE = re.compile(r":\d+(?:-\d+|:\d+)?$")  # as editors name a place
_PLACEHOLDER = re.compile(r"[{}<>$*|\[\]]|\.\.\.|…|(?:^|/)path/to/|(?:^|/)path\.md$")


@dataclass(frozen=True, slots=True)
class Target:
    """The file that a relative link names, None for the file that it stands in, and the anchor, "" for none."""

    path: Path | None
    anchor: str


def meant_file(path: str, files: Sequence[str]) -> str | None:
    """Return the file that a path clearly means: one of nearly that name in its folder, or the only one of that name.

    What paths have in common says nothing: all scripts are in `scripts/` and end in `.py`.
    """
    folder, _, name = path.rpartition("/")
    same_name = [file for file in files if file.rpartition("/")[2] == name]
    if same_name:
        return same_name[0] if len(same_name) == 1 else None
    stem, _, suffix = name.rpartition(".")
    beside = {
        file.rpartition("/")[2].rpartition(".")[0]: file
        for file in files
        if file.rpartition("/")[0] == folder and file.endswith(f".{suffix}")
    }
    near = clearly_meant(stem, beside)
    return beside[near] if near else None


def local_target(link: Link, folder: Path) -> Target | None:
    """Return the target of a link in a file of `folder`; None where it leads elsewhere or is a mere placeholder."""
    if _ELSEWHERE.match(link.target) or _PLACEHOLDER.search(link.target):
        return None
    name, _, anchor = link.target.partition("#")
    name = unquote(name.partition("?")[0])
    if "\0" in name:
        return None
    if _LINE.search(name) and not (folder / name).exists():
        name = _LINE.sub("", name)
    return Target(folder / name if name else None, unquote(anchor))
