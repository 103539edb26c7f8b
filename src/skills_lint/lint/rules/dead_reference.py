"""SK304: reference files that are named are there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...lines import split_lines
from ..named_paths import absent_findings, absent_paths, is_about_skills
from ..prose import code_lines, is_in_inline_code
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...skills.skill import Skill
    from ..named_paths import Absent
    from ..page import Page
    from ..repo import Repo

_PATH = re.compile(r"(?P<path>(?:references?|resources)/(?:[\w.-]{1,80}/){0,3}[\w.-]{1,80}\.md)(?![\w/(*<{])")
_NAMES_ONE = re.compile(r"(?:reference|references|resources)/")


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    if is_about_skills(skill):
        return
    for page in repo.pages(skill):
        absent = list(absent_paths(page, skill, repo, _PATH)) if _NAMES_ONE.search(page.text) else []
        if absent:
            yield from page.holding(absent_findings(_judged(absent, page, skill), skill))


def _judged(absent: Sequence[Absent], page: Page, skill: Skill) -> Iterator[Absent]:
    """Yield the paths that stand for files of the skill: not links, of which SK301 speaks, and not in code blocks.

    Of a folder that is not there, paths in inline code only, and none where one of them is yet to be made.
    """
    lines, parsed = split_lines(page.text), page.parse()
    in_code = code_lines(parsed.code_blocks)
    linked = {link.target.partition("#")[0].removeprefix("./") for link in parsed.links}
    to_be_made = {_top(each) for each in absent if each.excused and not (skill.path.parent / _top(each)).is_dir()}
    for each in absent:
        first = each.spans[0]
        quoted = is_in_inline_code(lines[first.line - 1], first.column - 1)
        if first.line in in_code or each.path in linked or _top(each) in to_be_made:
            continue
        if quoted or (skill.path.parent / _top(each)).is_dir():
            yield each


def _top(absent: Absent) -> str:
    return absent.path.partition("/")[0]


_SKILL = "---\nname: etf-data\ndescription: Read ETF prices.\n---\nThe columns are listed in `references/{}`.\n"

RULE = Rule(
    code="SK304",
    name="dead-reference",
    severity="error",
    summary="Reference files that a skill names are there.",
    explanation="""
An agent that is told to read a file that does not exist loses what it says, or makes it up. Judged are paths without a
link, such as `references/columns.md`, in a skill and in the Markdown files beside it that it names, outside of code
blocks; of a folder that the skill does not have, only paths in inline code. Not found are paths in lines that speak of
making the file, of another skill or of what there might be, paths that exist from a folder above, and those in skills
about skills. Three or more of one folder are one finding. SK301 judges links.
""",
    bad={
        "skills/etf-data/SKILL.md": _SKILL.format("colums.md"),
        "skills/etf-data/references/columns.md": "# Columns\n",
    },
    good={
        "skills/etf-data/SKILL.md": _SKILL.format("columns.md"),
        "skills/etf-data/references/columns.md": "# Columns\n",
    },
    precision="19 of 19 findings in 867 public skills",
    fix="unsafe",
    check_skill=_check,
)
