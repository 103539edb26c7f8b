"""A repo as an editor sees it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from ..lines import BOM
from ..lint.engine import check
from ..lint.selection import selected_rules
from ..place import shown
from ..skills.find import SKILL_FILE, find_skills_at
from ..skills.parse import checked_text, parse_skill, parse_skill_text
from .texts import real, stamp

if TYPE_CHECKING:
    from pathlib import Path

    from ..lint.diagnostic import Diagnostic
    from ..project import Project
    from ..skills.skill import ParseError, Skill
    from .texts import Stamp, Texts


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
            return _saved(path, shown(path), self.project.root, stamp(path))
        return _unsaved(path, shown(path), *checked_text(unsaved))

    def skills(self) -> tuple[Skill, ...]:
        """Return all skills of the repo."""
        return tuple(self.skill(path) for path in self.project.found.files)

    def lint_skill(self, path: Path) -> tuple[Diagnostic, ...]:
        """Return what the linter finds in a skill and in the files beside it, and the baseline has not."""
        skill = self.skill(path)
        return self._new(self.project.lint((skill,), whole=False, texts=self._beside((skill,))))

    def lint_repo(self) -> tuple[Diagnostic, ...]:
        """Return what the rules about the repo as a whole find, and the baseline has not; the others do not run."""
        config = self.project.config
        codes = tuple(rule.code for rule, _ in selected_rules(config) if rule.check_repo)
        if not codes:
            return ()
        skills = self.skills()
        found = check(
            skills,
            config=replace(config, select=codes),
            buckets=self.project.buckets,
            evidence=self.project.recorded,
            texts=self._beside(skills),
        )
        return self._new(found)

    def _new(self, found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
        return self.project.compare(found, self.project.baseline).new

    def _beside(self, skills: tuple[Skill, ...]) -> dict[str, str]:
        """Return the texts of open documents, by file as shown, that are none of these skills."""
        parsed = {skill.file for skill in skills}
        opened = {shown(path): text.removeprefix(BOM) for path, text in self.texts.opened.items()}
        return {file: text for file, text in opened.items() if file not in parsed}

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


@lru_cache(maxsize=2048)
def _saved(path: Path, file: str, root: Path, _: Stamp) -> Skill:
    return parse_skill(path, file, root)


@lru_cache(maxsize=64)
def _unsaved(path: Path, file: str, text: str | None, error: ParseError | None) -> Skill:
    return parse_skill_text(path, file, text, error)
