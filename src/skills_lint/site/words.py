"""What the pages call the kinds of buckets."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..buckets.bucket import Remedy, Source

SOURCES: dict[Source, str] = {
    "repo": "declared here",
    "catalogue": "from the built-in catalogue",
    "discovered": "discovered",
}
REMEDIES: dict[Remedy, str] = {
    "skill": "a skill: the agent can be taught",
    "tooling": "the tooling: mend the tool or the sandbox",
    "environment": "the environment: installation, network or credentials",
}
