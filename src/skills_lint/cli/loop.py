"""Bare `skills-lint`: lint, triage and coverage of the repo, under a screen."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from ..place import Place
from ..words import counted
from .here import open_here
from .options import Options, echo, print_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..project import Project

_MOST_FINDINGS = 10


def run_loop(options: Options) -> int:
    """Print the summary; return 0 if all is fine, 1 if there are findings or the gate fails.

    Raises NotAssessedError, after the lint, where there are neither traces nor evidence.
    """
    project = open_here(options)
    if options.output_format == "json":
        print_json(_as_json(project))
    else:
        for line in chain(_lint_lines(project), _cause_lines(project)):
            echo(line)
    fine = project.coverage.covered and all(found.severity == "info" for found in project.diagnostics)
    return 0 if fine else 1


def _as_json(project: Project) -> dict[str, Any]:
    """Return lint, triage and coverage; the latter two are null where there is nothing to judge by."""
    from ..coverage.output import as_json as coverage_json
    from ..lint.output.json import as_json as lint_json
    from ..lint.output.summary import Done
    from ..triage.output import as_json as triage_json

    assessed = bool(project.records)
    return {
        "version": 1,
        "lint": lint_json(project.diagnostics, Done(compared=project.compared if project.baseline_file else None)),
        "triage": triage_json(project.triage) if assessed else None,
        "coverage": coverage_json(project.coverage) if assessed else None,
    }


def _lint_lines(project: Project) -> Iterator[str]:
    found = project.diagnostics
    known = f", {project.compared.known:,} known" if project.baseline_file else ""
    yield f"skills    {counted(len(project.skills), 'skill')}, {counted(len(found), 'finding')}{known}"
    for diagnostic in found[:_MOST_FINDINGS]:
        place = Place(diagnostic.file, diagnostic.line, diagnostic.column)
        yield f"  {place}: {diagnostic.code} {diagnostic.message}"
    if len(found) > _MOST_FINDINGS:
        yield f"  … and {len(found) - _MOST_FINDINGS} more: skills-lint check"


def _cause_lines(project: Project) -> Iterator[str]:
    from ..coverage.output import bucket_lines, verdict
    from ..triage.output import explained, read_lines

    triage = project.triage
    yield from read_lines(triage, project.scan)
    yield f"causes    {explained(triage)}"
    yield from bucket_lines(project.coverage)
    yield verdict(project.coverage)
