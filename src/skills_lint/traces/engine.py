"""The engine: a scan is a map over files to digests, which are merged.

`digest_file` is pure: the same file gives the same digest, and nothing else is read or kept. So it can be handed to
any executor, and a later engine can cut a file into ranges below the formats.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from .digest import Digest, make_digest
from .formats import recognise
from .result import Skipped
from .source import find_sources, read_records

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from .source import Source

_HEAD = 64  # records by which a format is recognised


def read_digests(paths: Sequence[Path | str], python_tools: Collection[str]) -> tuple[list[Digest], list[Skipped]]:
    """Return the digests of all traces under `paths`, in order of their names, and the files that are none.

    Raises InputError for a path that does not exist.
    """
    skipped: list[Skipped] = []
    digests: list[Digest] = []
    for source in find_sources(paths, skipped.append):
        digest = digest_file(source, python_tools)
        if isinstance(digest, Digest):
            digests.append(digest)
        else:
            skipped.extend(digest)
    return digests, skipped


def digest_file(source: Source, python_tools: Collection[str]) -> Digest | tuple[Skipped, ...]:
    """Return what a file holds, or, if it is no trace, why it is passed over."""
    skipped: list[Skipped] = []
    try:
        return _digest(source, python_tools, skipped)
    except RecursionError:  # the readers have limits of their own; one that lacks it must not end the scan
        return (*skipped, Skipped(source.name, None, "nested too deeply"))


def _digest(source: Source, python_tools: Collection[str], skipped: list[Skipped]) -> Digest | tuple[Skipped, ...]:
    records = read_records(source, skipped.append)
    if records is None:
        return tuple(skipped)
    head = list(islice(records, _HEAD))
    format_ = recognise(head)
    if format_ is None:
        reason = "no record that can be read" if not head else "not a trace: no known format, no code with a result"
        return (*skipped, Skipped(source.name, None, reason)) if not skipped or head else tuple(skipped)
    events = format_.events(chain(head, records))
    return make_digest(source.name, format_.NAME, head, events, skipped, python_tools)
