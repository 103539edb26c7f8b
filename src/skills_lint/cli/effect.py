"""`skills-lint effect`: what became of causes after their pitfalls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..place import NotAssessedError, shown
from .here import open_here
from .named import named_buckets
from .options import Options, common_options, echo, print_json

if TYPE_CHECKING:
    import datetime

    from ..effect.result import Cover
    from ..project import Project


@click.command()
@click.argument("buckets", metavar="[BUCKET]...", nargs=-1)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The first day with the pitfalls; by default git tells it.",
)
@common_options("text", "json", reads_traces=True)
def command(options: Options, buckets: tuple[str, ...], since: datetime.datetime | None) -> None:
    """Show whether root causes became rarer after skills warned about them.

    Works from the evidence. Without a BUCKET: for each that a pitfall covers.
    """
    from ..effect.going_on import going_on
    from ..effect.judge import effects_of
    from ..effect.output import as_json, as_text
    from ..effect.since import covers_of

    project = open_here(options)
    if not project.records:
        raise NotAssessedError(
            f"not assessed: there are no traces and no evidence; looked in {shown(project.evidence_file)}",
            way_out="record the sessions where the traces are: `skills-lint triage --record`",
        )
    covers = covers_of(project.causes, project.skills, project.root, since.date() if since else None)
    wanted = _wanted(project, buckets, covers)
    effects = tuple(effect for effect in effects_of(project.records, covers) if effect.bucket in wanted)
    uncovered = wanted - {cover.bucket for cover in covers}
    days = project.config.window
    rows = going_on(project.records, (c for c in covers if c.bucket in wanted), uncovered, project.assigned, days)
    if options.output_format == "json":
        print_json(as_json(effects, rows))
    else:
        for line in as_text(effects, rows):
            echo(line)


def _wanted(project: Project, named: tuple[str, ...], covers: tuple[Cover, ...]) -> frozenset[str]:
    """Return the buckets that are asked for: those named, or those seen that are covered or at the top."""
    if not named:
        seen = {bucket for record in project.records for bucket in record.failures}
        top = {bucket.id for bucket in project.triage.top}
        return frozenset(seen & {cover.bucket for cover in covers} | top)
    return frozenset(bucket.id for bucket in named_buckets(project, named))
