"""The causes that a repo knows, kept as they were read: to read them from YAML takes longer than all else of a hint.

They lie in the user's cache folder under a hash of all that they were read from, so that what is found there is right.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from ..buckets.bucket import Bucket, MatchRule
from ..buckets.catalogue import FOLDER
from ..home import cache_folder, keep_newest, write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from ..project import Project

_MOST = 16  # repos, and states of them
_LEFT_OUT = ("covered_since", "fixed", "place", "instead", "unless")  # no hint depends on them


def causes_of(project: Project) -> tuple[Bucket, ...]:
    """Return the causes of a project, but for what no hint depends on, such as their places.

    Raises InputError for a bucket file that cannot be used.
    """
    file = _file(project) if project.cached else None
    if file is None:
        return project.causes
    kept = _read(file)
    if kept is None:
        kept = project.causes
        _keep(file, kept)
    return kept


def _file(project: Project) -> Path | None:
    """Return the file for the causes as they are now; None where there is no place for one."""
    home = cache_folder()
    if home is None:
        return None
    state = hashlib.blake2b(repr([field.name for kind in (Bucket, MatchRule) for field in fields(kind)]).encode())
    for source in (project.bucket_file, *sorted(FOLDER.glob("*.yaml"))):
        try:
            data = source.read_bytes()
        except OSError:
            data = b""
        state.update(b"%s %d " % (source.name.encode("utf-8", "surrogateescape"), len(data)) + data)
    return home / "skills-lint" / "hint" / f"{state.hexdigest()[:32]}.json"


def _read(file: Path) -> tuple[Bucket, ...] | None:
    try:
        kept = tuple(map(_bucket, json.loads(file.read_bytes())))
        os.utime(file)  # it is in use
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    return kept


def _bucket(values: dict[str, Any]) -> Bucket:
    rules = tuple(MatchRule(**rule) for rule in values["match"])
    return Bucket(**{**values, "match": rules, "skills": tuple(values["skills"])})


def _keep(file: Path, causes: tuple[Bucket, ...]) -> None:
    """Keep causes; what cannot be written is left."""
    values = [{key: value for key, value in asdict(b).items() if key not in _LEFT_OUT} for b in causes]
    with suppress(OSError):
        write_whole(file, json.dumps(values).encode())
        keep_newest(file.parent, _MOST)
