"""CPython's own messages, read by a strict grammar into a form and its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Said:
    """What a message of CPython says, in whichever version: its form, and the parts that vary."""

    form: str  # "missing-attribute"
    parts: Mapping[str, str]  # {"owner": "NoneType", "attribute": "group", "of": "object"}


def read_message(type_: str | None, message: str | None) -> Said | None:
    """Return what a message of CPython says; None where no form fits it as a whole."""
    return None
