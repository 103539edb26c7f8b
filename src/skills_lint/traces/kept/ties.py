"""What ties files together: sessions, and calls under ids that are unique by themselves.

What two files tell that have none of them in common can be merged apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..digests.digest import Digest

_SIZE: Final = 16  # hexadecimal digits; hashes that are alike in so many are taken for the same, which does no harm


def ties_of(digest: Digest) -> bytes:
    """Return the ties of a file, whose digest is sealed: eight bytes each."""
    return bytes.fromhex("".join({*digest.facts, *_unique_ids(digest)}))


def tied(ties: Mapping[str, bytes], files: Iterable[str]) -> set[str]:
    """Return the names of all files that hang together with some of them, these included; `ties` has those of each."""
    found = set(files)
    known: set[int] = set()
    new = found
    while new:
        for name in new:
            known.update(_each(ties[name]))
        new = {name for name, own in ties.items() if name not in found and not known.isdisjoint(_each(own))}
        found |= new
    return found


def _each(ties: bytes) -> memoryview[int]:
    return memoryview(ties).cast("Q")


def _unique_ids(digest: Digest) -> Iterator[str]:
    """Yield hashes of ids; in a sealed digest only those that are unique by themselves have hyphens."""
    for step in digest.steps:
        if len(step.id) > _SIZE:
            yield step.id[:18].replace("-", "")
    for waiting in (*digest.waiting, *digest.orphans):
        for told in (waiting.call, waiting.result):
            if told is not None and len(told.id) > _SIZE:
                yield told.id[:18].replace("-", "")
