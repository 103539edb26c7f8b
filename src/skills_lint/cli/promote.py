"""`skills-lint promote`: a discovered group, or an entry of the catalogue, becomes a bucket of the repo."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from ..place import InputError, Place
from ..words import counted
from .here import open_here
from .options import Options, common_options, echo

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..buckets.bucket import Bucket
    from ..buckets.draft import Draft
    from ..errors.fault import Fault
    from ..project import Project
    from ..triage.result import Assigned


@click.command()
@click.argument("group")
@common_options("text")
def command(options: Options, group: str) -> None:
    """Draft a bucket for GROUP: the hash of a discovered group that `triage` prints, or an id of the catalogue.

    The entry is printed, to be put into the bucket file and finished by hand. What its rule catches of all failures
    in the traces is said first; it is narrowed until it catches no other group, where it can be.
    """
    from ..buckets.draft import entry_of

    project = open_here(options)
    group = _today(project, group, options)
    entry = _overruled(project, group, options) or _drafted(project, group, options)
    echo(entry_of(entry))


def _today(project: Project, group: str, options: Options) -> str:
    """Return the bucket in which the failures of an earlier hash are today; else the group itself."""
    from ..errors.signature import is_key

    if not is_key(group) or any(item.bucket == group for item in project.assigned):
        return group
    today = project.links.bucket(group, pipeline=1)
    if today is None:
        return group
    options.say(f"`{group}` is of an earlier pipeline; most of its failures are in `{today}` today")
    return today


def _overruled(project: Project, id_: str, options: Options) -> Bucket | None:
    """Return an entry of the catalogue as a bucket of the repo that takes what it catches; None if it is none."""
    from ..buckets.bucket import MatchRule

    bucket = next((bucket for bucket in project.causes if bucket.id == id_), None)
    if bucket is None:
        return None
    if bucket.source == "repo":
        raise InputError(f"`{id_}` is a bucket already", place=bucket.place)
    caught = sum(item.bucket == id_ for item in project.assigned)
    options.say(f"`{id_}` is a bucket of the built-in catalogue: {counted(caught, 'failure')} in the traces")
    options.say(f"put this under `buckets:` in {project.config.buckets}, and change what you know better")
    return replace(bucket, match=(MatchRule(bucket=id_),))


def _drafted(project: Project, group: str, options: Options) -> Bucket:
    from ..buckets.draft import draft_bucket, draft_rule
    from ..buckets.match import matches
    from ..errors.signature import is_catch_all

    if not any(item.bucket == group for item in project.assigned):
        if project.scan is None and any(group in record.failures for record in project.records):
            way_out = "run it where the traces are, or name them in the configuration: `traces`"
            raise InputError(
                f"a bucket is drafted from errors, and there are no traces here of `{group}`", way_out=way_out
            )
        way_out = "`skills-lint triage` prints the groups' hashes"
        raise InputError(f"no discovered group `{group}` in the traces", way_out=way_out)
    faults = dict.fromkeys(item.failure.fault for item in project.assigned)
    readings = {fault: project.read(fault) for fault in faults}
    inside = dict.fromkeys(item.failure.fault for item in project.assigned if item.bucket == group)
    members = [readings[fault] for fault in inside]
    draft = draft_rule(members, [reading for fault, reading in readings.items() if fault not in inside])
    caught = {fault for fault, reading in readings.items() if matches(draft.rule, reading)}
    for line in _told(draft, group, project.assigned, caught):
        options.say(line)
    if is_catch_all(group):
        options.say(f"an exit status alone names no cause ({members[0].signature.text}): narrow the rule by `code`")
    options.say(f"put this under `buckets:` in {project.config.buckets}, and say what is still TODO")
    return draft_bucket(members[0], draft.rule, {bucket.id for bucket in project.causes})


def _told(draft: Draft, group: str, assigned: Sequence[Assigned], caught: set[Fault]) -> Iterator[str]:
    """Yield what a rule catches: of the group, and of each other group with a place to look at."""
    members = [item for item in assigned if item.bucket == group]
    others: dict[str, list[Assigned]] = {}
    for item in assigned:
        if item.bucket != group and item.failure.fault in caught:
            others.setdefault(item.bucket, []).append(item)
    inside = sum(item.failure.fault in caught for item in members)
    more = counted(sum(map(len, others.values())), "other")
    yield f"the rule catches {inside} of {counted(len(members), 'failure')} of the group, and {more}"
    for bucket, items in sorted(others.items(), key=lambda other: (-len(other[1]), other[0])):
        yield f"  {len(items)} of `{bucket}`, as at {_place(items[0])}"
    if draft.rule.signature is not None:
        yield "it pins the signature, since no words, library or fact tell these failures from all others"
    elif draft.narrowed_by:
        names = " and ".join(f"`{name}`" for name in draft.narrowed_by)
        yield f"it is narrowed by {names}, so that it catches {'fewer others' if others else 'no other group'}"


def _place(item: Assigned) -> str:
    failure = item.failure
    place = str(Place(failure.file, failure.line))
    return f"{place}#{failure.pointer}" if failure.pointer else place
