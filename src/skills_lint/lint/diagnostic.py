"""What a rule finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning", "info"]


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
