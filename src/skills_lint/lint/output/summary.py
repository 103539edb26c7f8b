"""What was read and found, in one line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..diagnostic import Diagnostic


def summary(diagnostics: Sequence[Diagnostic], skills: int) -> str:
    """Return `17 skills, 2 errors, 1 warning`; of infos only if there are any."""
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    parts = [_counted(skills, "skill"), _counted(counts["error"], "error"), _counted(counts["warning"], "warning")]
    if counts["info"]:
        parts.append(_counted(counts["info"], "info"))
    return ", ".join(parts)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
