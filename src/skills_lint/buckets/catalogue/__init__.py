"""The built-in catalogue: the causes that Python agents meet most, as data, a file a field of libraries."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..bucket import Bucket, MatchRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = Path(__file__).parent
RAISED = FOLDER / "raised.jsonl"  # the evidence; a line an error, written by `make causes`
_LAST = "language"  # what the language says comes after what a library says


@cache
def load_catalogue() -> tuple[Bucket, ...]:
    """Return the buckets of the catalogue in the order in which they are asked: what is particular comes first."""
    return tuple(bucket for buckets in load_fields().values() for bucket in buckets)


@cache
def load_fields() -> Mapping[str, tuple[Bucket, ...]]:
    """Return the buckets of the catalogue by field ("pandas", "imports", …), in the same order."""
    files = sorted(FOLDER.glob("*.yaml"), key=lambda file: (file.stem == _LAST, file.stem))
    return {file.stem: tuple(_buckets(file)) for file in files}


def _buckets(file: Path) -> Iterator[Bucket]:
    for entry in _read(file)["buckets"]:
        values = {key: value for key, value in entry.items() if key != "match"}
        yield Bucket(**values, match=tuple(MatchRule(**rule) for rule in entry["match"]), source="catalogue")


def _read(file: Path) -> dict[str, Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe loader
    return data
