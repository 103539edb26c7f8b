"""The pages of sessions: the list of those that have one, and a transcript each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ..skills.skill import skills_by_name
from ..traces.transcripts.transcript import Called, Given, Said
from ..triage.example import failing_line
from .names import page_title
from .page import Links, Page, moment, render

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markupsafe import Markup

    from ..traces.transcripts.transcript import Place, Step
    from ..triage.result import Assigned
    from .cause import Cause
    from .facts import Facts
    from .told import Told

_LINES = 10  # of something said, before the rest is folded
_CHARACTERS = 1_000


@dataclass(frozen=True, slots=True)
class SkillNamed:
    """A skill as a session knows it."""

    name: str
    uri: str | None  # None: this repo has no such skill


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as its page shows it."""

    step: Step
    kind: str  # "user", "agent", "call" or "skill"
    before: int  # steps that are left out before it
    bucket: str | None  # of a failure
    cause: Cause | None  # that failed, where it has a page
    skill: SkillNamed | None  # that was read
    failing: int | None  # of a failure: the line of the code that failed, from 1
    previous: int | None  # of a failure: the number of the failure before it, and of the one after it
    next: int | None


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session as the list and its page show it."""

    told: Told
    uri: str
    title: str
    causes: tuple[Cause, ...]  # of its failures


def session_views(facts: Facts, causes: Sequence[Cause], uris: Mapping[str, str]) -> tuple[SessionView, ...]:
    """Return what is shown of each session; `uris` gives the address of each by its key."""
    by_id = {cause.id: cause for cause in causes}
    return tuple(
        SessionView(
            told,
            uris[told.session.key],
            _title(told),
            tuple(by_id[bucket] for bucket in dict.fromkeys(_buckets(told)) if bucket in by_id),
        )
        for told in facts.told
    )


def session_names(facts: Facts) -> dict[str, str]:
    """Return what the addresses of sessions are made from, by key: the day, and a part of the key."""
    return {told.session.key: f"{(told.session.start or 'undated')[:10]}-{told.session.key[:8]}" for told in facts.told}


def addresses_of_failures(facts: Facts, uris: Mapping[str, str]) -> dict[Place, str]:
    """Return the address of the step of each failure that a page of a session shows."""
    return {
        step.place: f"{uris[told.session.key]}#step-{step.number}" for told in facts.told for step in _failing(told)
    }


def sessions_page(views: Sequence[SessionView], facts: Facts) -> Page:
    """Return the list of the sessions that have a page, the newest first."""
    title = "Sessions"

    def body(links: Links) -> Markup:
        scanned = len(facts.scan.sessions) if facts.scan else 0
        return render("sessions.html", links, title=title, sessions=views, scanned=scanned)

    return Page("sessions/index.md", page_title(title), body, listed=False)


def session_page(view: SessionView, facts: Facts, causes: Mapping[str, Cause]) -> Page:
    """Return the page of one session."""

    def body(links: Links) -> Markup:
        session, transcript = view.told.session, view.told.transcript
        named = _Named(facts, links)
        steps = list(_steps(view.told, causes, named))
        return render(
            "session.html",
            links,
            view=view,
            session=session,
            transcript=transcript,
            steps=steps,
            after=transcript.whole - steps[-1].step.number if steps else 0,
            fold=_fold,
            failures=[step for step in steps if step.bucket is not None],
            offered=[named.skill(name) for name in session.offered],
            loaded=[named.skill(skill.name) for skill in session.loaded],
        )

    return Page(view.uri, page_title(view.title), body, listed=False, searched=False)  # a hundred make an index slow


class _Named:
    """The skills of the repo by the names that sessions use."""

    def __init__(self, facts: Facts, links: Links) -> None:
        self._skills, self._links = skills_by_name(facts.skills), links

    def skill(self, name: str) -> SkillNamed:
        """Return the skill of this name."""
        known = self._skills.get(name)
        return SkillNamed(name, self._links.skills.get(known.file) if known else None)


def _title(told: Told) -> str:
    start = told.session.start
    return f"Session of {moment(start)}" if start else f"Session {told.session.key[:8]}"


def _steps(told: Told, causes: Mapping[str, Cause], named: _Named) -> Iterator[StepView]:
    shown = told.transcript.steps
    after = dict(pairwise(step.number for step in _failing(told)))
    before = {later: earlier for earlier, later in after.items()}
    number = 0
    for step in shown:
        failed = told.failures.get(step.place) if isinstance(step.told, Called) else None
        bucket = failed.bucket if failed else None
        skill = _skill_in(step)
        yield StepView(
            step,
            _kind(step),
            step.number - number - 1,
            bucket,
            causes.get(bucket) if bucket else None,
            named.skill(skill) if skill else None,
            _failing_line(step.told, failed) if failed and isinstance(step.told, Called) else None,
            before.get(step.number),
            after.get(step.number),
        )
        number = step.number


def _buckets(told: Told) -> Iterator[str]:
    return (failed.bucket for failed in told.failures.values())


def _failing(told: Told) -> Iterator[Step]:
    """Yield the steps that are shown and are failures."""
    return (step for step in told.transcript.steps if isinstance(step.told, Called) and step.place in told.failures)


def _failing_line(called: Called, failed: Assigned) -> int | None:
    """Return the line of the shown code at which it failed."""
    found = failing_line(failed.failure.fault)
    first = found.strip().split("\n")[0] if found else ""
    lines = [line.strip() for line in called.asked.start.split("\n")]
    return lines.index(first) + 1 if first in lines and first else None


def _fold(text: str) -> tuple[str, str]:
    """Return what is shown of something said, and what is folded below it."""
    lines = text.split("\n")
    head = "\n".join(lines[:_LINES])
    if len(lines) <= _LINES + 2 and len(text) <= _CHARACTERS * 2:
        return text, ""
    if len(head) > _CHARACTERS:
        head = head[:_CHARACTERS].rpartition(" ")[0] or head[:_CHARACTERS]
    return head, text[len(head) :].strip("\n")


def _kind(step: Step) -> str:
    if isinstance(step.told, Said):
        return step.told.speaker
    return "skill" if isinstance(step.told, Given) else "call"


def _skill_in(step: Step) -> str | None:
    return step.told.skill if isinstance(step.told, Called | Given) else None
