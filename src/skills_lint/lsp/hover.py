"""What an editor shows about a bucket id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lint.pitfall_facts import seen
from ..words import counted
from .markup import in_markdown, in_plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..buckets.bucket import Bucket
    from ..project import Project


def hover_text(name: str, project: Project, *, markdown: bool) -> str | None:
    """Return title, cause, fix and figures of the bucket with an id; None where no bucket has it."""
    bucket = next((bucket for bucket in project.causes if bucket.id == name), None)
    if bucket is None:
        return None
    write = in_markdown if markdown else in_plain_text
    title = write(bucket.title)
    head = f"**{title}**" if markdown else title
    lines = [
        f"{head} (`{bucket.id}`)",
        f"Cause: {write(bucket.cause)}",
        f"Fix: {write(bucket.fix)}",
        " ".join(_figures(bucket, project)),
    ]
    return "\n\n".join(lines)


def _figures(bucket: Bucket, project: Project) -> Iterator[str]:
    often = seen(bucket.id, project.recorded)
    if often is None:
        yield "Not seen in the evidence."
    else:
        last = f", last on {often.last}" if often.last else ""
        yield f"Seen {counted(often.failures, 'time')} in {counted(often.sessions, 'session')}{last}."
    if bucket.source == "catalogue":
        yield "From the built-in catalogue."
    if bucket.remedy != "skill":
        yield f"Remedy: {bucket.remedy}, not a skill."
