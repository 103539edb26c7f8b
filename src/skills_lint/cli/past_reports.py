"""The reports that were written before, beside the figures of now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..place import shown

if TYPE_CHECKING:
    import datetime

    from ..project import Project
    from ..report.figures import ReportFigures


def earlier_reports(project: Project, before: datetime.date) -> tuple[ReportFigures, ...]:
    """Return the reports of earlier days under the names of today, the oldest first."""
    from ..report.history import read_reports
    from ..report.renamed import renamed

    folder = project.root / project.config.reports
    return renamed(read_reports(folder, shown(folder), before), project.links)
