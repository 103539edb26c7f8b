"""SK104: a skill is named like its folder."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...lines import split_lines
from ..contract import breaches
from ..diagnostic import Fix
from ..edits import swapped
from ..quoting import scalar
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...place import Span
    from ...skills.skill import Skill
    from ..repo import Repo


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    name = (skill.frontmatter or {}).get("name")
    span = skill.marks.values.get(("name",))
    at_the_top = Path(os.path.realpath(skill.path)).parent == repo.root  # a clone may be called anything
    if not isinstance(name, str) or span is None or at_the_top or _plain(name) == _plain(skill.folder):
        return
    kind = "folder" if skill.path.name in ("SKILL.md", "index.md") else "place"
    message = f"the skill is named `{name}`, but its {kind} gives it the name `{skill.folder}`"
    way_out = f"set `name: {skill.folder}`, or rename the folder to `{name}`"
    yield Finding(message, span, way_out, fix=_fix(skill, repo, name, span))


def _fix(skill: Skill, repo: Repo, name: str, span: Span) -> Fix | None:
    """Return the change of the name to the folder's; none where the schema would not have that one."""
    contract = repo.contract(skill)
    renamed = replace(skill, frontmatter={**(skill.frontmatter or {}), "name": skill.folder})
    if len(list(breaches(renamed, contract))) > len(repo.breaches(skill)):
        return None
    lines = split_lines(skill.text)
    written = (swapped(lines, span, text, scalar(skill.folder)) for text in (name, f'"{name}"', f"'{name}'"))
    edits = next((edits for edits in written if edits), ())
    return Fix(f"name the skill `{skill.folder}`", edits, safe=False) if edits else None


def _plain(name: str) -> str:
    """Return a name without what SK101 judges: capitals and separators."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


RULE = Rule(
    code="SK104",
    name="name-not-folder",
    severity="error",
    summary="A skill is named like the folder that it stands in.",
    explanation="""
The public contract says so, and agents find a skill by either: with two names, one of them finds nothing. A skill at
the top of a repo is left alone, since a clone may be called anything.
""",
    bad={"skills/etf-data/SKILL.md": "---\nname: fund-data\ndescription: Read ETF prices.\n---\nOpen the store.\n"},
    good={"skills/etf-data/SKILL.md": "---\nname: etf-data\ndescription: Read ETF prices.\n---\nOpen the store.\n"},
    fix="unsafe",
    check_skill=_check,
)
