"""All pages of the site, from the facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .catalogue import catalogue_pages
from .cause import Cause, causes_of
from .causes import cause_page, causes_page
from .changes import development_of
from .differences import differences_of
from .names import addresses
from .overview import overview_page
from .page import Links
from .reports import figures_page, report_uri, reports_page, shows_too_much
from .rules import rule_page, rule_uri, rules_page
from .schemas import schemas_page
from .sessions import addresses_of_failures, session_names, session_page, session_views, sessions_page
from .skills import skill_page, skill_views, skills_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ..lint.rule import Rule
    from ..report.figures import ReportFigures
    from ..traces.transcripts.transcript import Place
    from .differences import Difference
    from .facts import Facts
    from .page import Page, Url

_MOST_LISTED = 25  # root causes in the navigation, which stands on each page; the others are in the table of all


@dataclass(frozen=True, slots=True)
class Site:
    """The pages that are made from facts, and what else an adapter needs to put them on a site."""

    pages: tuple[Page, ...]
    causes: tuple[Cause, ...]
    skills: Mapping[str, str]  # a skill's file: the address of its page
    rules: Mapping[str, str]  # a rule's code: the address of its page
    sessions: Mapping[str, str]  # a session's key: the address of its page
    steps: Mapping[Place, str]  # the place of a failure: the address of its step on such a page
    reports: Mapping[str, ReportFigures]  # the address of a report that may be shown as it was written
    differences: Mapping[str, Difference]  # of a report to the one before, by its file
    shown: Callable[[str], str]

    def links(self, url: Url) -> Links:
        """Return the links of a page that sees the others through `url`."""
        return Links(url, self.skills, self.rules, self.shown, self.sessions, self.steps)


def build_site(facts: Facts, *, overview: str, documents: Mapping[Path, str]) -> Site:
    """Return the site of a repo.

    `overview` is the address of the overview; `documents` gives the addresses of the pages that people wrote, by file.
    """
    from ..lint.registry import rules

    development = development_of(facts)
    causes = causes_of(facts, development)
    known_rules = rules()
    skills = addresses("skills", {skill.file: skill.name for skill in facts.skills})
    sessions = addresses("sessions", session_names(facts))
    talks = session_views(facts, causes, sessions)
    by_id = {cause.id: cause for cause in causes}
    views = skill_views(facts, causes, skills)
    published = {**documents, **{skill.path.resolve(): skills[skill.file] for skill in facts.skills}}
    differences = differences_of(facts.reports)
    hidden = [report for report in facts.reports if shows_too_much(report, facts.publish)]
    return Site(
        pages=(
            overview_page(overview, facts, causes, development),
            causes_page(facts, causes),
            *(cause_page(facts, one, by_id, published, listed=n < _MOST_LISTED) for n, one in enumerate(causes)),
            skills_page(views, facts),
            *(skill_page(view, facts, published, by_id) for view in views),
            *((sessions_page(talks, facts),) if talks else ()),
            *(session_page(talk, facts, by_id) for talk in talks),
            reports_page(facts, differences),
            *(figures_page(report, causes, differences.get(report.file)) for report in reversed(hidden)),
            *_reference(known_rules),
        ),
        causes=causes,
        skills=skills,
        rules={rule.code: rule_uri(rule.code) for rule in known_rules},
        sessions=sessions,
        steps=addresses_of_failures(facts, sessions),
        differences=differences,
        reports={report_uri(report): report for report in facts.reports if report not in hidden},
        shown=facts.shown,
    )


def _reference(rules: Sequence[Rule]) -> Iterator[Page]:
    """Yield the pages that are the same for every repo."""
    yield rules_page(rules)
    yield from map(rule_page, rules)
    yield from catalogue_pages()
    yield schemas_page()
