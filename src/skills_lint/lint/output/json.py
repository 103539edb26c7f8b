"""Diagnostics as JSON; see schemas/check.schema.json."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..diagnostic import Diagnostic


def as_json(diagnostics: Sequence[Diagnostic]) -> dict[str, Any]:
    """Return the lint result."""
    return {
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
                "fix": None,
            }
            for diagnostic in diagnostics
        ],
    }
