"""SK103: no key of the frontmatter is a known one misspelt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...lines import split_lines
from ...place import clearly_meant, did_you_mean
from ..diagnostic import Fix
from ..edits import swapped
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...skills.skill import Skill
    from ..repo import Repo

# Keys that agents and registries know beyond the public contract; they are spelt as they should be.
_KNOWN_ELSEWHERE = frozenset(
    {
        "agent",
        "argument-hint",
        "arguments",
        "author",
        "context",
        "disable-model-invocation",
        "disallowed-tools",
        "display-name",
        "effort",
        "hooks",
        "model",
        "namespace",
        "paths",
        "tags",
        "title",
        "tools",
        "user-invocable",
        "version",
        "when_to_use",
    }
)


def misspelt_keys(skill: Skill, repo: Repo) -> dict[str, str]:
    """Return the misspelt keys of a skill, each with the key that is meant; none that the skill has as well."""
    known = repo.contract(skill).keys
    meant = {}
    for key in skill.frontmatter or {}:
        if key not in known and key not in _KNOWN_ELSEWHERE:
            near = did_you_mean(_plain(key), known)
            if near and near not in (skill.frontmatter or {}):
                meant[key] = near
    return meant


def _check(skill: Skill, repo: Repo) -> Iterator[Finding]:
    for key, near in misspelt_keys(skill, repo).items():
        yield Finding(
            f"unknown key `{key}`", skill.marks.keys[key,], f"did you mean `{near}`?", fix=_fix(skill, repo, key, near)
        )


def _fix(skill: Skill, repo: Repo, key: str, near: str) -> Fix | None:
    """Return the change of the key; none where another key may be meant, or where one is there twice."""
    meant = list(misspelt_keys(skill, repo).values())
    sole = clearly_meant(_plain(key), repo.contract(skill).keys) == near and meant.count(near) == 1
    edits = swapped(split_lines(skill.text), skill.marks.keys[key,], key, near)
    twice = any(double.key == key for double in skill.marks.duplicates)
    return Fix(f"rename the key to `{near}`", edits, safe=True) if sole and edits and not twice else None


def _plain(key: str) -> str:
    return key.lower().replace("_", "-")


RULE = Rule(
    code="SK103",
    name="misspelt-key",
    severity="error",
    summary="The keys of the frontmatter are spelt as the schema spells them.",
    explanation="""
A misspelt key is read by no one. Found are keys that are nearly, but not quite, one of the schema's, where that one is
missing. Other unknown keys are your own affair.
""",
    bad={"skills/etf-data/SKILL.md": "---\nname: etf-data\ndescription: Read prices.\nlisence: MIT\n---\nOpen it.\n"},
    good={"skills/etf-data/SKILL.md": "---\nname: etf-data\ndescription: Read prices.\nlicense: MIT\n---\nOpen it.\n"},
    precision="no finding in 867 public skills",
    fix="safe",
    check_skill=_check,
)
