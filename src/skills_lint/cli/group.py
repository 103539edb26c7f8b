"""`skills-lint group`: failures from anywhere, grouped by root cause."""

from __future__ import annotations

import json
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..place import InputError, Place
from ..project import Project, open_project
from .options import Options, common_options, echo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..errors.fault import Fault

_KNOWN = 2_048  # different failures whose group is remembered


@click.command()
@common_options("json")
def command(options: Options) -> int:
    """Group failures from standard input by root cause.

    Each line is a JSON object with `exception_type` and `message`, and perhaps `code`, `traceback`, `exit_code`; what
    else it holds is ignored. Where `exception_type` is missing or null it is read from `traceback`. For each, in the
    same order, a line {"group": ID} comes out: the id of a bucket, or the hash of the signature. A line that is no
    failure is told, gives {"group": null}, and makes the exit status 2.
    """
    from ..redaction import open_redactor
    from ..triage.rows import in_batches, redacted

    project = open_project(Path.cwd(), options.config)
    redactor = open_redactor(project.root)
    redactor.begin()
    group_of = _grouper(project)
    bad = 0
    for batch in in_batches(_failures()):
        distinct = list(dict.fromkeys(fault for fault in batch if fault is not None))
        groups: dict[Fault | None, str | None] = {None: None}
        groups.update(zip(distinct, map(group_of, redacted(distinct, redactor)), strict=True))
        sys.stdout.write("".join(f"{json.dumps({'group': groups[fault]})}\n" for fault in batch))
        sys.stdout.flush()
        bad += batch.count(None)
    return 2 if bad else 0


def _grouper(project: Project) -> Callable[[Fault], str]:
    matcher = project.matcher  # made now, while another core makes the redactor ready

    @lru_cache(maxsize=_KNOWN)
    def group_of(fault: Fault) -> str:
        reading = project.read(fault)
        match = matcher.first(reading)
        return match.bucket.id if match else reading.signature.key

    return group_of


def _failures() -> Iterator[Fault | None]:
    """Yield the failures on standard input; for a line that is none, say so and yield None."""
    from ..triage.rows import RowError, read_row

    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            yield read_row(line)
        except RowError as error:
            way_out = "a line is a JSON object with `exception_type` and `message`, or `traceback`, or `exit_code`"
            echo(f"error: {InputError(f'not a failure: {error}', place=Place('-', number), way_out=way_out)}", err=True)
            yield None
