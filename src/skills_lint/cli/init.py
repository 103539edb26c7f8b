"""`skills-lint init`: configuration, routine and hooks for a repo that has skills."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..git import top_folder
from ..project import Project, open_project
from ..words import counted
from .options import Options, common_options, echo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..setup.step import Step


@click.command()
@common_options("text")
def command(options: Options) -> None:
    """Set up skills-lint in this repo; what is there already is left as it is.

    Writes the configuration, the routine with its bucket file, and the pre-commit hook. Run it again after
    `skills-lint triage --record`: the hook for coverage is added once there is evidence and the gate passes.
    """
    project = open_project(Path.cwd(), options.config)
    if project.bucket_file.exists():
        _ = project.buckets  # a bucket file that cannot be used is told before anything is written
    for step in _steps(project, options):
        echo(f"{step.done:9} {step.file}: {step.note}")
        if step.paste:
            echo(step.paste)
    for line in _state(open_project(Path.cwd(), options.config)):
        echo(line)


def _steps(project: Project, options: Options) -> Iterator[Step]:
    from ..setup.hooks import FILE, write_hooks
    from ..setup.routine import write_routine
    from ..setup.settings import write_settings
    from ..setup.step import Step

    yield from write_routine(project.config)
    project = Project(project.config)
    strict = bool(project.skills) and not _findings(_strict(project))
    yield from write_settings(project.config, strict=strict, known=_findings(project))
    project = open_project(Path.cwd(), options.config)
    top = top_folder(project.root)
    if top is None:
        yield Step("left", FILE, "no git repo here, so there are no hooks")
        return
    ids = ["skills-lint", *(["skills-coverage"] if project.recorded and project.coverage.covered else [])]
    config = project.config.file
    elsewhere = config is not None and (options.config is not None or config.resolve().parent != top)
    yield write_hooks(top, ids, Path(os.path.relpath(config, top)).as_posix() if config and elsewhere else None)


def _strict(project: Project) -> Project:
    return Project(replace(project.config, schema="skill"))


def _findings(project: Project) -> dict[str, list[str]]:
    """Return the codes that make `check` fail, by file from the root of the project."""
    codes: dict[str, set[str]] = {}
    for found in project.diagnostics:
        if found.severity != "info":
            file = Path(os.path.relpath(found.file, project.root)).as_posix()
            codes.setdefault(file, set()).add(found.code)
    return {file: sorted(those) for file, those in codes.items()}


def _state(project: Project) -> Iterator[str]:
    """Yield how the repo stands now, and what to do next."""
    found = sum(diagnostic.severity != "info" for diagnostic in project.diagnostics)
    findings = counted(found, "finding") if found else "no findings"
    yield f"{'check':9} {counted(len(project.skills), 'skill')}, {findings}"
    if not project.recorded:
        places = ", ".join(project.config.traces)
        first = "keep the evidence" if project.traces else f"put traces into {places}, then keep the evidence"
        yield f"{'next':9} {first}: skills-lint triage --record"
    elif not project.coverage.covered:
        yield f"{'next':9} skills-coverage is added when the gate passes; what it lacks: skills-lint coverage"
