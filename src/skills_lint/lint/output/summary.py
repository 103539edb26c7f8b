"""What was read, found and done, in one line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..baseline import Compared
    from ..diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Done:
    """What a run did beside finding; None where it was not asked to."""

    fixed: int | None = None  # findings
    compared: Compared | None = None  # with a baseline


def summary(diagnostics: Sequence[Diagnostic], skills: int, done: Done) -> str:
    """Return `17 skills, 2 errors, 1 warning`; of infos and of what was done only if there is something to say."""
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    parts = [counted(skills, "skill"), counted(counts["error"], "error"), counted(counts["warning"], "warning")]
    if counts["info"]:
        parts.append(counted(counts["info"], "info"))
    if done.fixed is not None:
        parts.append(f"{done.fixed:,} fixed")
    if done.compared is not None:
        parts.append(f"{done.compared.known:,} known")
    if done.compared is not None and done.compared.stale:
        parts.append(f"{sum(count for _, count in done.compared.stale):,} no longer found")
    way_on = ", ".join(_fixable(diagnostics))
    return ", ".join(parts) + (f"; {way_on}" if way_on else "")


def _fixable(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    """Yield how findings can be fixed, and how many."""
    safe = Counter(diagnostic.fix.safe for diagnostic in diagnostics if diagnostic.fix)
    if safe[True]:
        yield f"`--fix` mends {safe[True]:,}"
    if safe[False]:
        yield f"`--unsafe-fixes` mends {safe[False]:,}{' more' if safe[True] else ''}"
