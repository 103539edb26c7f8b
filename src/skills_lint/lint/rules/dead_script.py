"""SK303: scripts that are named are there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..named_paths import absent_findings, absent_paths, is_about_skills
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo

_SCRIPT = r"(?P<path>scripts/(?:[\w.-]{1,80}/){0,3}[\w.-]{1,80}\.(?:py|sh|js|mjs|ts|rb|pl|R|ps1))(?![\w/(*])"
_PATH = re.compile(_SCRIPT)
# Without a folder `scripts/` a path may be that of the project on which an agent works, unless the skill runs it.
_RUNNERS = r"python3?|uv run(?: python3?)?|node|npx tsx|bun|deno run|ruby|perl|Rscript"
_RUN = re.compile(rf"(?:\b(?:{_RUNNERS})[ \t]+|\{{baseDir\}}/){_SCRIPT}")


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    has_scripts = (skill.path.parent / "scripts").is_dir()
    if not has_scripts and is_about_skills(skill):
        return
    for page in repo.pages(skill):
        if "scripts/" in page.text:
            run = {found["path"] for found in _RUN.finditer(page.text)} if not has_scripts else set()
            absent = absent_paths(page, skill, repo, _PATH)
            judged = (each for each in absent if has_scripts or each.excused or each.path in run)
            yield from page.holding(absent_findings(judged, skill))


_SKILL = "---\nname: etf-data\ndescription: Read ETF prices.\n---\nRun `python {}` first.\n"

RULE = Rule(
    code="SK303",
    name="dead-script",
    severity="error",
    summary="Scripts that a skill names are there.",
    explanation="""
An agent that is told to run a script that does not exist looks for it, and then writes its own. Judged are paths such
as `scripts/check.py` in a skill that has a folder `scripts/` and in the Markdown files beside it that it names, in text
and in code blocks, and in a skill without that folder only what it runs, as in `python scripts/check.py`. Not found are
paths in lines that speak of making the file, of another skill or of what there might be, and paths that exist from a
folder above. Three or more of one folder are one finding.
""",
    bad={
        "skills/etf-data/SKILL.md": _SKILL.format("scripts/check_data.py"),
        "skills/etf-data/scripts/check_dates.py": "print()\n",
    },
    good={
        "skills/etf-data/SKILL.md": _SKILL.format("scripts/check_dates.py"),
        "skills/etf-data/scripts/check_dates.py": "print()\n",
    },
    precision="23 of 25 findings in 867 public skills",
    fix="unsafe",
    check_skill=_check,
)
