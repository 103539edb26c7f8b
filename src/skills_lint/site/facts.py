"""What the site is about: everything that the project knows, as far as it is there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..place import InputError, NotAssessedError
from ..report.inside import inside
from .history import commits_of
from .told import told_sessions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ..buckets.bucket import Bucket
    from ..buckets.match import Match
    from ..config import Publish
    from ..coverage.result import Coverage
    from ..effect.result import Effect, GoingOn
    from ..errors.reading import Step
    from ..evidence import SessionRecord
    from ..lint.diagnostic import Diagnostic
    from ..project import Project
    from ..report.figures import ReportFigures
    from ..skills.skill import Skill
    from ..traces.result import ScanResult
    from ..triage.result import BucketCount, TriageResult
    from .history import Commit
    from .told import Told

_MOST_FOLLOWED = 150  # skills through the history of git: a tenth of a second each


@dataclass(frozen=True, slots=True)
class Assessment:
    """The root causes and who covers them."""

    triage: TriageResult
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Effects:
    """What became of covered causes, and why they go on."""

    by_bucket: Mapping[str, Effect] = field(default_factory=dict)
    going_on: Mapping[str, tuple[GoingOn, ...]] = field(default_factory=dict)
    unknown: InputError | None = None  # why git does not tell since when causes are covered


@dataclass(frozen=True, slots=True)
class Facts:
    """All that pages are made from."""

    root: Path
    publish: Publish
    skills: tuple[Skill, ...]
    diagnostics: tuple[Diagnostic, ...]  # without those that the baseline has too
    known: int  # findings that it has
    buckets: tuple[Bucket, ...]  # declared by the repo
    scan: ScanResult | None  # None: no traces
    assessment: Assessment | NotAssessedError  # the error says what is missing, and the way out
    reports: tuple[ReportFigures, ...]
    records: tuple[SessionRecord, ...] = ()  # of all sessions, those from before the window too
    effects: Effects = field(default_factory=Effects)
    grouped: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)  # bucket: the way of its newest failure
    told: tuple[Told, ...] = ()  # the sessions that have a page, the newest first
    commits: Mapping[str, tuple[Commit, ...]] = field(default_factory=dict)  # that changed a skill, by its file

    def shown(self, file: str) -> str:
        """Return a file, named from the working directory, as a path from the root of the repo."""
        return inside(self.root, file)


def gather(project: Project) -> Facts:
    """Return the facts of a project. Missing traces are a fact too; raises InputError for files that are broken."""
    try:
        assessment: Assessment | NotAssessedError = Assessment(project.triage, project.coverage)
    except NotAssessedError as error:
        assessment = error
    return Facts(
        root=project.root,
        publish=project.config.publish,
        skills=project.skills,
        diagnostics=project.diagnostics,
        known=project.compared.known,
        buckets=project.buckets,
        scan=project.scan,
        assessment=assessment,
        reports=project.reports(),
        records=project.records,
        effects=_effects(project),
        grouped=_grouped(project, assessment.triage.buckets) if isinstance(assessment, Assessment) else {},
        commits=commits_of(project.skills, project.root),
        told=told_sessions(project, assessment.triage.buckets) if isinstance(assessment, Assessment) else (),
    )


def _effects(project: Project) -> Effects:
    """Return the effects on all causes that were seen and are covered; without a history of skills there is none."""
    from ..effect.going_on import going_on
    from ..effect.judge import effects_of
    from ..effect.since import covers_of

    seen = {bucket for record in project.records for bucket in record.failures}
    having = [skill for skill in project.skills if any(pitfall.id in seen for pitfall in skill.pitfalls)]
    if len(having) > _MOST_FOLLOWED:
        return Effects(unknown=InputError(f"`skills-lint effect` tells; to follow {len(having)} skills takes a while"))
    try:
        covers = covers_of((cause for cause in project.causes if cause.id in seen), project.skills, project.root)
    except InputError as error:
        return Effects(unknown=error)
    rows: dict[str, tuple[GoingOn, ...]] = {}
    for row in going_on(project.records, covers, (), project.assigned, project.config.window):
        rows[row.bucket] = (*rows.get(row.bucket, ()), row)
    return Effects({effect.bucket: effect for effect in effects_of(project.records, covers)}, rows)


def _grouped(project: Project, buckets: Iterable[BucketCount]) -> dict[str, tuple[Step, ...]]:
    """Return for each bucket how its newest failure came into it."""
    found = {}
    for bucket in buckets:
        if bucket.examples:
            reading = project.read(bucket.examples[0].failure.fault)
            match = project.matcher.first(reading)
            found[bucket.id] = reading.steps(_rule(match, project.root) if match else None)
    return found


def _rule(match: Match, root: Path) -> str:
    from ..buckets.explained import rule_in_words

    place = match.bucket.place
    where = f" ({inside(root, place.file)}:{place.line})" if place and place.line else ""
    return f"{match.bucket.source} bucket {match.bucket.id}{where}: {rule_in_words(match.rule)}"
