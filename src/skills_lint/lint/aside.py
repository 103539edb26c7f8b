"""The Markdown files that lie beside a skill and that it names: an agent reads them next."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..files import is_installed
from ..place import shown
from ..skills.find import SKILL_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..skills.skill import Skill

_MOST_FILES = 2000  # of a skill, looked through
_TO_COPY = frozenset({"assets", "template", "templates"})
_LONGEST = 1_000_000  # bytes


@dataclass(frozen=True, slots=True)
class SideFile:
    """A Markdown file beside a skill."""

    path: Path
    file: str  # as shown
    text: str


def side_files(skill: Skill, read: Callable[[Path], str | None]) -> Iterator[SideFile]:
    """Yield the Markdown files below a skill's folder whose names the skill mentions, or such a file; in their order.

    `read` gives the text of a file, None where it cannot be read. Links are not followed. Templates are left out: their
    links are meant for the place that they are copied to.
    """
    if skill.path.name != SKILL_FILE or ".md" not in skill.text:
        return
    unnamed = [
        path
        for path in skill_files(skill.path.parent)
        if path.suffix == ".md" and path != skill.path and _is_read(path, skill)
    ]
    found: list[SideFile] = []
    texts = [skill.text]
    while texts:
        named = {path for path in unnamed if any(path.name in text for text in texts)}
        unnamed = [path for path in unnamed if path not in named]
        read_now = [(path, read(path)) for path in named if path.stat().st_size <= _LONGEST]
        new = [SideFile(path, shown(path), text) for path, text in read_now if text is not None]
        found += new
        texts = [side.text for side in new]
    yield from sorted(found, key=lambda side: side.path)


def _is_read(path: Path, skill: Skill) -> bool:
    return not path.is_symlink() and not is_template(path, skill.path.parent)


def is_template(path: Path, top: Path) -> bool:
    """Say whether a file below `top` is to be copied and filled in."""
    folders = path.relative_to(top).parts[:-1] if path.is_relative_to(top) else (path.parent.name,)
    return bool(_TO_COPY.intersection(folders)) or "template" in path.stem.lower()


def skill_files(folder: Path) -> list[Path]:
    """Return the files of a skill in order, as far as they can be looked through.

    Not those of skills below it, nor what tools install.
    """
    files: list[Path] = []
    for parent, folders, names in os.walk(folder):
        here = Path(parent)
        if here != folder and (SKILL_FILE in names or "pyvenv.cfg" in names):
            folders.clear()
            continue
        folders[:] = sorted(n for n in folders if not n.startswith(".") and not is_installed(n, here.name))
        files += [here / name for name in sorted(names)]
        if len(files) > _MOST_FILES:
            break
    return files
