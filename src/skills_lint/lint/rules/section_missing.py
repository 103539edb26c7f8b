"""SK201: the sections that the schema demands are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    if skill.text.strip():
        for breach in repo.breaches(skill):
            if breach.of_sections:
                yield Finding(breach.message, breach.span, breach.help)


RULE = Rule(
    code="SK201",
    name="section-missing",
    severity="error",
    summary="A skill has the sections that the schema demands.",
    explanation="""
To the schema a skill is `{"frontmatter": {…}, "sections": [{"title", "level", "line"}…]}`, and `contains` says which
sections there must be. Our schema `skill` demands `Common pitfalls (from traces)`; a team's own may demand more.
""",
    bad={
        "skills-lint.toml": 'schema = "skill"\n',
        "skills/etf-data/SKILL.md": "---\nname: etf-data\ndescription: Read ETF prices.\n---\nOpen the store.\n",
    },
    good={
        "skills-lint.toml": 'schema = "skill"\n',
        "skills/etf-data/SKILL.md": (
            "---\nname: etf-data\ndescription: Read ETF prices.\n---\nOpen the store.\n\n"
            "## Common pitfalls (from traces)\n\nNone seen yet.\n"
        ),
    },
    check_skill=_check,
)
