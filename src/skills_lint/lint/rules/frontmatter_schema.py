"""SK101: the frontmatter satisfies the JSON Schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..rule import Finding, Rule
from .misspelt_key import misspelt_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    misspelt = misspelt_keys(skill, repo)  # SK103 tells these
    for breach in repo.breaches(skill):
        told = breach.missing_key in misspelt.values() or breach.unknown_key in misspelt
        if not breach.of_sections and not told:
            yield Finding(breach.message, breach.span, breach.help)


RULE = Rule(
    code="SK101",
    name="frontmatter-schema",
    severity="error",
    summary="The frontmatter has the keys and values that the schema demands.",
    explanation="""
The schema is `agentskills`, the public contract of agentskills.io; for skills that a bucket lists it is `skill`, which
also demands a section of pitfalls. `schema` in the configuration names one of these for all skills, or `claude-code`,
which knows all keys of Claude Code and so forbids others, or a file of your own, which may build on ours with
`{"$ref": "skill"}`. Keys that a schema does not mention are fine unless it forbids them.
""",
    bad={"skills/etf-data/SKILL.md": "---\nname: ETF data\ndescription: []\n---\nOpen the store.\n"},
    good={"skills/etf-data/SKILL.md": "---\nname: etf-data\ndescription: Read ETF prices.\n---\nOpen the store.\n"},
    check_skill=_check,
)
