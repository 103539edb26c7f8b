"""SK102: no key of the frontmatter is there twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    for double in skill.marks.duplicates:
        message = f"the key `{double.key}` is there already, on line {double.first.line}"
        yield Finding(message, double.span, "keep one of the two: most readers take the last, some refuse the file")


RULE = Rule(
    code="SK102",
    name="duplicate-key",
    severity="error",
    summary="Each key of the frontmatter is there once.",
    explanation="""
YAML forbids equal keys in one mapping. Some readers refuse the file, most take the last value without a word, and then
it is not the one that the author sees first.
""",
    bad={"skills/etf-data/SKILL.md": "---\nname: etf-data\ndescription: Prices.\ndescription: Funds.\n---\nOpen it.\n"},
    good={"skills/etf-data/SKILL.md": "---\nname: etf-data\ndescription: Prices and funds.\n---\nOpen it.\n"},
    check_skill=_check,
)
