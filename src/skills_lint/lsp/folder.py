"""The project of a folder that is open in an editor, kept up to date."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from ..place import InputError, shown
from ..project import open_project
from ..skills.find import SKILL_FILE
from ..skills.parse import parse_skill_text
from .texts import stamp

if TYPE_CHECKING:
    from pathlib import Path

    from ..project import Project
    from .texts import Stamp

_ANY_SKILL = "---\nname: any\ndescription: Any skill.\n---\n"


class Folder:
    """A folder whose project is opened anew when a file that it is made of has changed. May be asked by any thread.

    While that file cannot be used, the last project that could be stays, and `trouble` says why.
    """

    def __init__(self, start: Path, config_file: Path | None) -> None:
        self.trouble: InputError | None = None
        self._start = start
        self._config_file = config_file
        self._project: Project | None = None
        self._latest: Project | None = None  # the one of the present configuration, whether it can be used or not
        self._stamp: tuple[Stamp, ...] = ()
        self._wanted = 1  # how often it was to be opened
        self._opened = 0  # the number of those that the project has seen
        self._lock = Lock()

    def project(self) -> Project:
        """Return the project as it is on disk. Raises InputError while there never was one that could be used."""
        with self._lock:
            wanted = self._wanted
            if self._opened != wanted or self._stamp != self._stamped():
                self._open()
                self._stamp, self._opened = self._stamped(), wanted
            if self._project is None:
                raise self.trouble or InputError(f"there is no project in {self._start}")
            return self._project

    def forget(self) -> None:
        """Open the project anew when it is next asked for: skills may have come or gone. Waits for nobody."""
        self._wanted += 1

    def is_made_of(self, path: Path) -> bool:
        """Say whether a file is one of those that the project depends on, skills aside."""
        return path in self._files()

    def _open(self) -> None:
        try:
            self._latest = open_project(self._start, self._config_file)
            _try(self._latest)
        except InputError as error:
            self.trouble = error
            self._project = self._project or self._latest
        else:
            self.trouble = None
            self._project = self._latest

    def _stamped(self) -> tuple[Stamp, ...]:
        return tuple(stamp(path) for path in self._files())

    def _files(self) -> tuple[Path, ...]:
        candidates = [self._start / "skills-lint.toml", self._start / "pyproject.toml"]
        for project in filter(None, (self._project, self._latest)):
            config = project.config
            candidates += [project.bucket_file, project.evidence_file]
            candidates += [config.file] if config.file else []
            candidates += [project.baseline_file] if project.baseline_file else []
            candidates += [project.root / config.schema] if config.schema else []
        return tuple(dict.fromkeys(candidates))


def _try(project: Project) -> None:
    """Raise InputError if a skill could not be linted: most of what is configured is read only then."""
    _ = project.baseline, project.api
    file = project.root / SKILL_FILE
    project.lint((parse_skill_text(file, shown(file), _ANY_SKILL, None),), whole=False)
