"""What was read and found, in one line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ...words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..diagnostic import Diagnostic


def summary(diagnostics: Sequence[Diagnostic], skills: int) -> str:
    """Return `17 skills, 2 errors, 1 warning`; of infos only if there are any."""
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    parts = [counted(skills, "skill"), counted(counts["error"], "error"), counted(counts["warning"], "warning")]
    if counts["info"]:
        parts.append(counted(counts["info"], "info"))
    return ", ".join(parts)
