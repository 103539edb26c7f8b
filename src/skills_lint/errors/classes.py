"""Exception classes and their bases, as far as they are known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_FILE = Path(__file__).with_name("classes.json")
# One class by two names, of which the table knows one.
_ALSO = {
    "OSError": ("IOError", "EnvironmentError"),
    "re.error": ("re.PatternError", "PatternError"),
    "re.PatternError": ("re.error", "error"),
}


@lru_cache(maxsize=4096)
def bases_of(qualified: str | None) -> tuple[str, ...]:
    """Return the names of the classes that an exception is one of, its own first, `Exception` and above left out.

    Full names and last parts, so that ("json.decoder.JSONDecodeError", "JSONDecodeError", "ValueError", …). A name is
    looked up as a whole, then by its last part within the same package (modules move, and are reached by several
    names), and a name without a module by its last part alone; where several classes fit, what all of them are counts.
    A class that is not known has its own names only.
    """
    if not qualified:
        return ()
    table = _table()
    own = (qualified, _last(qualified))
    fits = (qualified,) if qualified in table.bases else table.alike(qualified)
    lines = [tuple(_names(table, name)) for name in fits]
    shared = (name for name in lines[0] if all(name in line for line in lines)) if lines else ()
    return tuple(dict.fromkeys((*own, *shared)))


@dataclass(frozen=True, slots=True)
class _Table:
    bases: Mapping[str, tuple[str, ...]]  # the full name of a class → those of its direct bases
    offered: Mapping[str, str]  # … → the name by which its top-level package offers it too
    by_last: Mapping[str, Sequence[str]]  # the last part of a name → full names

    def alike(self, qualified: str) -> tuple[str, ...]:
        """Return the full names of the classes that a name which is not in the table can stand for."""
        known = self.by_last.get(_last(qualified), ())
        if "." not in qualified:
            return tuple(known)
        return tuple(name for name in known if "." in name and _package(name) == _package(qualified))


def _names(table: _Table, name: str) -> Iterator[str]:
    """Yield a class and all that it is derived from, the nearest first, each by all its names."""
    waiting = [name]
    for current in waiting:
        yield from (current, _last(current), *_ALSO.get(current, ()))
        if current in table.offered:
            yield table.offered[current]
        waiting.extend(base for base in table.bases.get(current, ()) if base not in waiting)


@cache
def _table() -> _Table:
    """Return the table that `tests/errors/classes/record.py` has written."""
    import json

    modules = json.loads(_FILE.read_text(encoding="utf-8"))
    bases: dict[str, tuple[str, ...]] = {}
    offered: dict[str, str] = {}
    by_last: dict[str, list[str]] = {}
    for module, classes in modules.items():
        for own, text in classes.items():
            name = f"{module}.{own}" if module else own
            bases[name] = tuple(_full_names(module, text.rstrip("+").split(), classes))
            by_last.setdefault(_last(own), []).append(name)
            if text.endswith("+"):
                offered[name] = f"{_package(name)}.{own}"
    return _Table(bases, offered, by_last)


def _full_names(module: str, names: Iterable[str], classes: Mapping[str, str]) -> Iterator[str]:
    return (f"{module}.{name}" if module and name in classes else name for name in names)


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def _package(name: str) -> str:
    return name.partition(".")[0].lstrip("_")
