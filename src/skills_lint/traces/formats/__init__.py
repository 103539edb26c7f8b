"""One module a trace format: its name, how sure it is of a file, and the events of its records.

A module here is found by itself. It has

- `NAME`, as results show it;
- `recognise(head)`: how sure it is, from 0 to 1, that records that begin with `head` are its own;
- `events(records)`: the events that the records tell, in their order.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record


class Format(Protocol):
    """What a format module offers."""

    NAME: str

    def recognise(self, head: Sequence[Record]) -> float:
        """Return how sure the format is that these first records are its own."""

    def events(self, records: Iterable[Record]) -> Iterator[Event]:
        """Yield what the records tell."""


@cache
def all_formats() -> tuple[Format, ...]:
    """Return all formats, by the names of their modules."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(cast("Format", import_module(f".{name}", __name__)) for name in names)


def recognise(head: Sequence[Record]) -> Format | None:
    """Return the format that is surest of these first records, or None if none is sure at all."""
    sure = [(format_.recognise(head), format_) for format_ in all_formats()]
    best = max(sure, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] > 0 else None
