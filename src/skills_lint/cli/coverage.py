"""`skills-lint coverage`: the gate."""

from __future__ import annotations

import click

from .here import open_here
from .options import Options, common_options, echo, print_json


@click.command()
@common_options("text", "json", reads_traces=True)
def command(options: Options) -> int:
    """Check that a skill warns about each top root cause.

    Exits with 1 when a top bucket that a skill can cure is not covered, or one that was fixed came back.
    """
    from ..coverage.output import as_json, as_text
    from ..triage.output import read_lines

    project = open_here(options)
    coverage = project.coverage
    if options.output_format == "json":
        print_json(as_json(coverage))
    else:
        for line in read_lines(project.triage, project.scan):
            echo(line)
        echo(as_text(coverage))
    return 0 if coverage.covered else 1
