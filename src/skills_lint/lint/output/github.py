"""Diagnostics as annotations of GitHub Actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...inert import inert
from ...place import Place
from .annotation import annotation
from .summary import Done, summary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..diagnostic import Diagnostic
    from .annotation import Command

_MOST = 10  # annotations that GitHub shows a step
_COMMANDS: dict[str, Command] = {"error": "error", "warning": "warning", "info": "notice"}
_NOTHING = Done()
_ORDER = ("error", "warning", "info")


def as_github(
    diagnostics: Sequence[Diagnostic], skills: int, from_root: Callable[[str], str], done: Done = _NOTHING
) -> str:
    """Return the first ten as annotations, errors first; the rest is counted, and plain lines of the log.

    `from_root` turns a diagnostic's file into a path from the root of the repo.
    """
    ordered = sorted(diagnostics, key=lambda diagnostic: _ORDER.index(diagnostic.severity))
    lines = [_annotation(diagnostic, from_root) for diagnostic in ordered[:_MOST]]
    rest = ordered[_MOST:]
    if rest:
        lines.append(f"{len(rest)} of {len(ordered)} findings are not annotated, since GitHub shows {_MOST} a step:")
        lines += [_plain(diagnostic, from_root) for diagnostic in rest]
    return "\n".join([*lines, summary(diagnostics, skills, done)])


def _annotation(diagnostic: Diagnostic, from_root: Callable[[str], str]) -> str:
    properties: dict[str, str | int] = {
        "file": from_root(diagnostic.file),
        "line": diagnostic.line,
        "col": diagnostic.column,
        "endLine": diagnostic.end_line,
    }
    if diagnostic.end_line == diagnostic.line:  # GitHub refuses columns over several lines
        properties["endColumn"] = diagnostic.end_column
    properties["title"] = f"{diagnostic.code} {diagnostic.name}"
    message = f"{diagnostic.message}\n{diagnostic.help}" if diagnostic.help else diagnostic.message
    return annotation(_COMMANDS[diagnostic.severity], message, properties)


def _plain(diagnostic: Diagnostic, from_root: Callable[[str], str]) -> str:
    place = Place(from_root(diagnostic.file), diagnostic.line, diagnostic.column)
    return inert(" ".join(f"{place}: {diagnostic.severity}: {diagnostic.code} {diagnostic.message}".split()))
