"""What a form of CPython's messages is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which an interpreter words a form.

    `text` is the whole message, with `{part}` or `{part:kind}` for what varies (`said.py` knows the kinds), and doubled
    braces for braces. A part that begins with `_` is read and dropped.
    """

    types: tuple[str, ...]  # the exceptions that say it; empty for what an interpreter says without one
    text: str
    parts: Mapping[str, str]  # what the wording says without a word for it


@dataclass(frozen=True, slots=True)
class Form:
    """What several wordings have in common, whichever the version of Python."""

    name: str  # "missing-attribute"
    means: str  # in a sentence
    wordings: tuple[Wording, ...]

    @property
    def types(self) -> tuple[str, ...]:
        """The exceptions that it comes from, each once, in the order of the wordings."""
        return tuple(dict.fromkeys(name for wording in self.wordings for name in wording.types))


def form(name: str, means: str, *wordings: tuple[Wording, ...]) -> Form:
    """Return a form that is worded in these ways."""
    return Form(name, means, tuple(wording for group in wordings for wording in group))


def says(types: str, *texts: str, **parts: str) -> tuple[Wording, ...]:
    """Return the wordings of some exceptions, named with spaces between, that all imply the same parts."""
    return tuple(Wording(tuple(types.split()), text, parts) for text in texts)
