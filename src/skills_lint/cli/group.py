"""`skills-lint group`: failures from anywhere, grouped by root cause."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors.fault import Fault
from ..place import InputError, Place
from ..project import open_project
from .options import Options, common_options

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command()
@common_options("json")
def command(options: Options) -> None:
    """Group failures from standard input by root cause.

    Each line is a JSON object with `exception_type` and `message`, and perhaps `code`, `traceback`, `exit_code`. For
    each, in the same order, a line {"group": ID} comes out: the id of a bucket, or the hash of the signature.
    """
    from ..buckets.match import Matcher
    from ..errors.reading import Reading
    from ..redaction import open_redactor

    project = open_project(Path.cwd(), options.config)
    redactor = open_redactor(project.root)
    matcher = Matcher(project.causes)
    for fault in _faults(redactor.value):
        reading = Reading(fault)
        match = matcher.first(reading)
        click.echo(json.dumps({"group": match.bucket.id if match else reading.signature.key}))


def _faults(redact: Any) -> Iterator[Fault]:
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            row = redact(json.loads(line))
            yield _fault(row)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            expected = "a JSON object with `exception_type` and `message`, both texts or null"
            raise InputError(f"not a failure: expected {expected}", place=Place("-", number)) from error


def _fault(row: dict[str, Any]) -> Fault:
    texts = {key: row[key] for key in ("exception_type", "message")}
    texts |= {key: row.get(key) for key in ("traceback", "code")}
    exit_code = row.get("exit_code")
    if not all(value is None or isinstance(value, str) for value in texts.values()):
        raise TypeError("a text is expected")
    if exit_code is not None and not isinstance(exit_code, int):
        raise TypeError("a whole number is expected")
    qualified = texts["exception_type"] or None
    type_ = qualified.rsplit(".", 1)[-1] if qualified else None
    return Fault(type_, qualified, texts["message"], texts["traceback"], texts["code"], exit_code)
