"""What a rule finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ..place import Span

Level = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A stretch of a file, and the text that takes its place. Column 0 is the byte order mark, before column 1."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Fix:
    """A change that mends a finding, in the file that the finding is about."""

    title: str  # what it does, as a command: "rename the key to `license`"
    edits: tuple[Edit, ...]  # they do not overlap
    safe: bool  # it is what the author meant, beyond doubt


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One finding of a rule. Lines and columns count from 1, columns in characters; the end is exclusive."""

    file: str  # relative to the working directory, `/`-separated
    line: int
    column: int
    end_line: int
    end_column: int
    code: str  # "SK101"
    name: str  # "frontmatter-schema"
    severity: Level
    message: str  # what was found, and what was expected
    help: str | None = None  # the way out
    fix: Fix | None = None
