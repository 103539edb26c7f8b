"""One module a trace format: its name, how sure it is of a file, and the events of its records.

A module here is found by itself. It has

- `NAME`, as results show it, and `ABOUT`, for `docs/formats.md`;
- `recognise(head)`: how sure it is, from 0 to 1, that records that begin with `head` are its own;
- `events(records)`: the events that the records tell, in their order.

And it may have, for the sake of speed,

- `RECORD`: a `msgspec.Struct` with the fields that it needs (see `fields.py`). `events` then gets its instances and not
  plain JSON, of which `recognise` goes on to judge;
- `APART = True`, if each record can be read without those before it, so that a large file can be read in parts;
- `SUREST`, if it is never surer than that of a file: it is only asked where no other format is as sure;

or `ECHOES = True`, where calls are told twice under different ids, and `HOME`, where a tool keeps its user's sessions.
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from types import ModuleType

    from ..event import Event, Record
    from ..shared.about import About, Home

_FEW = (4, 16, 64)  # first records, of which the formats judge; no more where one of them is sure of fewer


@dataclass(frozen=True, slots=True)
class Format:
    """What a format module offers."""

    name: str
    about: About
    recognise: Callable[[Sequence[Record]], float]
    events: Callable[[Iterable[Record]], Iterator[Event]]
    record: Any  # the type of its records; `Any` for plain JSON
    home: Home | None
    apart: bool
    echoes: bool
    surest: float  # the most that `recognise` ever says


@cache
def all_formats() -> tuple[Format, ...]:
    """Return all formats, by the names of their modules."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(_format(import_module(f".{name}", __name__)) for name in names)


def format_named(name: str) -> Format:
    """Return the format of this name."""
    return next(format_ for format_ in all_formats() if format_.name == name)


def recognise(records: Iterator[Record]) -> Format | None:
    """Return the format that is surest of the first records, or None if none is sure at all.

    No more records are taken than it needs to be sure.
    """
    head: list[Record] = []
    best: tuple[float, Format | None] = (0.0, None)
    for few in _FEW:
        known = len(head)
        head.extend(islice(records, few - known))
        if len(head) == known:
            break
        best = _surest(head)
        if best[0] >= 1:
            break
    return best[1] if best[0] > 0 else None


def _surest(head: Sequence[Record]) -> tuple[float, Format | None]:
    """Return how sure the format is that is surest of these records, and which one that is."""
    best: tuple[float, Format | None] = (0.0, None)
    for format_ in sorted(all_formats(), key=lambda format_: -format_.surest):
        if format_.surest > best[0]:  # else it cannot be surer
            best = max(best, (format_.recognise(head), format_), key=lambda pair: pair[0])
    return best


def _format(module: ModuleType) -> Format:
    return Format(
        name=module.NAME,
        about=module.ABOUT,
        recognise=module.recognise,
        events=module.events,
        record=getattr(module, "RECORD", Any),
        home=getattr(module, "HOME", None),
        apart=getattr(module, "APART", False),
        echoes=getattr(module, "ECHOES", False),
        surest=getattr(module, "SUREST", 1.0),
    )
