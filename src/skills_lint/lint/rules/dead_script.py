"""SK303: scripts and references that are named are there."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from ...lines import LineIndex, split_lines
from ...place import Span, did_you_mean
from ..aside import skill_files
from ..diagnostic import Edit, Fix
from ..rule import Finding, Rule
from ..targets import meant_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ...skills.skill import Skill
    from ..repo import Repo

_PATH = re.compile(
    r"(?<![\w./\\~$}\]>*-])(?:\./)?(?P<path>scripts/[\w.-]{1,80}\.(?:py|sh|js|mjs|ts|rb|pl|R|ps1))(?![\w/(*])"
)
_ANY = re.compile(
    r"(?i)(?:your|my|some|the)?_?-?(?:script|file|tool|helper|name|example|foo|bar)[_-]?(?:name|\d)?\.\w+"
)
_MADE = re.compile(
    r"(?i)\b(?:creat(?:e|es|ing)|writ(?:e|es|ing)|sav(?:e|es|ing)|generated|e\.g\.|for example|such as)\b"
    r"|\bexamples?\W+$"
)
_ELSEWHERE = re.compile(r"(?i)\b(?:from|in|of) (?:that|another|the other) (?:skill|plugin|package|repo(?:sitory)?)\b")
_AROUND = 1000  # characters of a line that speak of a path; a line may hold thousands of paths
_SUPPOSED = re.compile(r"\W{0,2}(?:\s\w+)?\s(?:would|could|might)\b")


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    folder = skill.path.parent
    if not (folder / "scripts").is_dir():
        return
    for page in repo.pages(skill):
        yield from page.holding(_dead(page.text, (folder, repo.root, page.path.parent), folder))


def _dead(text: str, homes: Sequence[Path], folder: Path) -> Iterator[Finding]:
    """Yield the scripts that a text names and none of some folders has; of each the first mention."""
    if "scripts/" not in text:
        return
    index = LineIndex(text)
    lines = split_lines(text)
    spans: dict[str, list[Span]] = {}
    for match in _PATH.finditer(text):
        path = match["path"]
        line, column = index.place(match.start("path"))
        there = any((home / path).exists() for home in homes)
        if not there and not _is_any(path, lines[line - 1], column - 1):
            spans.setdefault(path, []).append(Span(line, column, line, column + len(path)))
    files = [os.path.relpath(file, folder).replace(os.sep, "/") for file in skill_files(folder)] if spans else []
    for path, places in spans.items():
        near = did_you_mean(path, files)
        way_out = f"did you mean `{near}`?" if near else "add it, or name a script that there is"
        yield Finding(f"the skill has no {path}", places[0], way_out, fix=_fix(places, meant_file(path, files)))


def _fix(places: Sequence[Span], near: str | None) -> Fix | None:
    """Return the change of a path, wherever it stands, to the one that is clearly meant, if there is one."""
    edits = tuple(Edit(span, near) for span in places) if near else ()
    return Fix(f"name `{near}`", edits, safe=False) if edits else None


def _is_any(path: str, line: str, start: int) -> bool:
    """Say whether a path stands for any script, for one that is yet to be made, or one of another skill."""
    stands_for_any = _ANY.fullmatch(path.rpartition("/")[2]) is not None
    end = start + len(path)
    before, behind = line[max(start - _AROUND, 0) : start], line[end : end + _AROUND]
    said = _SUPPOSED.match(behind) or _MADE.search(before) or _ELSEWHERE.search(before + path + behind)
    return stands_for_any or said is not None


_SKILL = "---\nname: etf-data\ndescription: Read ETF prices.\n---\nRun `python {}` first.\n"

RULE = Rule(
    code="SK303",
    name="dead-script",
    severity="error",
    summary="Scripts that a skill names are there.",
    explanation="""
An agent that is told to run a script that does not exist looks for it, and then writes its own. Judged are paths such
as `scripts/check.py` in a skill that has a folder `scripts/` and in the Markdown files beside it that it names, in text
and in code blocks; not lines that speak of making the file, and not paths that exist from the top of the repo.
""",
    bad={
        "skills/etf-data/SKILL.md": _SKILL.format("scripts/check_data.py"),
        "skills/etf-data/scripts/check_dates.py": "print()\n",
    },
    good={
        "skills/etf-data/SKILL.md": _SKILL.format("scripts/check_dates.py"),
        "skills/etf-data/scripts/check_dates.py": "print()\n",
    },
    precision="14 of 15 findings in 867 public skills",
    fix="unsafe",
    check_skill=_check,
)
