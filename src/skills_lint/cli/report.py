"""`skills-lint report`: the dated triage report."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..place import InputError, Place, shown
from .here import open_here
from .options import Options, common_options, echo, print_json

if TYPE_CHECKING:
    import datetime

    from ..project import Project
    from ..report.page import Report


@click.command()
@click.option("--run", metavar="COMMAND", help="A command that shows that all is well; it is run, and quoted.")
@click.option(
    "--junit",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The JUnit XML of a run of tests; read after --run.",
)
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The last day of the window; by default that of the newest session.",
)
@common_options("text", "json", "markdown", "github", reads_traces=True)
def command(options: Options, run: str | None, junit: Path | None, day: datetime.datetime | None) -> int:
    """Write the dated triage report: root causes, changes since the last one, validation.

    As `markdown` it is printed too, as `github` in a few lines: append them to $GITHUB_STEP_SUMMARY.
    """
    from ..report.page import report_page

    project = open_here(options)
    report = _report(project, day.date() if day else None, run, junit)
    file = project.root / project.config.reports / f"{report.figures.date}.md"
    done = _write(file, report_page(report).encode("utf-8"))
    _warn_of_unknown_buckets(report, project, options)
    if options.output_format == "text":
        echo(f"{done} {shown(file)}")
        return 0
    options.say(f"{done} {shown(file)}")
    _print(report, shown(file), options)
    return 0


def _print(report: Report, file: str, options: Options) -> None:
    if options.output_format == "json":
        from ..report.output import as_json

        print_json(as_json(report, file))
    elif options.output_format == "markdown":
        from ..report.page import report_text

        echo(report_text(report))
    else:
        from ..report.summary import report_summary

        echo(report_summary(report))


def _write(file: Path, page: bytes) -> str:
    """Write a report; return "replaced" where another one of the same day was there, else "wrote"."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replaced = file.exists() and file.read_bytes() != page
        file.write_bytes(page)
    except OSError as error:
        raise InputError(f"cannot write the report: {error.strerror}", place=Place(shown(file))) from error
    return "replaced" if replaced else "wrote"


def _warn_of_unknown_buckets(report: Report, project: Project, options: Options) -> None:
    """Say which trailers of commits name no bucket."""
    known = {bucket.id for bucket in project.causes} | {history.id for history in report.histories}
    code, skills = report.changes.code, report.changes.skills
    named = chain.from_iterable((*(change.buckets for change in code), *(change.buckets for change in skills)))
    for id_ in dict.fromkeys(named):
        if id_ not in known:
            options.say(f"a commit or a pitfall names a bucket that does not exist: {id_}")


def _report(project: Project, until: datetime.date | None, run: str | None, junit: Path | None) -> Report:
    from ..redaction import open_redactor
    from ..report.changes import changes_since_last_report
    from ..report.figures import figures_of
    from ..report.junit import read_junit
    from ..report.movement import histories
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
        tests=read_junit(junit, project.root) if junit else None,
    )
    changes = changes_since_last_report(project.config, date, project.skills)
    not_read = len(project.scan.skipped) if project.scan else None
    over_time = histories([*project.reports(date), figures])
    return Report(project.root, figures, triage, coverage, changes, not_read, over_time)
