"""Since when buckets are covered: when the pitfalls came into the history of their skills."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ..coverage.carrier import has_pitfall
from ..git import run_git
from ..place import InputError
from ..skills.parse import pitfalls_in
from ..skills.skill import skills_by_name
from .result import Cover

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ..buckets.bucket import Bucket
    from ..skills.skill import Skill

_WAY_OUT = "name the day: `covered_since` of the bucket, or `skills-lint effect --since YYYY-MM-DD`"


@dataclass(frozen=True, slots=True)
class _Covering:
    """A bucket, the skills that have a pitfall for it, and those of them that it needs."""

    bucket: str
    skills: tuple[Skill, ...]
    listed: tuple[Skill, ...]  # each of them; none: any skill will do
    since: datetime.date | None  # as the bucket file tells it


def covers_of(
    buckets: Iterable[Bucket], skills: Sequence[Skill], root: Path, since: datetime.date | None = None
) -> tuple[Cover, ...]:
    """Return the covered buckets, each with the day since when it is.

    That is `since`, or what the bucket file says (agents may get a pitfall long after its commit, and a skill that was
    copied from elsewhere leaves its history there), or the day of the commit or merge since which it is there.

    Raises InputError where the day is not given and git cannot tell it.
    """
    covering = tuple(_covering(buckets, skills))
    wanted: dict[Path, set[str]] = {}
    for item in covering:
        for skill in item.skills if not (since or item.since) else ():
            wanted.setdefault(skill.path, set()).add(item.bucket)
    head = _git(root, "rev-parse", "HEAD").strip() if wanted else ""
    days = {path: _days(root, path, frozenset(ids), head) for path, ids in sorted(wanted.items())}
    return tuple(_cover(item, since or item.since, days) for item in covering)


def _cover(item: _Covering, named: datetime.date | None, days: Mapping[Path, Mapping[str, datetime.date]]) -> Cover:
    since = named or _since(item, days)
    return Cover(item.bucket, _names(item.skills), since, whole_day=named is not None)


def _covering(buckets: Iterable[Bucket], skills: Sequence[Skill]) -> Iterator[_Covering]:
    known = skills_by_name(skills)
    for bucket in buckets:
        having = tuple(skill for skill in skills if has_pitfall(skill, bucket))
        listed = tuple(known[name] for name in bucket.skills if name in known)
        complete = len(listed) == len(bucket.skills) and all(skill in having for skill in listed)
        if having and complete:
            yield _Covering(bucket.id, having, listed, bucket.covered_since)


def _names(skills: Iterable[Skill]) -> frozenset[str]:
    return frozenset(name for skill in skills for name in (skill.name, skill.folder))


def _since(item: _Covering, days: Mapping[Path, Mapping[str, datetime.date]]) -> datetime.date | None:
    """Return the day on which the last skill that it needs got the pitfall, or else the first that has it."""
    dates = [days[skill.path].get(item.bucket) for skill in item.listed or item.skills]
    known = [day for day in dates if day]
    if item.listed:
        return max(known) if len(known) == len(dates) else None
    return min(known, default=None)


@lru_cache(maxsize=1024)  # a server of the site asks again after each change, and only a new commit tells otherwise
def _days(root: Path, file: Path, ids: frozenset[str], head: str) -> Mapping[str, datetime.date]:
    """Return for each bucket the day (UTC) since which a skill has a pitfall for it at each commit up to `head`."""
    days: dict[str, datetime.date] = {}
    held = ids
    commits = tuple(_commits(root, file, head))
    for commit, name, day in commits:
        text = _git(root, "cat-file", "blob", f"{commit}:{name}")
        held &= {pitfall.id for pitfall in pitfalls_in(text) if pitfall.advises}
        if not held:
            return days
        days.update(dict.fromkeys(held, day))
    if commits and _is_shallow(root):
        raise InputError(
            f"this clone is shallow: it does not tell since when {commits[-1][1]} has its pitfalls",
            way_out=f"fetch all of it (`git fetch --unshallow`), or {_WAY_OUT}",
        )
    return days


def _commits(root: Path, file: Path, head: str) -> Iterator[tuple[str, str, datetime.date]]:
    """Yield the commits that changed a file, the newest first, each with the file's name then and its day in UTC.

    What a merge brought came with the merge: before it agents did not have what was written on another branch.
    """
    told = ("--follow", "--first-parent", "-m", "--diff-filter=d", "--name-only", "-z", "--format=%x01%H %ct")
    log = _git(root, "log", *told, head, "--", str(file))
    for entry in log.split("\1")[1:]:
        head, _, names = entry.partition("\0")
        commit, seconds = head.split()
        name = names.strip("\0\n")
        if name:
            yield commit, name, datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).date()


def _is_shallow(root: Path) -> bool:
    return _git(root, "rev-parse", "--is-shallow-repository").strip() == "true"


def _git(root: Path, *arguments: str) -> str:
    try:
        done = run_git(root, *arguments)
    except OSError as error:
        raise InputError("git is not installed, and tells since when a bucket is covered", way_out=_WAY_OUT) from error
    if done.returncode:
        raise InputError("no git history tells since when buckets are covered", way_out=_WAY_OUT)
    return done.stdout.decode("utf-8", "replace")
