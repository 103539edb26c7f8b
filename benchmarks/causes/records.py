"""Files of records, a line each, that several people can bring up to date at once."""

from __future__ import annotations

import fcntl
import json
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .raised import TOLD, raise_error, versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_AT_ONCE = 2


def read_records(path: Path) -> list[dict[str, Any]]:
    """Return the records of a file; none where there is no file yet."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write_records(path: Path, records: Iterable[dict[str, Any]]) -> None:
    """Write records, a line each, in one go."""
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    draft = path.with_suffix(".new")
    draft.write_text("".join(lines), encoding="utf-8")
    draft.replace(path)


@contextmanager
def sole_writer(path: Path) -> Iterator[None]:
    """Keep others from writing the file meanwhile."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def raise_all(snippets: Iterable[str], known: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any] | None]:
    """Return for each snippet what it raises, None where it ends well.

    What is known of the same snippet with the same versions is taken as it is.
    """
    found: dict[str, dict[str, Any] | None] = {
        record["snippet"]: {key: record[key] for key in TOLD}
        for record in known
        if versions(record["snippet"]) == {key: record[key] for key in ("python", "libraries")}
    }
    new = [snippet for snippet in dict.fromkeys(snippets) if snippet not in found]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found |= dict(zip(new, pool.map(raise_error, new), strict=True))
    return found
