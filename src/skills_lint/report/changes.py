"""What was done since the last report: to the code, and to the skills."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ..skills.parse import pitfalls_in
from .git import Commit, Difference, NoHistoryError, commit_that_added, difference, text_at
from .history import report_files
from .inside import inside

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable
    from pathlib import Path

    from ..config import Config
    from ..skills.skill import Skill

NOT_COMMITTED = "not committed yet"
_NO_REPORT = "there is no earlier report"
_SKILL_FILE = "SKILL.md"


@dataclass(frozen=True, slots=True)
class CodeChange:
    """Files that were changed by the same commits."""

    files: tuple[str, ...]
    what: tuple[str, ...]  # subjects of the commits, the oldest first
    buckets: tuple[str, ...] = ()  # that the commits are for, by their trailers


@dataclass(frozen=True, slots=True)
class SkillChange:
    """A skill, and what was changed in it."""

    skill: str
    what: tuple[str, ...]  # "pitfall `x` added", or the subjects of the commits
    buckets: tuple[str, ...] = ()  # whose pitfalls were touched, and that the commits are for


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that was changed since the last report; or, in `unknown`, why that cannot be told."""

    since: datetime.date | None
    code: tuple[CodeChange, ...] = ()
    skills: tuple[SkillChange, ...] = ()
    unknown: str | None = None


def changes_since_last_report(config: Config, date: datetime.date, skills: Iterable[Skill]) -> Changes:
    """Return what changed between the commit of the newest report before `date` and the working tree.

    Where the only report is that of `date` itself, and it is committed, it is the last one.
    """
    reports = [path for path in report_files(config.root / config.reports) if path.stem <= date.isoformat()]
    earlier = [path for path in reports if path.stem < date.isoformat()]
    last = next(reversed(earlier or reports), None)
    if last is None:
        return Changes(None, unknown=_NO_REPORT)
    since = date.fromisoformat(last.stem)
    try:
        commit = commit_that_added(config.root, inside(config.root, last))
        found = difference(config.root, commit)
    except NoHistoryError as error:
        return Changes(since, unknown=str(error)) if earlier else Changes(None, unknown=_NO_REPORT)
    upgraded, theirs = _skill_changes(config.root, commit, found, skills)
    ours = (*config.traces, config.reports, config.evidence)
    code = {file for file in found.files.keys() - theirs if not any(_lies_in(file, place) for place in ours)}
    return Changes(since, _grouped(code, found), upgraded)


def _grouped(files: Iterable[str], found: Difference) -> tuple[CodeChange, ...]:
    """Return the changes by the commits that made them: first those that are for a bucket, then those of many files."""
    groups: dict[tuple[Commit, ...], list[str]] = {}
    for file in sorted(files):
        groups.setdefault(found.commits.get(file, ()), []).append(file)
    changes = (CodeChange(tuple(names), _subjects(names, found), _named(names, found)) for names in groups.values())
    return tuple(sorted(changes, key=lambda change: (not change.buckets, -len(change.files), change.files)))


def _skill_changes(
    root: Path, commit: str, found: Difference, skills: Iterable[Skill]
) -> tuple[tuple[SkillChange, ...], set[str]]:
    """Return the changes by skill, and the files that belong to skills."""
    changes, theirs = [], set()
    for skill in skills:
        file = inside(root, skill.path)
        folder = str(PurePosixPath(file).parent) if PurePosixPath(file).name == _SKILL_FILE else file
        files = {name for name in found.files if _lies_in(name, folder)}
        theirs |= files
        if files:
            changes.append(_skill_change(root, commit, file, files, found, skill))
    theirs |= {found.moved[file] for file in theirs if file in found.moved}
    for file, status in found.files.items():
        if status == "removed" and file not in theirs and PurePosixPath(file).name == _SKILL_FILE:
            folder = str(PurePosixPath(file).parent)
            files = {name for name in found.files if _lies_in(name, folder)}
            theirs |= files
            lost = (item.id for item in pitfalls_in(text_at(root, commit, file) or "") if item.id)
            buckets = dict.fromkeys((*lost, *_named(sorted(files), found)))
            changes.append(SkillChange(PurePosixPath(folder).name, ("removed",), tuple(buckets)))
    return tuple(sorted(changes, key=lambda change: change.skill)), theirs


def _skill_change(root: Path, commit: str, file: str, files: set[str], found: Difference, skill: Skill) -> SkillChange:
    earlier = found.moved.get(file, file)
    before = text_at(root, commit, earlier)
    now = {item.id: item.text for item in skill.pitfalls if item.id}
    then = {item.id: item.text for item in pitfalls_in(before or "") if item.id}
    touched = (
        *((name, "added") for name in now if name not in then),
        *((name, "changed") for name in now if name in then and now[name] != then[name]),
        *((name, "removed") for name in then if name not in now),
    )
    pitfalls = tuple(f"pitfall `{name}` {how}" for name, how in touched)
    if before is None:
        what: tuple[str, ...] = ("new skill", *pitfalls)
    elif earlier != file:
        what = (f"moved from {earlier}", *pitfalls)
    else:
        what = pitfalls or _subjects(sorted(files), found)
    buckets = dict.fromkeys((*(name for name, _ in touched), *_named(sorted(files), found)))
    return SkillChange(skill.name, what, tuple(buckets))


def _subjects(files: Iterable[str], found: Difference) -> tuple[str, ...]:
    """Return the subjects of the commits that touched `files`, each once."""
    subjects = dict.fromkeys(commit.subject for file in files for commit in found.commits.get(file, ()))
    return tuple(subjects) or (NOT_COMMITTED,)


def _named(files: Iterable[str], found: Difference) -> tuple[str, ...]:
    """Return the buckets that the commits which touched `files` are for, each once."""
    named = (id_ for file in files for commit in found.commits.get(file, ()) for id_ in commit.buckets)
    return tuple(dict.fromkeys(named))


def _lies_in(file: str, place: str) -> bool:
    return PurePosixPath(file).is_relative_to(PurePosixPath(place))
