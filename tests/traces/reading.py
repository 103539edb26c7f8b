"""Files read in two ways, of which one is slow: results that can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from skills_lint.redaction import Redactor
from skills_lint.traces import formats
from skills_lint.traces.digests import steps
from skills_lint.traces.engine import fitted_records
from skills_lint.traces.formats import Format, all_formats
from skills_lint.traces.scan import scan, to_json


def read(redactor: Redactor, *paths: Path) -> dict[str, Any]:
    """Return the result of a scan as JSON."""
    return to_json(scan(paths, redactor=redactor))


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
