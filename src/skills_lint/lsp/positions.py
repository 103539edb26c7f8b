"""Our places as an editor's positions, and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsprotocol import types

from ..lines import BOM, split_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pygls.workspace import PositionCodec

    from ..place import Span


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures a text. We count lines and characters from 1, an editor lines and code units of its choice from 0."""

    lines: Sequence[str]
    codec: PositionCodec

    def position(self, line: int, column: int) -> types.Position:
        """Return a place as a position; what lies behind the text is at its end."""
        if line > len(self.lines):
            return self.position(len(self.lines), len(self.lines[-1]) + 1)
        before = self.lines[line - 1][: max(column - 1 + self._hidden(line), 0)]
        return types.Position(line - 1, self.codec.client_num_units(before))

    def range(self, span: Span) -> types.Range:
        """Return a span as a range."""
        return types.Range(self.position(span.line, span.column), self.position(span.end_line, span.end_column))

    def place(self, position: types.Position) -> tuple[int, int]:
        """Return the line and the column of a position; what lies behind the end of a line is at that end."""
        line = position.line + 1
        text = self.lines[position.line] if line <= len(self.lines) else ""
        units = 0
        for index, character in enumerate(text):
            if units >= position.character:
                return line, index + 1 - self._hidden(line)
            units += self.codec.client_num_units(character)
        return line, len(text) + 1 - self._hidden(line)

    def _hidden(self, line: int) -> int:
        """Return how many characters stand before the first column: a byte order mark, which we do not count."""
        return int(line == 1 and self.lines[0].startswith(BOM))


def ruler(text: str, codec: PositionCodec) -> Ruler:
    """Return what measures `text`."""
    return Ruler(split_lines(text), codec)
