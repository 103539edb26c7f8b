"""Skill files, found wherever teams keep them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..files import files_below
from ..place import InputError, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..place import Place

SKILL_FILE = "SKILL.md"

# Files that stand beside skills in a folder `skills/` and are none.
_NO_SKILL = frozenset({"readme", "index", "agents", "claude", "gemini", "changelog", "contributing", "license"})


@dataclass(frozen=True, slots=True)
class Found:
    """Skill files, sorted, and the folders in which they were sought."""

    files: tuple[Path, ...]
    looked: tuple[str, ...]
    unmatched: tuple[str, ...] = ()  # paths that were given and belong to no skill


def find_skills(root: Path, configured: Sequence[str], place: Place | None = None) -> Found:
    """Return the skills of a repo: those in the configured folders, or wherever they are if none is configured.

    Raises InputError, which names `place`, for a configured folder that does not exist.
    """
    if not configured:
        return Found(tuple(_below(root, frozenset())), (shown(root),))
    files: set[Path] = set()
    homes = _resolved(root, configured)
    for folder in configured:
        path = root / folder
        if not path.exists():
            way_out = "mend `skills` in the configuration, or remove it: skills are found without it"
            raise InputError(
                f"`skills` names {folder}, which does not exist in {shown(root)}", place=place, way_out=way_out
            )
        files.update(_below(path, homes) if path.is_dir() else [path])
    return Found(tuple(sorted(files)), tuple(shown(root / folder) for folder in configured))


def find_skills_at(paths: Sequence[Path], root: Path, configured: Sequence[str]) -> Found:
    """Return the skills that paths are about: those below a folder, and for a file the skill that it belongs to.

    A skill's side files count as the skill, up to `root`, since that is what pre-commit passes. What is configured as
    skills counts as such here too. Raises InputError for a path that does not exist.
    """
    files: set[Path] = set()
    homes = _resolved(root, configured)
    unmatched = []
    for path in paths:
        if not path.exists():
            raise InputError(f"{path.as_posix()} does not exist", way_out="give a skill, or a folder that holds skills")
        found = _below(path, homes) if path.is_dir() else _owner(path, root, homes)
        files.update(found)
        if not found:
            unmatched.append(shown(path))
    return Found(tuple(sorted(files)), tuple(shown(path) for path in paths), tuple(unmatched))


def _resolved(root: Path, configured: Sequence[str]) -> frozenset[Path]:
    """Return what is configured as skills: files, and folders that are taken for `skills/` whatever their names."""
    return frozenset(_real(root / name) for name in configured)


def _real(path: Path) -> Path:
    """Return a path with its links followed; unlike `Path.resolve` it takes links that go round in a circle."""
    return Path(os.path.realpath(path))


def _below(folder: Path, homes: frozenset[Path]) -> list[Path]:
    """Return the skills in a folder."""
    documents = files_below(folder, ".md")
    named = [path for path in documents if path.name == SKILL_FILE]
    claimed = {path.parent.absolute() for path in named}
    by_folder: dict[Path, list[Path]] = {}
    for path in documents:
        by_folder.setdefault(path.parent.absolute(), []).append(path)
    loose = (
        path
        for parent, siblings in by_folder.items()
        if not _within(parent, claimed, folder.absolute())
        for path in _loose_skills(parent, siblings, homes)
    )
    files: dict[Path, Path] = {}
    chosen = [path for path in documents if homes and _real(path) in homes]
    for path in sorted([*named, *loose, *chosen], key=lambda path: (path.is_symlink(), path)):
        files.setdefault(_real(path), path)  # a link to a skill is not a second one
    return sorted(files.values())


def _within(parent: Path, claimed: set[Path], top: Path) -> bool:
    """Say whether a folder belongs to a skill; a `SKILL.md` at the very top does not claim the whole repo."""
    return any(ancestor in claimed and ancestor != top for ancestor in (parent, *parent.parents)) or parent in claimed


def _loose_skills(parent: Path, siblings: Sequence[Path], homes: frozenset[Path]) -> list[Path]:
    """Return the skills of a folder without `SKILL.md`.

    They are `skills/<name>.md`, `skills/<name>/index.md`, and the only `.md` of `skills/<name>/`.
    """
    if _is_home(parent, homes):
        return [path for path in siblings if path.stem.casefold() not in _NO_SKILL]
    if _is_home(parent.parent, homes):
        index = [path for path in siblings if path.name == "index.md"]
        return index or (list(siblings) if len(siblings) == 1 and _is_alone(siblings[0]) else [])
    return []


def _is_home(folder: Path, homes: frozenset[Path]) -> bool:
    return folder.name == "skills" or (bool(homes) and _real(folder) in homes)


def _is_alone(path: Path) -> bool:
    """Say whether the only `.md` of a folder is a skill; a readme is one only if it has a frontmatter."""
    if any(path.parent.glob(f"*/{SKILL_FILE}")):
        return False
    if path.stem.casefold() not in _NO_SKILL:
        return True
    try:
        if not path.is_file():  # a pipe would never answer
            return False
        with path.open("rb") as file:
            return file.read(3) == b"---"
    except OSError:
        return False


def _owner(path: Path, root: Path, homes: frozenset[Path]) -> list[Path]:
    """Return the skill that a file belongs to, as a list of one or none."""
    if path.name == SKILL_FILE or _real(path) in homes:
        return [path]
    for folder in path.absolute().parents:
        if (folder / SKILL_FILE).is_file():
            return [_beside(path, folder / SKILL_FILE)]
        loose = _loose_skills(folder, sorted(folder.glob("*.md")), homes)
        mine = [skill for skill in loose if not _is_home(folder, homes) or skill == path.absolute()]
        if mine:
            return [_beside(path, skill) for skill in mine]
        if folder in (root.absolute(), root.resolve()):
            break
    return []


def _beside(path: Path, skill: Path) -> Path:
    """Return a skill's path as relative as the path that led to it."""
    return skill if path.is_absolute() else Path(os.path.relpath(skill))
