"""The page of a rule, made from its own data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lines import BOM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .rule import Rule

_FIXES = {"safe": "safe: `check --fix`", "unsafe": "unsafe: `check --unsafe-fixes`", None: "none"}
_FACT = "what is found is a fact"
_PREVIEW = ("On trial: it runs with `check --preview`, with `preview = true`, or when it is selected by its code.", "")


def rule_page(rule: Rule) -> str:
    """Return a rule as Markdown: what it asks for, its facts, why, and an example, bad and good."""
    return "\n".join(
        [
            f"# {rule.code} {rule.name}",
            "",
            rule.summary,
            "",
            "| severity | since | fix | precision |",
            "| --- | --- | --- | --- |",
            f"| {rule.severity} | {rule.since} | {_FIXES[rule.fix]} | {rule.precision or _FACT} |",
            "",
            *(_PREVIEW if rule.preview else ()),
            rule.explanation.strip(),
            "",
            "## Bad",
            "",
            *_shown(rule.bad),
            "## Good",
            "",
            *_shown({path: text for path, text in rule.good.items() if rule.bad.get(path) != text}),
        ]
    )


def _shown(files: Mapping[str, str]) -> list[str]:
    return [line for path, text in files.items() for line in (f"`{path}`", "", *_fenced(path, text), "")]


def _fenced(path: str, text: str) -> list[str]:
    """Return a file as a code block, its fence longer than any in the file; a byte order mark is spelled out."""
    ticks = 3
    while "`" * ticks in text:
        ticks += 1
    language = {"md": "markdown", "yaml": "yaml", "toml": "toml"}.get(path.rpartition(".")[2], "")
    shown = text.replace(BOM, "\\ufeff").rstrip("\n")
    return [f"{'`' * ticks}{language}", shown, "`" * ticks]
