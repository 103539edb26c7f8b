"""What an editor shows about a bucket id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lint.repo import Repo
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
    seen = Repo(project.config, (), (), project.recorded).seen(bucket.id)
    if seen is None:
        yield "Not seen in the evidence."
    else:
        last = f", last on {seen.last}" if seen.last else ""
        yield f"Seen {counted(seen.failures, 'time')} in {counted(seen.sessions, 'session')}{last}."
    if bucket.source == "catalogue":
        yield "From the built-in catalogue."
    if bucket.remedy != "skill":
        yield f"Remedy: {bucket.remedy}, not a skill."
