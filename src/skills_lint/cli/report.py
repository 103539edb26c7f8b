"""`skills-lint report`: the dated triage report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..place import InputError, Place, shown
from .here import open_here
from .options import Options, common_options, echo, print_json

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from ..project import Project
    from ..report.page import Report


@click.command()
@click.option("--run", metavar="COMMAND", help="A command that shows that all is well; it is run, and quoted.")
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The last day of the window; by default that of the newest session.",
)
@common_options("text", "json", reads_traces=True)
def command(options: Options, run: str | None, day: datetime.datetime | None) -> int:
    """Write the dated triage report: root causes, changes since the last one, validation."""
    from ..report.figures import fields_of
    from ..report.page import report_page

    project = open_here(options)
    report = _report(project, day.date() if day else None, run)
    file = project.root / project.config.reports / f"{report.figures.date}.md"
    done = _write(file, report_page(report).encode("utf-8"))
    if options.output_format == "json":
        print_json({"version": 1, "file": shown(file), **fields_of(report.figures)})
    else:
        echo(f"{done} {shown(file)}")
    return 0


def _write(file: Path, page: bytes) -> str:
    """Write a report; return "replaced" where another one of the same day was there, else "wrote"."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replaced = file.exists() and file.read_bytes() != page
        file.write_bytes(page)
    except OSError as error:
        raise InputError(f"cannot write the report: {error.strerror}", place=Place(shown(file))) from error
    return "replaced" if replaced else "wrote"


def _report(project: Project, until: datetime.date | None, run: str | None) -> Report:
    from ..redaction import open_redactor
    from ..report.changes import changes_since_last_report
    from ..report.figures import figures_of
    from ..report.page import Report
    from ..report.validation import run_validation

    triage = project.triage_at(until)
    date = until or triage.end
    if date is None:
        raise InputError("no session tells its date", way_out="name the day of the report: `--date YYYY-MM-DD`")
    coverage = project.coverage_of(triage)
    figures = figures_of(
        date,
        triage,
        coverage,
        files=project.scan.files if project.scan else 0,
        publish=project.config.publish,
        validation=run_validation(run, project.root, open_redactor(project.root)) if run else None,
    )
    changes = changes_since_last_report(project.config, date, project.skills)
    return Report(project.root, figures, triage, coverage, changes, len(project.scan.skipped) if project.scan else None)
