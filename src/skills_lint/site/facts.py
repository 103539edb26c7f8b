"""What the site is about: everything that the project knows, as far as it is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..place import NotAssessedError, shown
from ..report.inside import inside

if TYPE_CHECKING:
    from pathlib import Path

    from ..buckets.bucket import Bucket
    from ..config import Publish
    from ..coverage.result import Coverage
    from ..lint.diagnostic import Diagnostic
    from ..project import Project
    from ..report.figures import ReportFigures
    from ..skills.skill import Skill
    from ..traces.result import ScanResult
    from ..triage.result import TriageResult


@dataclass(frozen=True, slots=True)
class Assessment:
    """The root causes and who covers them."""

    triage: TriageResult
    coverage: Coverage


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

    def shown(self, file: str) -> str:
        """Return a file, named from the working directory, as a path from the root of the repo."""
        return inside(self.root, file)


def gather(project: Project) -> Facts:
    """Return the facts of a project. Missing traces are a fact too; raises InputError for files that are broken."""
    from ..report.history import read_reports

    reports = project.root / project.config.reports
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
        reports=read_reports(reports, shown(reports)),
    )
