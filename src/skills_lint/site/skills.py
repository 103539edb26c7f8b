"""The pages of skills: the list of all, and one page each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..lint.tokens import MOST_LINES_OF_A_BODY, MOST_OF_A_BODY, body_cost, listing_tokens
from .markdown import skill_body
from .names import page_title
from .page import Links, Page, render
from .usage import usage_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from ..lint.diagnostic import Diagnostic
    from ..skills.skill import Skill
    from ..traces.result import Session
    from .cause import Cause
    from .facts import Facts
    from .history import Commit
    from .usage import Usage


@dataclass(frozen=True, slots=True)
class Cost:
    """About how many tokens a skill takes in the window of a model."""

    listing: int  # name and description, in each session
    body: int  # when it is loaded
    lines: int  # of the body
    most: int = MOST_OF_A_BODY  # recommended for a body
    most_lines: int = MOST_LINES_OF_A_BODY

    @property
    def over(self) -> bool:
        """True where the body is longer than recommended."""
        return self.body > self.most or self.lines > self.most_lines


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding, and the anchor of its note in the text; None for one in the frontmatter."""

    number: int
    found: Diagnostic
    anchor: str | None


@dataclass(frozen=True, slots=True)
class SkillView:
    """A skill as its page shows it."""

    skill: Skill
    uri: str
    description: str | None
    covers: tuple[Cause, ...]
    owes: tuple[Cause, ...]  # list it, and it has no pitfall for them
    findings: tuple[Placed, ...]
    cost: Cost
    usage: Usage
    commits: tuple[Commit, ...]
    sessions: tuple[Session, ...]  # those that have a page and loaded it

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
    usage = usage_of(facts.skills, facts.records, {file: own.keys() for file, own in covers.items()})
    loaded = _sessions_by_skill(facts)
    return tuple(
        SkillView(
            skill=skill,
            uri=uris[skill.file],
            description=_description(skill),
            covers=tuple(covers.get(skill.file, {}).values()),
            owes=tuple(owes.get(skill.name, owes.get(skill.folder, []))),
            findings=tuple(_placed(skill, findings.get(skill.file, ()))),
            cost=_cost(skill),
            usage=usage[skill.file],
            commits=facts.commits.get(skill.file, ()),
            sessions=tuple({**loaded.get(skill.name, {}), **loaded.get(skill.folder, {})}.values()),
        )
        for skill in facts.skills
    )


def skills_page(views: Sequence[SkillView], facts: Facts) -> Page:
    """Return the list of all skills, and what the linter finds in other files."""
    title = "Skills"
    files = {view.file for view in views}
    elsewhere = [found for found in facts.diagnostics if found.file not in files]

    def body(links: Links) -> Markup:
        return render(
            "skills.html",
            links,
            title=title,
            skills=views,
            elsewhere=elsewhere,
            known=facts.known,
            sessions=len(facts.records),
            listing=sum(view.cost.listing for view in views),
        )

    return Page("skills/index.md", page_title(title), body)


def skill_page(view: SkillView, facts: Facts, published: Mapping[Path, str], causes: Mapping[str, Cause]) -> Page:
    """Return the page of one skill; `published` gives the address of each file that has a page on the site."""

    def body(links: Links) -> Markup:
        notes: dict[int, Markup] = {}
        for one in view.findings:
            if one.anchor is not None:
                note = render("finding.html", links, one=one)
                notes[one.found.line] = notes.get(one.found.line, Markup("")) + note
        return render(
            "skill.html",
            links,
            skill=view,
            sessions=len(facts.records),
            causes=causes,
            body=skill_body(view.skill, links, published, notes),
        )

    return Page(view.uri, page_title(view.name), body)


def _placed(skill: Skill, found: Iterable[Diagnostic]) -> Iterable[Placed]:
    for number, each in enumerate(found, 1):
        yield Placed(number, each, f"sl-finding-{number}" if each.line >= skill.body_line else None)


def _cost(skill: Skill) -> Cost:
    lines, tokens = body_cost(skill)
    return Cost(listing_tokens(skill), tokens, lines)


def _sessions_by_skill(facts: Facts) -> dict[str, dict[str, Session]]:
    """Return the sessions that have a page by the skills that they loaded, and then by their keys."""
    found: dict[str, dict[str, Session]] = {}
    for told in facts.told:
        for skill in told.session.loaded:
            found.setdefault(skill.name, {})[told.session.key] = told.session
    return found


def _description(skill: Skill) -> str | None:
    description = (skill.frontmatter or {}).get("description")
    return description if isinstance(description, str) else None
