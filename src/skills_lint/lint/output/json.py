"""Diagnostics as JSON; see schemas/check.schema.json."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .summary import Done

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..baseline import Compared
    from ..diagnostic import Diagnostic, Fix

_NOTHING = Done()


def as_json(diagnostics: Sequence[Diagnostic], done: Done = _NOTHING) -> dict[str, Any]:
    """Return the lint result; what was done is a part of it only where it was asked for."""
    result: dict[str, Any] = {
        "version": 1,
        "diagnostics": [
            {
                "file": diagnostic.file,
                "line": diagnostic.line,
                "column": diagnostic.column,
                "end_line": diagnostic.end_line,
                "end_column": diagnostic.end_column,
                "code": diagnostic.code,
                "name": diagnostic.name,
                "severity": diagnostic.severity,
                "message": diagnostic.message,
                "help": diagnostic.help,
                "fix": _fix(diagnostic.fix) if diagnostic.fix else None,
            }
            for diagnostic in diagnostics
        ],
    }
    if done.fixed is not None:
        result["fixed"] = done.fixed
    if done.compared is not None:
        result["baseline"] = _compared(done.compared)
    return result


def _compared(compared: Compared) -> dict[str, Any]:
    stale = [
        {"file": known.file, "code": known.code, "message": known.message, "count": count}
        for known, count in compared.stale
    ]
    return {"known": compared.known, "stale": stale}


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [
        {
            "line": edit.span.line,
            "column": edit.span.column,
            "end_line": edit.span.end_line,
            "end_column": edit.span.end_column,
            "text": edit.text,
        }
        for edit in fix.edits
    ]
    return {"title": fix.title, "safe": fix.safe, "edits": edits}
