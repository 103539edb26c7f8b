"""A repo as an editor sees it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ..place import shown
from ..skills.find import SKILL_FILE, find_skills_at
from ..skills.parse import BOM, checked_text, parse_skill, parse_skill_text
from .texts import real

if TYPE_CHECKING:
    from pathlib import Path

    from ..lint.diagnostic import Diagnostic
    from ..project import Project
    from ..skills.skill import ParseError, Skill
    from .texts import Texts


@dataclass(frozen=True, slots=True)
class View:
    """A project, with the texts that an editor has of its files."""

    project: Project
    texts: Texts

    def text(self, path: Path) -> str:
        """Return the text of a file without a byte order mark, in which places are counted."""
        return self.texts.shown(path).removeprefix(BOM)

    def skill(self, path: Path) -> Skill:
        """Return the skill in a file. What is saved is read from the disk: only bytes show an encoding."""
        unsaved = self.texts.unsaved(path)
        if unsaved is None:
            return parse_skill(path, shown(path), self.project.root)
        return _parsed(path, shown(path), *checked_text(unsaved))

    def skills(self) -> tuple[Skill, ...]:
        """Return all skills of the repo."""
        return tuple(self.skill(path) for path in self.project.found.files)

    def lint(self, skills: tuple[Skill, ...], *, whole: bool) -> tuple[Diagnostic, ...]:
        """Return what the linter finds in some skills; `whole` says that these are all of the repo."""
        parsed = {skill.file for skill in skills}
        opened = {shown(path): text.removeprefix(BOM) for path, text in self.texts.opened.items()}
        beside = {file: text for file, text in opened.items() if file not in parsed}
        return self.project.lint(skills, whole=whole, texts=beside)

    def owner(self, path: Path) -> Path | None:
        """Return the skill that a Markdown file is, or lies beside; None where there is none."""
        if path.suffix != ".md":
            return None
        if not path.exists():
            return path if path.name == SKILL_FILE else None  # one that was never saved
        found = find_skills_at([path], self.project.root, self.project.config.skills).files
        return found[0] if found else None

    def is_bucket_file(self, path: Path) -> bool:
        """Say whether a file is the one that declares the buckets."""
        return real(path) == real(self.project.bucket_file)


@lru_cache(maxsize=64)
def _parsed(path: Path, file: str, text: str | None, error: ParseError | None) -> Skill:
    return parse_skill_text(path, file, text, error)
