"""`skills-lint triage`: the failures by root cause."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..place import shown
from ..words import counted
from .here import open_here
from .mine import mine_option
from .options import Options, common_options, echo, print_json

if TYPE_CHECKING:
    from ..project import Project


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--record", is_flag=True, help="Add the sessions to the evidence file.")
@click.option(
    "--rank",
    type=click.Choice(["sessions", "cost"]),
    default="sessions",
    show_default=True,
    help="What comes first: what met most sessions, or what wasted most (failed executions, then time).",
)
@mine_option()
@common_options("text", "json", reads_traces=True)
def command(options: Options, paths: tuple[Path, ...], mine: tuple[Path, ...], record: bool, rank: str) -> None:
    """Group the failures in the traces into root causes.

    PATHS are trace files and folders; without any, those of the configuration are read.
    """
    from ..triage.output import as_json, as_text
    from ..triage.rank import by_cost

    project = open_here(options, (*paths, *mine))
    recovered = project.recoveries
    triage = by_cost(project.triage, recovered) if rank == "cost" else project.triage
    _say_splits(project, options)
    if options.verbosity > 0:
        _say_source(project, options)
    if record:
        _record(project, options)
    if options.output_format == "json":
        print_json(as_json(triage, recovered))
    else:
        echo(as_text(triage, project.scan, recovered))


def _say_splits(project: Project, options: Options) -> None:
    """Say which groups in the evidence are several today, and as which of them their old records count."""
    for key, buckets in project.links.split(project.recorded).items():
        parts = ", ".join(f"`{bucket}` ({count})" for bucket, count in buckets.items())
        options.say(f"the group `{key}` of the evidence is in several today: {parts}; it counts as the first of them")


def _say_source(project: Project, options: Options) -> None:
    """Say where the repo's own Python API was looked for, and what of it could not be read."""
    api = project.api
    if api is None:
        options.say("source: none; there is no `src`, no package at the root, and no `source` in the configuration")
        return
    options.say(f"source: {', '.join(shown(folder) for folder in api.folders)}; {counted(api.files, 'module')}")
    for file, reason in sorted(api.unread.items()):
        options.say(f"source: not read: {file}: {reason}")


def _record(project: Project, options: Options) -> None:
    from ..evidence import write_evidence

    before = len(project.recorded)
    write_evidence(project.evidence_file, project.records)
    where = shown(project.evidence_file)
    options.say(f"{where}: {counted(len(project.records), 'session')}, {len(project.records) - before} of them new")
