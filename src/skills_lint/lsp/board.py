"""Which findings there are at the moment, by the file that they are about and by who found them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from .texts import real

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..lint.diagnostic import Diagnostic

# A skill or the bucket file; a folder, in which rules about the repo or an unusable file may find something.
Source = tuple[Literal["document", "repo", "trouble", "repo trouble"], Path]


class Board:
    """The present findings. What one source finds anew replaces what it has found before."""

    def __init__(self) -> None:
        self._found: dict[Source, dict[Path, tuple[Diagnostic, ...]]] = {}

    def put(self, source: Source, diagnostics: Iterable[Diagnostic]) -> frozenset[Path]:
        """Keep what a source finds; return the files, by real path, for which that may change something."""
        by_file: dict[Path, tuple[Diagnostic, ...]] = {}
        for diagnostic in diagnostics:
            file = real(Path(diagnostic.file))
            by_file[file] = (*by_file.get(file, ()), diagnostic)
        before = self._found.pop(source, {})
        if by_file:
            self._found[source] = by_file
        return frozenset(before.keys() | by_file.keys())

    def of(self, file: Path) -> tuple[Diagnostic, ...]:
        """Return what is found in a file, named by its real path."""
        found = [diagnostic for by_file in self._found.values() for diagnostic in by_file.get(file, ())]
        return tuple(sorted(dict.fromkeys(found), key=lambda d: (d.line, d.column, d.code, d.message)))
