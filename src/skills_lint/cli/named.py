"""Buckets that a command is given by their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..place import InputError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..buckets.bucket import Bucket
    from ..project import Project


def named_buckets(project: Project, ids: Iterable[str]) -> Iterator[Bucket]:
    """Yield the buckets with these ids, in their order; raises InputError for an id that no bucket has."""
    known = {bucket.id: bucket for bucket in project.causes}
    for id_ in ids:
        if id_ not in known:
            near = did_you_mean(id_, known)
            way_out = f"did you mean `{near}`?" if near else f"buckets are declared in {project.config.buckets}"
            raise InputError(f"unknown bucket `{id_}`", way_out=way_out)
        yield known[id_]
