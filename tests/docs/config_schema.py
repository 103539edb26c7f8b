"""The rules in `schemas/config.schema.json`, for editors to complete and check; as a script it writes them there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from skills_lint.lint.registry import rules

FILE = Path(__file__).parents[2] / "schemas" / "config.schema.json"
START = '  "$defs": '
LEVELS = ["error", "warning", "info", "off"]


def definitions() -> dict[str, Any]:
    """Return what the schema says of rules: how one may be named, and what its severity may be."""
    named = {word: rule.summary for rule in rules() for word in (rule.code, rule.name)}
    level = {"$ref": "#/$defs/severity"}
    return {
        "words": {"type": "array", "items": {"type": "string"}},
        "severity": {"enum": LEVELS},
        "rule": {
            "title": "rule",
            "description": "A code, the beginning of one, or a name.",
            "anyOf": [
                {"enum": [*named], "x-taplo": {"docs": {"enumValues": [*named.values()]}}},
                {"type": "string", "pattern": beginnings()},
            ],
        },
        "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}},
        "severities": {
            "type": "object",
            "properties": {word: {"description": summary, **level} for word, summary in named.items()},
            "patternProperties": {beginnings(): level},
            "additionalProperties": False,
        },
    }


def beginnings() -> str:
    """Return the expression for a code or the beginning of one, which may be written small."""
    digits = {rule.code[2:end] for rule in rules() for end in (3, 4, 5)}
    return f"^[Ss]([Kk]({'|'.join(sorted(digits))})?)?$"


def with_rules(schema: str) -> str:
    """Return the text of the schema with the rules as they are now."""
    written = json.dumps(definitions(), indent=2, ensure_ascii=False).replace("\n", "\n  ")
    return f"{schema.partition(START)[0]}{START}{written}\n}}\n"


if __name__ == "__main__":
    FILE.write_text(with_rules(FILE.read_text(encoding="utf-8")), encoding="utf-8")
