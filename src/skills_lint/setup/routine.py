"""The routine's folder: the bucket file with its schema, and what one needs to go through the failures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..shipped import shipped
from .step import Step, create, create_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..config import Config

_NOTES = {
    "README.md": "what this folder is for",
    "prompt.md": "the request to hand to an agent",
    "scan_snippet.py": "a scan to paste into a sandbox",
}


def write_routine(config: Config) -> Iterator[Step]:
    """Write the bucket file and, beside it, the routine; yield what was done with each file."""
    template = Path(__file__).with_name("buckets.yaml").read_text(encoding="utf-8")
    buckets = config.root / config.buckets
    yield create(buckets, template, "root causes; none declared yet")
    yield create_schema("buckets", buckets.parent)
    for name, note in _NOTES.items():
        text = shipped("routine", name).read_text(encoding="utf-8")
        yield create(buckets.with_name(name), text, note)
