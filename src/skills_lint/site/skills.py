"""The pages of skills: the list of all, and one page each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .markdown import skill_body
from .names import page_title
from .page import Links, Page, render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from markupsafe import Markup

    from ..lint.diagnostic import Diagnostic
    from ..skills.skill import Skill
    from .cause import Cause
    from .facts import Facts


@dataclass(frozen=True, slots=True)
class SkillView:
    """A skill as its page shows it."""

    uri: str
    name: str
    file: str
    description: str | None
    covers: tuple[Cause, ...]
    findings: tuple[Diagnostic, ...]


def skills_page(facts: Facts, causes: Sequence[Cause], uris: Mapping[str, str]) -> Page:
    """Return the list of all skills; `uris` gives the address of each by its file."""
    title = "Skills"
    views = [_view(skill, facts, causes, uris) for skill in facts.skills]
    return Page(
        "skills/index.md", page_title(title), lambda links: render("skills.html", links, title=title, skills=views)
    )


def skill_page(
    skill: Skill, facts: Facts, causes: Sequence[Cause], uris: Mapping[str, str], published: Mapping[Path, str]
) -> Page:
    """Return the page of one skill; `published` gives the address of each file that has a page on the site."""

    def body(links: Links) -> Markup:
        return render(
            "skill.html",
            links,
            skill=_view(skill, facts, causes, uris),
            owed=[cause for cause in causes if skill.name in cause.missing or skill.folder in cause.missing],
            error=skill.error,
            body=skill_body(skill, links, published),
        )

    return Page(uris[skill.file], page_title(skill.name), body)


def _view(skill: Skill, facts: Facts, causes: Sequence[Cause], uris: Mapping[str, str]) -> SkillView:
    description = (skill.frontmatter or {}).get("description")
    return SkillView(
        uri=uris[skill.file],
        name=skill.name,
        file=skill.file,
        description=description if isinstance(description, str) else None,
        covers=tuple(cause for cause in causes if any(pitfall.place.file == skill.file for pitfall in cause.pitfalls)),
        findings=tuple(found for found in facts.diagnostics if found.file == skill.file),
    )
