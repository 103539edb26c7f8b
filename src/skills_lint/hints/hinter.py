"""What a repo has to say to an agent that has just met a failure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..buckets.match import Matcher, first_match

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..buckets.bucket import Bucket
    from ..buckets.match import Match
    from ..errors.fault import Fault
    from ..project import Project


@dataclass(frozen=True, slots=True)
class Hint:
    """What to do about a failure, in the words of its bucket, and where to read more; nothing of the failure itself."""

    bucket: str  # its id
    sentence: str
    skill: str | None  # the name of a skill with a pitfall for the bucket
    file: str | None  # of that skill, relative to the working directory

    def __str__(self) -> str:
        more = f" Read the skill `{self.skill}` ({self.file})." if self.skill else ""
        return f"hint ({self.bucket}): {self.sentence}{more}"


class Hinter:
    """The causes and skills of a project, ready to be asked about failures; skills are read when one is to be named."""

    def __init__(self, project: Project, causes: Sequence[Bucket]) -> None:
        self._project = project
        self._causes = causes
        self._asked = False

    def hint(self, fault: Fault) -> Hint | None:
        """Return the hint for a failure, which need not be redacted; None where its bucket is not known."""
        match = self._match(fault)
        if match is None or match.bucket.unfinished:
            return None
        bucket = match.bucket
        skill, file = self._skill(bucket)
        return Hint(bucket.id, bucket.hint, skill, file)

    def _match(self, fault: Fault) -> Match | None:
        reading = self._project.read(fault)
        if self._asked:
            return self._matcher.first(reading)
        self._asked = True  # most programs that ask do so once
        return first_match(self._causes, reading)

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self._causes)

    def _skill(self, bucket: Bucket) -> tuple[str | None, str | None]:
        """Return the name and the file of the skill to read: of those with a pitfall, one that the bucket lists."""
        warning = self._warning.get(bucket.id, {})
        name = next((name for name in bucket.skills if name in warning), None) or next(iter(warning), None)
        return (name, warning[name]) if name else (None, None)

    @cached_property
    def _warning(self) -> Mapping[str, Mapping[str, str]]:
        """The skills with a pitfall, by bucket: their names, each with its file."""
        found: dict[str, dict[str, str]] = {}
        for skill in self._project.skills if _is_repo(self._project) else ():
            for item in skill.pitfalls:
                if item.id and item.advises:
                    found.setdefault(item.id, {}).setdefault(skill.name, skill.file)
        return found


def _is_repo(project: Project) -> bool:
    """Tell whether the root is that of a repo. Any other folder may be large, and it takes long to look for skills."""
    return any(file.exists() for file in (project.config.file, project.bucket_file, project.root / ".git") if file)
