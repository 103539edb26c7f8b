"""Diagnostics as SARIF 2.1.0.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ...place import Span
from ..reference import rule_page
from ..registry import rules

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..diagnostic import Diagnostic, Fix
    from ..rule import Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_ROOT = "%SRCROOT%"


def as_sarif(diagnostics: Sequence[Diagnostic], from_root: Callable[[str], str]) -> dict[str, Any]:
    """Return a SARIF log with one run; `from_root` turns a diagnostic's file into a path from the root of the repo."""
    driver = {
        "name": "skills-lint",
        "version": version("skills-lint"),
        "rules": [_rule(rule) for rule in rules()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repo."}}},
        "results": [_result(diagnostic, from_root) for diagnostic in diagnostics],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.explanation.strip()},
        "help": {"text": rule.explanation.strip(), "markdown": rule_page(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(diagnostic: Diagnostic, from_root: Callable[[str], str]) -> dict[str, Any]:
    index = next(place for place, rule in enumerate(rules()) if rule.code == diagnostic.code)
    span = Span(diagnostic.line, diagnostic.column, diagnostic.end_line, diagnostic.end_column)
    artifact = {"uri": quote(from_root(diagnostic.file)), "uriBaseId": _ROOT}
    message = f"{diagnostic.message}. {diagnostic.help}" if diagnostic.help else diagnostic.message
    result = {
        "ruleId": diagnostic.code,
        "ruleIndex": index,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": message},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": _region(span)}}],
    }
    return result | ({"fixes": [_fix(diagnostic.fix, artifact)]} if diagnostic.fix else {})


def _fix(fix: Fix, artifact: dict[str, str]) -> dict[str, Any]:
    replacements = [{"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}} for edit in fix.edits]
    return {
        "description": {"text": fix.title},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
    }


def _region(span: Span) -> dict[str, int]:
    if span.column == 0:  # a byte order mark, which is no character to SARIF
        return {"byteOffset": 0, "byteLength": 3}
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
