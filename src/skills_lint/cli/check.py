"""`skills-lint check`: lint skills, and mend them."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..lint.cache import Outcome, open_cache
from ..lint.output.summary import Done
from ..place import InputError, NotAssessedError, Place, shown
from ..project import Project, open_project
from ..words import counted
from .options import Options, common_options, print_diff, print_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ..change import Change
    from ..lint.baseline import Compared, Known
    from ..lint.diagnostic import Diagnostic
    from ..lint.output.text import Paint
    from ..lint.rewrite import Rewrite
    from ..skills.find import Found
    from ..skills.skill import Skill

_COLORS = {"error": "31;1", "warning": "33;1", "info": "36;1", "place": "1", "gutter": "34"}  # ECMA-48 attributes


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--fix", is_flag=True, help="Mend what can be mended beyond doubt.")
@click.option("--unsafe-fixes", is_flag=True, help="Mend also what needs a guess at what is meant.")
@click.option("--diff", is_flag=True, help="Print what would be mended, as a diff, and write nothing.")
@click.option("--preview", is_flag=True, help="Run also the rules that are on trial.")
@click.option(
    "--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Let only findings count that FILE has not."
)
@click.option("--write-baseline", type=click.Path(path_type=Path), metavar="FILE", help="Write all findings to FILE.")
@common_options("text", "json", "sarif", "github")
def command(
    paths: tuple[Path, ...],
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    preview: bool,
    baseline: Path | None,
    write_baseline: Path | None,
    options: Options,
) -> int:
    """Lint the skills at PATHS, or those of the repo.

    A file that belongs to a skill stands for the skill. Exits with 1 if there are errors or warnings; with `--diff`, if
    there is something to mend.
    """
    project = open_project(Path.cwd(), options.config)
    if preview:
        project = replace(project, config=replace(project.config, preview=True))
    known = _known(project, baseline, write_baseline)
    whole = _is_whole(project, paths)
    _refuse(diff=diff, write_baseline=write_baseline is not None, known=known, whole=whole, options=options)
    texts: Mapping[str, str] = {}
    done = Done()
    if fix or unsafe_fixes or diff:
        outcome, skills = _checked(project, paths, options, whole=whole)
        rewritten = _rewrite(project, skills, outcome.diagnostics, whole=whole, unsafe=unsafe_fixes, options=options)
        if diff:
            return _show(rewritten, options)
        for change in rewritten.changes:
            _write(change)
        outcome, texts = replace(outcome, diagnostics=rewritten.diagnostics), rewritten.texts
        done = Done(fixed=rewritten.count)
    else:
        outcome = _recalled(project, paths, options, whole=whole)
    if write_baseline:
        return _write_baseline(write_baseline, outcome.diagnostics, project, options)
    if known is not None:
        compared = _compare(outcome, known, project, whole=whole, options=options)
        outcome, done = replace(outcome, diagnostics=compared.new), replace(done, compared=compared)
    _print(outcome, done, _source(outcome.hidden, texts), project, options)
    return int(any(diagnostic.severity != "info" for diagnostic in outcome.diagnostics))


def _refuse(
    *, diff: bool, write_baseline: bool, known: Mapping[Known, int] | None, whole: bool, options: Options
) -> None:
    """Raise UsageError for options that do not go together."""
    if diff and options.output_format != "text":
        raise click.UsageError("--diff prints a diff; it goes with no other --output-format")
    if write_baseline and (diff or known is not None or options.output_format != "text"):
        raise click.UsageError("--write-baseline goes with none of --baseline, --diff and --output-format")
    if write_baseline and not whole:
        raise click.UsageError("a baseline is of the whole repo: --write-baseline goes with no PATHS")


def _known(project: Project, baseline: Path | None, write_baseline: Path | None) -> Mapping[Known, int] | None:
    """Return the baseline to hold findings against: the one that is named, or that of the repo; None for none."""
    if baseline:
        from ..lint.baseline import read_baseline

        return read_baseline(baseline)
    return project.baseline if project.baseline_file and not write_baseline else None


def _is_whole(project: Project, paths: Sequence[Path]) -> bool:
    """Say whether paths stand for all skills of the repo."""
    everything = {project.root.resolve(), project.bucket_file.resolve()}  # the buckets concern all skills
    return not paths or any(path.resolve() in everything for path in paths)


def _recalled(project: Project, paths: Sequence[Path], options: Options, *, whole: bool) -> Outcome:
    """Return what a check comes to: from the cache if nothing has changed since."""
    cache = None if options.no_cache else open_cache(project.config, paths)
    outcome = cache.read() if cache else None
    if outcome is not None:
        _say(outcome.looked, outcome.unmatched, options)
        return outcome
    outcome, _ = _checked(project, paths, options, whole=whole)
    if cache:
        cache.write(outcome)
    return outcome


def _checked(
    project: Project, paths: Sequence[Path], options: Options, *, whole: bool
) -> tuple[Outcome, tuple[Skill, ...]]:
    """Return what a check comes to, and the skills that were checked, parsed."""
    from ..skills.parse import parse_skill

    found = _found(project, paths, whole=whole)
    _say(found.looked, found.unmatched, options)
    fresh = () if whole else (parse_skill(path, shown(path), project.root) for path in found.files)
    skills = project.skills if whole else tuple(fresh)
    diagnostics = project.lint(skills, whole=whole)
    files = tuple(str(path) for path in found.files)
    hidden = tuple(skill.file for skill in skills if not skill.text)
    return Outcome(files, found.looked, found.unmatched, diagnostics, hidden), skills


def _say(looked: Sequence[str], unmatched: Sequence[str], options: Options) -> None:
    if options.verbosity > 0:
        options.say(f"looked in {', '.join(looked)}")
    for path in unmatched:
        options.say(f"no skill: {path}")


def _found(project: Project, paths: Sequence[Path], *, whole: bool) -> Found:
    """Return the skills to check.

    Raises NotAssessedError where whole folders hold none; files of no skill are what pre-commit may pass.
    """
    from ..skills.find import find_skills_at

    found = project.found if whole else find_skills_at(paths, project.root, project.config.skills)
    if not found.files and all(path.is_dir() for path in paths):
        looked = f"looked in {', '.join(found.looked)} for SKILL.md, and for Markdown files in folders named skills"
        way_out = "write skills/<name>/SKILL.md, or name the folders in `skills` of the configuration"
        raise NotAssessedError(f"not assessed: there are no skills; {looked}", way_out=way_out)
    return found


def _rewrite(
    project: Project,
    skills: tuple[Skill, ...],
    diagnostics: Sequence[Diagnostic],
    *,
    whole: bool,
    unsafe: bool,
    options: Options,
) -> Rewrite:
    """Return what fixes would do; files that must not be changed are told."""
    from ..lint.rewrite import rewrite

    def lint(texts: Mapping[str, str]) -> Sequence[Diagnostic]:
        return project.lint(skills, whole=whole, texts=texts)

    rewritten = rewrite(diagnostics, lint, project.top, unsafe=unsafe)
    for file, why in rewritten.untouched:
        options.say(f"not fixed: {file}: {why}")
    return rewritten


def _show(rewritten: Rewrite, options: Options) -> int:
    """Print what would be mended; return 1 if there is something."""
    for change in rewritten.changes:
        print_diff(change)
    files = counted(len(rewritten.changes), "file")
    options.say(f"{counted(rewritten.count, 'finding')} would be fixed in {files}; nothing is written")
    return int(bool(rewritten.changes))


def _write(change: Change) -> None:
    if change.path.read_bytes() != change.before:
        raise InputError(f"{change.file} was changed meanwhile, and is not fixed", way_out="run it again")
    change.write()


def _write_baseline(path: Path, diagnostics: Sequence[Diagnostic], project: Project, options: Options) -> int:
    from ..change import Change
    from ..lint.baseline import baseline_of, baseline_text

    known = baseline_of(diagnostics, project.from_top)
    try:
        before = path.read_bytes() if path.exists() else b""
        Change(path, shown(path), before, baseline_text(known).encode("utf-8")).write()
    except OSError as error:
        raise InputError(f"the baseline cannot be written: {error.strerror}", place=Place(shown(path))) from error
    options.say(f"{shown(path)}: {counted(known.total(), 'finding')}; `check --baseline {shown(path)}` tells new ones")
    return 0


def _compare(
    outcome: Outcome, known: Mapping[Known, int], project: Project, *, whole: bool, options: Options
) -> Compared:
    """Return findings held against a baseline; what is stale in it is told."""
    from ..skills.find import SKILL_FILE

    files = {Path(file).resolve() for file in outcome.files}

    def was_read(file: str) -> bool:
        owners = (folder / SKILL_FILE for folder in (project.top / file).parents if (folder / SKILL_FILE).is_file())
        return whole or next(owners, project.top / file).resolve() in files

    compared = project.compare(outcome.diagnostics, known, was_read)
    for entry, count in compared.stale:
        times = f" ({count} times)" if count > 1 else ""
        options.say(f"no longer found: {entry.file}: {entry.code} {entry.message}{times}")
    if compared.stale:
        options.say("  = help: write the baseline anew with --write-baseline")
    return compared


def _print(
    outcome: Outcome, done: Done, source: Callable[[str], Sequence[str]], project: Project, options: Options
) -> None:
    diagnostics, skills = outcome.diagnostics, len(outcome.files)
    if options.output_format == "json":
        from ..lint.output.json import as_json

        print_json(as_json(diagnostics, done))
    elif options.output_format == "sarif":
        from ..lint.output.sarif import as_sarif

        print_json(as_sarif(diagnostics, project.from_top))
    elif options.output_format == "github":
        from ..lint.output.github import as_github

        click.echo(as_github(diagnostics, skills, project.from_top, done))
    else:
        from ..lint.output.text import as_text

        click.echo(as_text(diagnostics, skills, source, _paint(), done), color=True)


def _source(hidden: Sequence[str], texts: Mapping[str, str]) -> Callable[[str], Sequence[str]]:
    """Return what gives the lines of a file; `hidden` are those that are not to be read, for one a link to outside.

    `texts` are those of files that were just mended.
    """
    from ..lines import split_lines

    @cache
    def lines(file: str) -> Sequence[str]:
        if file in hidden:
            return ()
        try:
            text = texts[file] if file in texts else Path(file).read_bytes().decode("utf-8", errors="replace")
        except OSError:  # what is about the repo as a whole has no file
            return ()
        return split_lines(text.removeprefix("\ufeff"))

    return lines


def _paint() -> Paint:
    """Return what colors text: nothing unless the output is a terminal; `NO_COLOR` and `FORCE_COLOR` decide."""
    from ..lint.output.text import plain

    wanted = bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")
    if os.environ.get("NO_COLOR") or not wanted:
        return plain
    return lambda text, kind: f"\x1b[{_COLORS[kind]}m{text}\x1b[0m"
