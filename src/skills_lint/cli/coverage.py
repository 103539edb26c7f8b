"""`skills-lint coverage`: the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .here import open_here
from .options import Options, common_options, echo, print_json

if TYPE_CHECKING:
    from ..coverage.result import Coverage
    from ..project import Project


@click.command()
@click.option(
    "--base",
    metavar="REF",
    help="Fail only for what is worse than at the commit where this branch left REF, as in `--base origin/main`.",
)
@common_options("text", "json", "github", reads_traces=True)
def command(options: Options, base: str | None) -> int:
    """Check that a skill warns about each top root cause.

    Exits with 1 when a top bucket that a skill can cure is not covered, or one that was fixed came back.
    """
    project = open_here(options)
    coverage = _against(project, base) if base is not None else project.coverage
    _print(coverage, project, options)
    return 0 if coverage.covered else 1


def _against(project: Project, base: str) -> Coverage:
    from .at_base import coverage_against

    return coverage_against(project, base)


def _print(coverage: Coverage, project: Project, options: Options) -> None:
    if options.output_format == "json":
        from ..coverage.output import as_json

        print_json(as_json(coverage))
        return
    if options.output_format == "github":
        from ..coverage.github import as_github

        click.echo(as_github(coverage, project.from_top))
        return
    from ..coverage.output import as_text
    from ..triage.output import read_lines

    for line in read_lines(project.triage, project.scan):
        echo(line)
    echo(as_text(coverage))
