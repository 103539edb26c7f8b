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

    skill: Skill
    uri: str
    description: str | None
    covers: tuple[Cause, ...]
    owes: tuple[Cause, ...]  # list it, and it has no pitfall for them
    findings: tuple[Diagnostic, ...]

    @property
    def name(self) -> str:
        """The skill's name."""
        return self.skill.name

    @property
    def file(self) -> str:
        """The skill's file, as shown."""
        return self.skill.file


def skill_views(facts: Facts, causes: Sequence[Cause], uris: Mapping[str, str]) -> tuple[SkillView, ...]:
    """Return what is shown of each skill; `uris` gives the address of each by its file."""
    covers: dict[str, dict[str, Cause]] = {}
    owes: dict[str, list[Cause]] = {}
    findings: dict[str, list[Diagnostic]] = {}
    for cause in causes:
        for pitfall in cause.pitfalls:
            covers.setdefault(pitfall.place.file, {})[cause.id] = cause
        for name in cause.missing:
            owes.setdefault(name, []).append(cause)
    for diagnostic in facts.diagnostics:
        findings.setdefault(diagnostic.file, []).append(diagnostic)
    return tuple(
        SkillView(
            skill=skill,
            uri=uris[skill.file],
            description=_description(skill),
            covers=tuple(covers.get(skill.file, {}).values()),
            owes=tuple(owes.get(skill.name, owes.get(skill.folder, []))),
            findings=tuple(findings.get(skill.file, ())),
        )
        for skill in facts.skills
    )


def skills_page(views: Sequence[SkillView], facts: Facts) -> Page:
    """Return the list of all skills, and what the linter finds in other files."""
    title = "Skills"
    files = {view.file for view in views}
    elsewhere = [found for found in facts.diagnostics if found.file not in files]

    def body(links: Links) -> Markup:
        return render("skills.html", links, title=title, skills=views, elsewhere=elsewhere, known=facts.known)

    return Page("skills/index.md", page_title(title), body)


def skill_page(view: SkillView, published: Mapping[Path, str]) -> Page:
    """Return the page of one skill; `published` gives the address of each file that has a page on the site."""

    def body(links: Links) -> Markup:
        return render("skill.html", links, skill=view, body=skill_body(view.skill, links, published))

    return Page(view.uri, page_title(view.name), body)


def _description(skill: Skill) -> str | None:
    description = (skill.frontmatter or {}).get("description")
    return description if isinstance(description, str) else None
