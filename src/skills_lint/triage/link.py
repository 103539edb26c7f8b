"""Records of an earlier pipeline, and of days before a bucket was declared, under the names of today.

The traces show the link: a failure in them has its hash of now, those of earlier pipelines, and its bucket.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..errors.signature import PIPELINE, is_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..evidence import SessionRecord
    from .result import Assigned

_Counts = dict[str, Counter[str]]  # hash → bucket → failures in the traces


@dataclass(frozen=True, slots=True)
class Links:
    """The buckets in which failures are today, by the hashes that they were recorded under."""

    earlier: Mapping[str, Mapping[str, int]]  # of earlier pipelines; failures in the traces by bucket, most first
    now: Mapping[str, Mapping[str, int]]  # of this pipeline

    def bucket(self, key: str, pipeline: int) -> str | None:
        """Return the bucket that has most of the failures of a hash, the first by name of several; None if unknown."""
        buckets = self._buckets(key, pipeline)
        return next(iter(buckets)) if buckets else None

    def split(self, records: Iterable[SessionRecord]) -> Mapping[str, Mapping[str, int]]:
        """Return the recorded hashes whose failures are in several buckets today."""
        recorded = sorted({(key, record.pipeline) for record in records for key in record.failures if is_key(key)})
        found = {key: self._buckets(key, pipeline) for key, pipeline in recorded}
        return {key: buckets for key, buckets in found.items() if buckets and len(buckets) > 1}

    def _buckets(self, key: str, pipeline: int) -> Mapping[str, int] | None:
        return (self.earlier.get(key) if pipeline < PIPELINE else None) or self.now.get(key)


def link(assigned: Iterable[Assigned]) -> Links:
    """Return what the failures in the traces tell about the hashes of old records."""
    earlier: _Counts = {}
    now: _Counts = {}
    for item in assigned:
        now.setdefault(item.key, Counter())[item.bucket] += 1
        for key in item.earlier:
            earlier.setdefault(key, Counter())[item.bucket] += 1
    return Links(_ordered(earlier), _ordered(now))


def _ordered(counts: _Counts) -> Mapping[str, Mapping[str, int]]:
    return {key: dict(sorted(own.items(), key=lambda item: (-item[1], item[0]))) for key, own in counts.items()}


def relabelled(record: SessionRecord, links: Links) -> SessionRecord:
    """Return a record with its hashes under the names of today; what cannot be linked keeps its hash.

    The record is one of this pipeline once all its hashes are.
    """
    if record.pipeline > PIPELINE:
        return record
    failures: Counter[str] = Counter()
    pipeline = PIPELINE
    for label, count in record.failures.items():
        bucket = links.bucket(label, record.pipeline) if is_key(label) else label
        failures[bucket or label] += count
        if bucket is None:
            pipeline = record.pipeline
    return replace(record, failures=dict(sorted(failures.items())), pipeline=pipeline)
