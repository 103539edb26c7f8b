"""Coverage as JSON and as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..inert import one_line
from ..triage.output import numbers
from ..words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..triage.result import BucketCount
    from .result import BucketCoverage, Coverage


def as_json(coverage: Coverage) -> dict[str, Any]:
    """Return coverage as schemas/coverage.schema.json has it."""
    return {
        "version": 1,
        "covered": coverage.covered,
        "buckets": [
            {
                "id": item.bucket.id,
                "title": item.bucket.title,
                "count": item.bucket.count,
                "share": item.bucket.share,
                "sessions": item.bucket.sessions,
                "remedy": item.bucket.remedy,
                "top": item.bucket.top,
                "skills": item.skills,
                "missing": list(item.missing),
                "covered": item.covered,
                "came_back": item.came_back,
                "command": item.command,
                "obstacle": item.obstacle,
            }
            for item in coverage.buckets
        ],
    }


def as_text(coverage: Coverage) -> str:
    """Return the coverage of the top buckets as lines for a terminal, the verdict last."""
    return "\n".join([*bucket_lines(coverage), verdict(coverage)])


def bucket_lines(coverage: Coverage) -> Iterator[str]:
    """Yield each top bucket, and each that came back: numbers, state, and the way from title to fix."""
    shown = [item for item in coverage.buckets if item.bucket.top or item.came_back]
    width = max((len(item.bucket.id) for item in shown), default=0)
    for item in shown:
        mark = "✗" if item.failing else "✓" if item.covered else "–"
        yield f"  {mark} {item.bucket.id:{width}}  {numbers(item.bucket)}  {_state(item)}"
        yield f"      {one_line(_story(item.bucket), 110)}"
        if item.failing and item.command:
            yield f"      run: {item.command}"


def _story(bucket: BucketCount) -> str:
    """Return title → signature → fix, as far as they are known."""
    return " → ".join(part for part in (bucket.title, bucket.signature, bucket.fix) if part)


def _state(item: BucketCoverage) -> str:
    if item.came_back:
        return f"came back: last seen {item.bucket.last_seen}"
    if item.bucket.remedy != "skill":
        return f"exempt: cured in the {item.bucket.remedy}"
    if item.covered:
        return f"covered by {', '.join(item.skills)}"
    if item.obstacle:
        return f"not covered: {item.obstacle}"
    if item.missing:
        return f"not covered: {', '.join(item.missing)} lacks it"
    return "not covered by any skill"


def verdict(coverage: Coverage) -> str:
    """Return the gate's verdict in one line."""
    top = [item for item in coverage.buckets if item.bucket.top]
    covered = [item for item in top if item.covered]
    head = f"coverage  {'passed' if coverage.covered else 'failed'}: "
    exempt = sum(item.bucket.remedy != "skill" for item in top)
    tail = f", {exempt} exempt" if exempt else ""
    return f"{head}{len(covered)} of {counted(len(top), 'top bucket')} covered{tail}"
