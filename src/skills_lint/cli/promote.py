"""`skills-lint promote`: a discovered group becomes a bucket."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..place import InputError
from ..project import Project, open_project
from .options import Options, common_options, echo

if TYPE_CHECKING:
    from ..triage.result import Assigned


@click.command()
@click.argument("group")
@common_options("text")
def command(options: Options, group: str) -> None:
    """Draft a bucket for a discovered GROUP, which is a hash that `triage` prints.

    The entry is printed, to be put into the bucket file and finished by hand; what its rule catches is said first.
    """
    from ..buckets.draft import draft_entry, draft_rule, slug
    from ..buckets.match import matches
    from ..errors.reading import Reading

    project = open_project(Path.cwd(), options.config)
    members = _members(project, group)
    first = members[0]
    rule = draft_rule(first.failure.fault, first.signature)
    caught = [item for item in project.assigned if matches(rule, Reading(item.failure.fault))]
    others = [item for item in caught if item.bucket != group]
    options.say(
        f"the rule catches {sum(item.bucket == group for item in caught)} of {len(members)} failures of the group, "
        f"and {len(others)} others"
    )
    options.say(f"put this under `buckets:` in {project.config.buckets}, and say what is still TODO")
    title = first.failure.fault.type or first.signature
    echo(draft_entry(slug(first.signature), title, rule))


def _members(project: Project, group: str) -> list[Assigned]:
    declared = next((bucket for bucket in project.buckets if bucket.id == group), None)
    if declared is not None:
        raise InputError(f"`{group}` is a bucket already", place=declared.place)
    members = [item for item in project.assigned if item.bucket == group]
    if not members:
        raise InputError(
            f"no discovered group `{group}` in the traces", way_out="`skills-lint triage` prints the groups' hashes"
        )
    if members[0].failure.fault.type is None:
        raise InputError(
            f"the failures of `{group}` have no exception ({members[0].signature}), so no rule can be drafted",
            way_out="write a bucket with a rule on `code`, for what those executions have in common",
        )
    return members
