"""`skills-lint upgrade`: the pitfalls that skills lack, as a diff or written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..place import InputError, did_you_mean
from ..skills.skill import skills_by_name
from .here import open_here
from .named import named_buckets
from .options import Options, common_options, echo, print_diff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..buckets.bucket import Bucket
    from ..change import Change
    from ..project import Project
    from ..skills.skill import Skill


@click.command()
@click.argument("buckets", metavar="[BUCKET]...", nargs=-1)
@click.option("--skill", "skill_name", metavar="NAME", help="The skill that should carry the pitfall.")
@click.option("--write", is_flag=True, help="Write the changes; without it they are only shown.")
@common_options("text")
def command(options: Options, buckets: tuple[str, ...], skill_name: str | None, write: bool) -> None:
    """Propose the pitfalls that skills lack, as a diff.

    Without a BUCKET: for each top bucket that is not covered. A bucket named by hand needs no traces.
    """
    project = open_here(options)
    changes = tuple(_changes(project, buckets, skill_name, options))  # all, before the first is written
    for change in changes:
        if write:
            change.write()
            echo(f"{change.file}: {'pitfall added' if change.before else 'written'}")
        else:
            print_diff(change)
    if not changes:
        options.say("nothing to add: no skill lacks a pitfall that it could have")
    elif not write:
        options.say("nothing is written yet; `--write` does it")


def _changes(project: Project, named: tuple[str, ...], skill_name: str | None, options: Options) -> Iterator[Change]:
    from ..coverage.upgrade import add_pitfalls, new_skill, skills_folder

    wanted: dict[str, tuple[Skill, list[Bucket]]] = {}
    for bucket in named_buckets(project, named) if named else _uncovered(project, options):
        if bucket.remedy != "skill":
            options.say(f"{bucket.id}: cured in the {bucket.remedy}, not by a skill: {bucket.fix}")
            continue
        if bucket.unfinished:
            way_out = "say why it happens and what to do; a pitfall says no more than its bucket"
            raise InputError(f"bucket `{bucket.id}` still says TODO", place=bucket.place, way_out=way_out)
        skills = _carriers(project, bucket, skill_name, options)
        if skills == ():
            continue
        shown = _shown(project, bucket, options)
        if skills is None:
            yield new_skill(shown, skills_folder(project.root, project.config.skills, project.skills))
        for skill in skills or ():
            wanted.setdefault(skill.file, (skill, []))[1].append(shown)
    for skill, buckets in wanted.values():
        change = add_pitfalls(skill, buckets)
        if change.before != change.after:
            yield change


def _shown(project: Project, bucket: Bucket, options: Options) -> Bucket:
    """Return a bucket with what may be shown of how agents got out of it."""
    if bucket.instead or not project.scan:
        return bucket
    from ..coverage.advice import with_recovered

    found = with_recovered(bucket, project.recoveries.get(bucket.id))
    if found.instead and project.config.publish == "counts":
        options.say(f"{bucket.id}: `publish` is `counts`, so code of traces is left out of the pitfall")
        return bucket
    return found


def _carriers(project: Project, bucket: Bucket, skill_name: str | None, options: Options) -> tuple[Skill, ...] | None:
    """Return the skills that are to get a bucket's pitfall; None where a new skill must be written for it."""
    from ..coverage.carrier import best_carrier, has_pitfall, listed_carriers

    if skill_name:
        return (_skill(project, skill_name),)
    if bucket.skills:
        return listed_carriers(bucket, project.skills)
    if any(has_pitfall(skill, bucket) for skill in project.skills):
        return ()
    best = best_carrier(bucket, project.skills, project.records)
    if best is None:
        options.say(f"{bucket.id}: no skill is near to it, so it gets a new one; `--skill NAME` chooses another")
        return None
    options.say(f"{bucket.id}: goes to the skill `{best.skill.name}`: {best.why}; `--skill NAME` chooses another")
    return (best.skill,)


def _uncovered(project: Project, options: Options) -> Iterator[Bucket]:
    """Yield the top buckets that are not covered; say of the others what has to be done first."""
    known = {bucket.id: bucket for bucket in project.causes}
    for item in project.coverage.buckets:
        id_ = item.bucket.id
        if not item.bucket.top or item.covered:
            continue
        if item.obstacle:
            options.say(f"{id_}: {item.obstacle}")
        elif id_ in known:
            yield known[id_]
        elif item.command:
            options.say(f"{id_}: no bucket yet; run `{item.command}` first")


def _skill(project: Project, name: str) -> Skill:
    known = skills_by_name(project.skills)
    if name not in known:
        near = did_you_mean(name, known)
        way_out = f"did you mean `{near}`?" if near else f"skills were looked for in {', '.join(project.found.looked)}"
        raise InputError(f"unknown skill `{name}`", way_out=way_out)
    return known[name]
