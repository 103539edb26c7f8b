"""SK503: no path leads into somebody's home folder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import re2

from ...lines import LineIndex
from ...place import Span
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ...skills.skill import Skill
    from ..repo import Repo

_HOME = re2.compile(rb"(?i)(?:home|users|documents and settings)[/\\]")
_PLACEHOLDER = re.compile(
    r"(?i)(?:your|my|the|some|any|current|local|target|other|test|demo|sample|example|dev|developer)?[\W_]?"
    r"(?:user\d*|users?[\W_]?name|name|you|yourself|me|myself|account|home|login|someone|somebody|person|dev|developer|x+)"
    r"|(?:jane|john|joe|alice|bob|foo|bar|baz)|claude"
)


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    about = set(skill.name.lower().split("-"))
    for page in repo.pages(skill):
        if page.has(_HOME):
            yield from page.holding(_homes(page.text, about))


def _homes(text: str, about: Collection[str]) -> Iterator[Finding]:
    """Yield the home folders of people; an account that is named as what the skill is about belongs to a system."""
    from ...redaction.search import places_of_owners

    index = LineIndex(text)
    for start, end, name in places_of_owners(text):
        if _PLACEHOLDER.fullmatch(name) or name.lower() in about:
            continue
        line, column = index.place(start)
        message = f"the path leads into the home folder of `{name}`, which others do not have"
        way_out = "write it relative to the skill or the repo, or with `~`"
        yield Finding(message, Span(line, column, line, column + end - start), way_out)


_SKILL = "---\nname: etf-data\ndescription: Read ETF prices.\n---\nThe prices are in `{}/prices.parquet`.\n"

RULE = Rule(
    code="SK503",
    name="home-path",
    severity="warning",
    summary="No path leads into somebody's home folder.",
    explanation="""
Such a path works on one machine, and tells who wrote the skill. Found are home folders on Linux, macOS and Windows, in
a skill and in the Markdown files beside it that it names. Accounts of systems and images (`runner`, `ubuntu`), of what
the skill is about, and names that stand for any (`you`, `<user>`, `alice`), are fine.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL.format("/home/mkowalski/data")},
    good={"skills/etf-data/SKILL.md": _SKILL.format("~/data")},
    precision="8 of 8 findings in 867 public skills",
    check_skill=_check,
    alone=True,  # what it asks takes its time to import, and the search for secrets asks it too
)
