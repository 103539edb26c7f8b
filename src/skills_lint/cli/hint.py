"""`skills-lint hint`: what to do about one error, said where it happens."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..place import InputError
from ..project import Project, open_project
from .options import Options, common_options, echo, print_json

if TYPE_CHECKING:
    from ..errors.fault import Fault
    from ..hints.hinter import Hint


@click.command()
@click.option(
    "--hook",
    type=click.Choice(["claude-code"]),
    help="Read the event of a hook of this tool, and answer as its hooks do.",
)
@click.option(
    "--holdout",
    metavar="SHARE",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Withhold hints in this share of the sessions, such as 0.2, and note which; with --hook.",
)
@common_options("text", "json")
def command(options: Options, hook: str | None, holdout: float) -> None:
    """Say what to do about the error on standard input, in the words of its bucket.

    Nothing is printed where there is nothing to say. With `--hook` it never fails: an agent waits for the answer.
    """
    if hook:
        _answer_hook(options, holdout)
        return
    if holdout:
        raise click.UsageError("`--holdout` goes by sessions, which only `--hook` knows")
    from ..hints import read_fault

    fault = read_fault(_standard_input().decode("utf-8", "replace"), None)
    found = _hint(_project(options, Path.cwd()), fault) if fault else None
    if options.output_format == "json":
        from dataclasses import asdict

        print_json({"version": 1, "hint": asdict(found) if found else None})
    elif found:
        echo(str(found))


def _answer_hook(options: Options, holdout: float) -> None:
    from ..hints.claude_code import answer, fault_of, read_event

    try:
        event = read_event(_standard_input())
        if event is None:
            return
        project = _project(options, Path(os.environ.get("CLAUDE_PROJECT_DIR") or Path.cwd()))
        fault = fault_of(event, project.config.python_tools)
        found = _hint(project, fault) if fault else None
        if found and _is_due(event.session, holdout):
            echo(answer(event, str(found)))
    except Exception as error:  # the agent goes on without a hint; its user may read why
        reason = error if isinstance(error, InputError) else f"internal error: {type(error).__name__}"
        echo(f"skills-lint: no hint: {reason}", err=True)


def _is_due(session: str, holdout: float) -> bool:
    from ..holdout import take_arm

    return take_arm(session, holdout) == "given"


def _project(options: Options, folder: Path) -> Project:
    return open_project(folder, options.config, cached=not options.no_cache)


def _hint(project: Project, fault: Fault) -> Hint | None:
    from ..hints.hinter import Hinter
    from ..hints.prepared import causes_of

    return Hinter(project, causes_of(project)).hint(fault)


def _standard_input() -> bytes:
    return sys.stdin.buffer.read()
