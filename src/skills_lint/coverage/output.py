"""Coverage as JSON and as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..inert import one_line
from ..triage.output import numbers
from ..words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..triage.result import BucketCount
    from .result import Base, BucketCoverage, Coverage

_BLAMED = {"evidence": "the evidence newly shows it", "base": "it failed before this change"}


def as_json(coverage: Coverage) -> dict[str, Any]:
    """Return coverage as schemas/coverage.schema.json has it."""
    blame = coverage.base.blame if coverage.base else {}
    return {
        "version": 1,
        "covered": coverage.covered,
        "base": _base(coverage.base) if coverage.base else None,
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
                "fixed": item.fixed.isoformat() if item.fixed else None,
                "failing": item.failing,
                "blame": blame.get(item.bucket.id),
            }
            for item in coverage.buckets
        ],
    }


def _base(base: Base) -> dict[str, Any]:
    return {
        "name": base.name,
        "commit": base.commit,
        "unreadable": base.unreadable,
        "mended": list(base.mended),
    }


def as_text(coverage: Coverage) -> str:
    """Return the coverage of the top buckets as lines for a terminal, the verdict last."""
    return "\n".join([*bucket_lines(coverage), verdict(coverage)])


def bucket_lines(coverage: Coverage) -> Iterator[str]:
    """Yield each top bucket, and each that came back: numbers, state, and the way from title to fix."""
    shown = [item for item in coverage.buckets if item.bucket.top or item.came_back]
    width = max((len(item.bucket.id) for item in shown), default=0)
    for item in shown:
        mark = ("✗" if coverage.counts(item) else "!") if item.failing else "✓" if item.covered else "–"
        yield f"  {mark} {item.bucket.id:{width}}  {numbers(item.bucket)}  {state(item)}"
        yield f"      {one_line(_story(item.bucket), 110)}"
        if item.failing and not coverage.counts(item):
            yield f"      does not fail here: {excuse(coverage, item)}"
        if way := way_out(item):
            yield f"      {way}"


def _story(bucket: BucketCount) -> str:
    """Return title → signature → fix, as far as they are known."""
    return " → ".join(part for part in (bucket.title, bucket.signature, bucket.fix) if part)


def excuse(coverage: Coverage, item: BucketCoverage) -> str:
    """Return why the gate does not fail for a bucket that would make it fail, as part of a sentence."""
    return _BLAMED.get(coverage.base.blame[item.bucket.id], "") if coverage.base else ""


def way_out(item: BucketCoverage) -> str | None:
    """Return what mends a bucket that fails; None where nothing has to be, or the state of it says it."""
    if item.failing and item.command:
        return f"run: {item.command}"
    if item.came_back and item.place:
        return f"mend it again, and set `fixed` to that day at {item.place}"
    return None


def state(item: BucketCoverage) -> str:
    """Return how it stands with a bucket, as part of a line."""
    if item.came_back:
        return f"came back: last seen {item.bucket.last_seen}, and was fixed on {item.fixed}"
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
    """Return the gate's verdict in one line; held against a base, with what came of that in lines before it."""
    top = [item for item in coverage.buckets if item.bucket.top]
    covered = [item for item in top if item.covered]
    head = f"coverage  {'passed' if coverage.covered else 'failed'}: "
    exempt = sum(item.bucket.remedy != "skill" for item in top)
    tail = f", {exempt} exempt" if exempt else ""
    told = "".join(f"{line}\n" for line in base_lines(coverage))
    return f"{told}{head}{len(covered)} of {counted(len(top), 'top bucket')} covered{tail}"


def base_lines(coverage: Coverage) -> Iterator[str]:
    """Yield what a base tells: what is worse than there, what failed before, and what is mended."""
    base = coverage.base
    if not base:
        return
    name = f"{base.name} ({base.commit[:7]})"
    if base.unreadable:
        yield f"base      {name} cannot be judged, so all that fails counts: {one_line(base.unreadable, 300)}"
        return
    blames = [base.blame[item.bucket.id] for item in coverage.excused]
    worse = sum(blame == "change" for blame in base.blame.values())
    parts = [f"{counted(worse, 'bucket')} worse"]
    parts += [f"{count} came back before"] if (count := len(coverage.failing) - worse) else []
    parts += [f"{count} as before"] if (count := blames.count("base")) else []
    parts += [f"{count} newly shown by the evidence"] if (count := blames.count("evidence")) else []
    parts += [f"mended: {', '.join(base.mended)}"] if base.mended else []
    yield f"base      {name}: {'; '.join(parts)}"
