"""Files read in the ways that the engine has, one of them slow: results that can be compared, and not redacted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from skills_lint.traces import formats, steps
from skills_lint.traces.engine import code_by_place, fitted_records, read_digests
from skills_lint.traces.formats import Format, all_formats
from skills_lint.traces.merge import merge
from skills_lint.traces.scan import to_json
from skills_lint.traces.source import find_sources

NO_TOOLS: frozenset[str] = frozenset()


def read(*paths: Path) -> dict[str, Any]:
    """Return the result of a scan as JSON."""
    skipped: list[Any] = []
    sources = {source.name: source for source in find_sources(paths, skipped.append)}
    digests, unread = read_digests(list(sources.values()), NO_TOOLS)
    again = cache(lambda name: code_by_place(sources[name], NO_TOOLS))
    return to_json(merge(digests, [*skipped, *unread], NO_TOOLS, again))


@contextmanager
def the_slow_way() -> Iterator[None]:
    """Let every record be read as plain JSON, as where a format declares no fields, and every call be judged."""
    slow = tuple(map(_slowly, all_formats()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(formats, "all_formats", lambda: slow)
        patch.setattr(steps, "ran_well", lambda *_: None)
        yield


def _slowly(format_: Format) -> Format:
    return replace(format_, record=Any, events=lambda records: format_.events(fitted_records(records, format_.record)))
