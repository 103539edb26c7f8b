"""The words that match rules may use: the forms of messages, their parts, and the facts of an origin."""

from __future__ import annotations

from functools import cache
from string import Formatter
from typing import TYPE_CHECKING

from ..errors.forms import FORMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..errors.forms import Wording

FACTS = frozenset({"module-is", "callee-is", "owner-is", "file-is", "statement"})
_BESIDE_THE_TABLE = {  # what `said.py` settles by itself
    "exit": {"code", "signal"},
    "circular-import": {"reason"},
    "missing-argument": {"takes", "given"},
}


@cache
def forms() -> Mapping[str, frozenset[str]]:
    """Return the forms that messages have, each with the names of its parts."""
    parts = {form.name: {name for wording in form.wordings for name in _parts(wording)} for form in FORMS}
    for name, more in _BESIDE_THE_TABLE.items():
        parts.setdefault(name, set()).update(more)
    return {name: frozenset(names) for name, names in parts.items()}


def parts_of(form: str | None) -> frozenset[str]:
    """Return what `where` may name beside this form: its parts, or without a form those of all, and the facts."""
    return FACTS.union(*(parts for name, parts in forms().items() if form in (None, name)))


def _parts(wording: Wording) -> Iterator[str]:
    yield from wording.parts
    yield from (name for _, name, _, _ in Formatter().parse(wording.text) if name and not name.startswith("_"))
