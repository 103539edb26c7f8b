"""The project as it was at the commit that a change began from."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..place import InputError, NotAssessedError, shown

if TYPE_CHECKING:
    from ..coverage.result import Coverage
    from ..project import Project

_CONFIGURATIONS = ("skills-lint.toml", "pyproject.toml")


def coverage_against(project: Project, ref: str) -> Coverage:
    """Return the project's coverage held against the commit in which its history and that of `ref` meet.

    What the base needs is read from git into a temporary folder. Raises InputError where git does not know `ref`.
    """
    from ..coverage.against import against, against_unreadable
    from ..past import branched_from

    commit = branched_from(project.top, ref)
    now = project.coverage
    with tempfile.TemporaryDirectory(prefix="skills-lint-") as folder:
        try:
            base = _project_at(commit, project, Path(folder))
            then = _coverage(base)
            on_this_evidence = base.coverage_of(replace(base, lender=project).triage)
        except InputError as error:
            why = str(error).replace(f"{shown(Path(folder))}/", "")
            return against_unreadable(now, why, (ref, commit))
    return against(now, then, on_this_evidence, (ref, commit))


def _coverage(base: Project) -> Coverage:
    """Return the base's coverage by its own evidence; nothing failed where it had none."""
    from ..coverage.result import Coverage

    try:
        return base.coverage
    except NotAssessedError:
        return Coverage(())


def _project_at(commit: str, project: Project, folder: Path) -> Project:
    """Return the project of a commit, with its skills, buckets and evidence written below a folder; without traces."""
    from ..config import load_config
    from ..past import write_past
    from ..project import Project

    own = project.config.file.resolve().relative_to(project.top).as_posix() if project.config.file else None
    (folder / ".git").mkdir()  # where the search for a configuration ends
    write_past(project.top, commit, folder, lambda name: name == own or name.rpartition("/")[2] in _CONFIGURATIONS)
    inside = project.root.resolve().relative_to(project.top)
    (folder / inside).mkdir(parents=True, exist_ok=True)
    config = load_config(folder / inside, folder / own if own and (folder / own).is_file() else None)
    named = {_from_top(folder, config.root / name) for name in (config.buckets, config.evidence, *config.skills)}
    write_past(project.top, commit, folder, lambda name: name.endswith(".md") or name in named)
    return Project(replace(config, traces=()))


def _from_top(top: Path, file: Path) -> str:
    return Path(os.path.relpath(os.path.realpath(file), os.path.realpath(top))).as_posix()
