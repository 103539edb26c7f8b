"""`skills-lint scan`: every failed Python execution in the traces, with its place, and what was read."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..inert import one_line
from ..place import NotAssessedError, shown
from ..project import way_to_traces
from ..words import counted
from .here import open_here
from .mine import mine_option
from .options import Options, common_options, echo, print_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..project import Project
    from ..traces.result import Failure, ScanResult

_MESSAGE_WIDTH = 120
_MOST_REASONS = 5


@click.command("scan")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@mine_option()
@common_options("text", "json", reads_traces=True)
def command(paths: tuple[Path, ...], mine: tuple[Path, ...], options: Options) -> int:
    """Find every failed Python execution in the traces.

    PATHS are files, folders, or `-` for standard input; without any, the traces that the configuration names.
    """
    from ..traces.scan import to_json

    project = open_here(options, (*paths, *mine))
    result = project.scan
    if result is None or not result.files:
        raise _no_traces(project, result)
    if options.output_format == "json":
        print_json(to_json(result))
    else:
        for failure in result.failures:
            echo(_line(failure))
        echo("\n".join(_summary(result)))
    return 0


def _no_traces(project: Project, result: ScanResult | None) -> NotAssessedError:
    places = project.trace_paths or tuple(project.root / path for path in project.config.traces)
    skipped = result.skipped if result else ()
    reasons = "".join(f"\n  {item.file}: {item.reason}" for item in skipped[:_MOST_REASONS])
    more = f"\n  … and {len(skipped) - _MOST_REASONS} more" if len(skipped) > _MOST_REASONS else ""
    looked = ", ".join(shown(path) for path in places)
    return NotAssessedError(f"no traces; looked in {looked}{reasons}{more}", way_out=way_to_traces("scan"))


def _line(failure: Failure) -> str:
    place = f"{failure.file}:{failure.line}" if failure.line is not None else failure.file
    if failure.pointer:
        place += f"#{failure.pointer}"
    return f"{place}: {_told(failure)} ({failure.tool}, {failure.session})"


def _told(failure: Failure) -> str:
    """Return the failure's exception, or how the run ended without one, in one line."""
    fault = failure.fault
    message = one_line(fault.message or "", _MESSAGE_WIDTH)
    if fault.type is not None:
        return f"{fault.type}: {message}" if message else fault.type
    ended = "failed" if fault.exit_code is None else f"exit status {fault.exit_code}"
    return f"{ended}: {message}" if message else ended


def _summary(result: ScanResult) -> Iterable[str]:
    """Yield the closing table: what was read of each format, and what was not."""
    from ..traces.tally import tally_by_format

    if result.failures:
        yield ""
    heads = ("format", "files", "sessions", "tool calls", "executions", "failures")
    yield from _aligned([heads, *(tuple(map(str, astuple(tally))) for tally in tally_by_format(result))])
    yield (
        f"{counted(result.files, 'file')}, {counted(len(result.sessions), 'session')}: "
        f"{counted(result.tool_calls, 'tool call')}, {result.executions:,} Python, {len(result.failures):,} failed; "
        f"{counted(result.other_failures, 'failure')} of other tools not analysed"
    )
    if result.skipped:
        yield f"{len(result.skipped):,} not read:"
        for skipped in result.skipped:
            place = skipped.file if skipped.line is None else f"{skipped.file}:{skipped.line}"
            yield f"  {place}: {skipped.reason}"


def _aligned(table: Sequence[tuple[str, ...]]) -> Iterable[str]:
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for name, *numbers in table:
        yield "  ".join([name.ljust(widths[0]), *(n.rjust(w) for n, w in zip(numbers, widths[1:], strict=True))])
