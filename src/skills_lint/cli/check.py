"""`skills-lint check`: lint skills."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..git import top_folder
from ..place import NotAssessedError, shown
from ..project import Project, open_project
from .options import Options, common_options, print_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..lint.diagnostic import Diagnostic
    from ..lint.output.text import Paint
    from ..skills.find import Found
    from ..skills.skill import Skill

_COLORS = {"error": "31;1", "warning": "33;1", "info": "36;1", "place": "1", "gutter": "34"}  # ECMA-48 attributes


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@common_options("text", "json", "sarif", "github")
def command(paths: tuple[Path, ...], options: Options) -> int:
    """Lint the skills at PATHS, or those of the repo.

    A file that belongs to a skill stands for the skill. Exits with 1 if there are errors or warnings.
    """
    from ..skills.parse import parse_skill

    project = open_project(Path.cwd(), options.config)
    found, whole = _found(project, paths)
    if options.verbosity > 0:
        options.say(f"looked in {', '.join(found.looked)}")
    for path in found.unmatched:
        options.say(f"no skill: {path}")
    skills = project.skills if whole else tuple(parse_skill(path, shown(path), project.root) for path in found.files)
    diagnostics = project.lint(skills, whole=whole)
    _print(diagnostics, skills, project, options)
    return int(any(diagnostic.severity != "info" for diagnostic in diagnostics))


def _found(project: Project, paths: Sequence[Path]) -> tuple[Found, bool]:
    """Return the skills to check, and whether they are all skills of the repo.

    Raises NotAssessedError where whole folders hold none; files of no skill are what pre-commit may pass.
    """
    from ..skills.find import find_skills_at

    everything = {project.root.resolve(), project.bucket_file.resolve()}  # the buckets concern all skills
    whole = not paths or any(path.resolve() in everything for path in paths)
    found = project.found if whole else find_skills_at(paths, project.root, project.config.skills)
    if not found.files and all(path.is_dir() for path in paths):
        looked = f"looked in {', '.join(found.looked)} for SKILL.md, and for Markdown files in folders named skills"
        way_out = "write skills/<name>/SKILL.md, or name the folders in `skills` of the configuration"
        raise NotAssessedError(f"not assessed: there are no skills; {looked}", way_out=way_out)
    return found, whole


def _print(diagnostics: Sequence[Diagnostic], skills: Sequence[Skill], project: Project, options: Options) -> None:
    if options.output_format == "json":
        from ..lint.output.json import as_json

        print_json(as_json(diagnostics))
    elif options.output_format == "sarif":
        from ..lint.output.sarif import as_sarif

        print_json(as_sarif(diagnostics, _from_root(project)))
    elif options.output_format == "github":
        from ..lint.output.github import as_github

        click.echo(as_github(diagnostics, len(skills), _from_root(project)))
    else:
        from ..lint.output.text import as_text

        click.echo(as_text(diagnostics, len(skills), _source(skills), _paint()), color=True)


def _from_root(project: Project) -> Callable[[str], str]:
    """Return what turns a shown path into one from the top of the git repo, as code hosts want it."""
    top = top_folder(project.root) or project.root.resolve()

    def from_root(file: str) -> str:
        path = Path(file).absolute()
        return path.relative_to(top).as_posix() if path.is_relative_to(top) else file

    return from_root


def _source(skills: Sequence[Skill]) -> Callable[[str], Sequence[str]]:
    """Return what gives the lines of a file: those of a skill as it was read, since some are not to be read at all."""
    from ..lines import split_lines
    from ..skills.parse import read_text

    texts = {skill.file: skill.text for skill in skills}

    @cache
    def lines(file: str) -> Sequence[str]:
        text = texts[file] if file in texts else read_text(Path(file))[0]
        return split_lines(text) if text else ()

    return lines


def _paint() -> Paint:
    """Return what colors text: nothing unless the output is a terminal; `NO_COLOR` and `FORCE_COLOR` decide."""
    from ..lint.output.text import plain

    wanted = bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")
    if os.environ.get("NO_COLOR") or not wanted:
        return plain
    return lambda text, kind: f"\x1b[{_COLORS[kind]}m{text}\x1b[0m"
