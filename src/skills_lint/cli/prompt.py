"""`skills-lint prompt`: the routine's request with the present figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .here import open_here
from .options import Options, common_options, echo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..project import Project


@click.command()
@common_options("text")
def command(options: Options) -> None:
    """Print the routine's request, filled in with the present buckets, one example each, and what is still open.

    The request is the repo's own `prompt.md`, beside the bucket file, where it has one.
    """
    from ..report.prompt import prompt
    from ..shipped import shipped

    project = open_here(options)
    own = project.bucket_file.with_name("prompt.md")
    template = own if own.is_file() else shipped("routine", "prompt.md")
    text = template.read_text(encoding="utf-8", errors="replace")
    echo(prompt(text, project.triage, project.coverage, project.scan, _still_open(project)))


def _still_open(project: Project) -> Iterator[str]:
    from ..report.figures import figures_of
    from ..report.movement import histories
    from ..report.still_open import still_open

    triage, coverage = project.triage, project.coverage
    if triage.end is None:  # no session tells its date, so there is no report either
        return still_open(coverage, ())
    earlier = project.reports(triage.end)
    now = figures_of(triage.end, triage, coverage, files=0, publish=project.config.publish)
    return still_open(coverage, histories([*earlier, now]), earlier[-1] if earlier else None)
