"""`skills-lint prompt`: the routine's request with the present figures."""

from __future__ import annotations

import click

from .here import open_here
from .options import Options, common_options, echo


@click.command()
@common_options("text")
def command(options: Options) -> None:
    """Print the routine's request, filled in with the present buckets, counts and one example each.

    The request is the repo's own `prompt.md`, beside the bucket file, where it has one.
    """
    from ..report.prompt import prompt
    from ..shipped import shipped

    project = open_here(options)
    own = project.bucket_file.with_name("prompt.md")
    template = own if own.is_file() else shipped("routine", "prompt.md")
    text = template.read_text(encoding="utf-8", errors="replace")
    echo(prompt(text, project.triage, project.coverage, project.scan))
