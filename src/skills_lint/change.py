"""A change to a file: shown as a diff, or written."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .lines import split_with_ends

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Change:
    """A file's bytes before and after; both are UTF-8."""

    path: Path
    file: str  # the path as shown
    before: bytes
    after: bytes

    def diff(self) -> str:
        """Return the change as a unified diff."""
        before, after = (split_with_ends(side.decode("utf-8")) for side in (self.before, self.after))
        lines = difflib.unified_diff(before, after, f"a/{self.file}", f"b/{self.file}")
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)

    def write(self) -> None:
        """Write what the file is to hold; a new file never replaces one."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("wb" if self.before else "xb") as file:
            file.write(self.after)
