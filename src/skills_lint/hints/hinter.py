"""What a repo has to say to an agent that has just met a failure."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..buckets.match import Matcher, first_match
from ..place import InputError, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..buckets.bucket import Bucket
    from ..buckets.match import Match
    from ..errors.fault import Fault
    from ..project import Project
    from ..skills.skill import Skill


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
        self._known: dict[str, tuple[str | None, str | None]] = {}  # by bucket: name and file of the skill to read

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
        """Return the name and the file of the skill to read: of those with a pitfall, the bucket's first."""
        if bucket.id not in self._known:
            skills: list[Skill] = []
            # A configured folder may be missing; the sentence is worth something alone.
            with suppress(InputError):
                skills += [skill for skill in self._mentioning(bucket.id) if _warns(skill, bucket.id)]
            listed = {name: number for number, name in enumerate(bucket.skills)}
            skills.sort(key=lambda skill: listed.get(skill.name, len(listed)))
            self._known[bucket.id] = (skills[0].name, skills[0].file) if skills else (None, None)
        return self._known[bucket.id]

    def _mentioning(self, bucket_id: str) -> Iterator[Skill]:
        """Yield the skills in whose text the id of a bucket is; to parse the others takes longer than to read them."""
        for file in self._project.found.files if _is_repo(self._project) else ():
            with suppress(OSError):
                if bucket_id.encode() in file.read_bytes():
                    from ..skills.parse import parse_skill

                    yield parse_skill(file, shown(file), self._project.root)


def _warns(skill: Skill, bucket_id: str) -> bool:
    return any(item.id == bucket_id and item.advises for item in skill.pitfalls)


def _is_repo(project: Project) -> bool:
    """Tell whether the root is that of a repo. Any other folder may be large, and it takes long to look for skills."""
    return any(file.exists() for file in (project.config.file, project.bucket_file, project.root / ".git") if file)
