"""`skills-lint prompt`: the routine's request with the present figures."""

from __future__ import annotations

from pathlib import Path

import click

from ..project import open_project
from .options import Options, common_options


@click.command()
@common_options("text")
def command(options: Options) -> None:
    """Print the routine's request, filled in with the present buckets, counts and one example each."""
    from ..report.prompt import prompt

    project = open_project(Path.cwd(), options.config)
    click.echo(prompt(project.triage, project.coverage, project.scan), nl=False)
