"""Old reports under the names of today: groups that had no bucket when a report was written may have one now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors.signature import PIPELINE, is_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..triage.link import Links
    from .figures import BucketFigures, ReportFigures


def renamed(reports: Iterable[ReportFigures], links: Links) -> tuple[ReportFigures, ...]:
    """Return reports in which hashes are the buckets that have their failures today, as far as the traces tell that.

    What is joined so has the failures of all. Of its sessions a report does not tell which are the same: they are
    added up, so they may be too many, though never more than the failures. A report is one of this pipeline once all
    its hashes are.
    """
    return tuple(_renamed(report, links) for report in reports)


def _renamed(report: ReportFigures, links: Links) -> ReportFigures:
    joined: dict[str, BucketFigures] = {}
    pipeline = max(report.pipeline, PIPELINE)
    for bucket in report.buckets:
        today = links.bucket(bucket.id, report.pipeline) if is_key(bucket.id) else None
        if is_key(bucket.id) and today is None:
            pipeline = report.pipeline
        named = replace(bucket, id=today or bucket.id)
        known = joined.get(named.id)
        joined[named.id] = _joined(known, named) if known else named
    return replace(report, pipeline=pipeline, buckets=tuple(joined.values()))


def _joined(one: BucketFigures, other: BucketFigures) -> BucketFigures:
    return replace(
        one,
        count=one.count + other.count,
        sessions=one.sessions + other.sessions,
        share=min(one.share + other.share, 1.0),
        covered=one.covered and other.covered,
    )
