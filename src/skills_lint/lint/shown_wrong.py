"""Whether code is shown as what not to write: the wrong half of a pitfall, the old way, the "before"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..skills.skill import CodeBlock

_WRONG = re.compile(
    r"(?i)\b(?:wrong|bad|incorrect|avoid|never|don['’]t|do not|fails?|broken|instead of|mistake|deprecated|removed"
    r"|dangerous|unsafe|insecure|vulnerable|no longer|legacy|formerly|old)\b|\bbefore\W*$|❌|✗"
)
_RIGHT = re.compile(r"(?i)\b(?:right|good|correct|correctly|better|fixed)\b|\bafter\W*$|✅|✓")
_COMMENTS = ("#", "//", "--")
# A label is what a line begins with; within a sentence the same words mostly speak of something else.
_LABEL = re.compile(
    r"(?i)[^\w❌✗🚫👎]*"
    r"(?:[❌✗🚫👎]|(?:wrong|bad|incorrect|invalid|broken|malformed|don['’]t|do not|never|avoid|before)\b)"
)
_RIGHT_LABEL = re.compile(r"(?i)\W*[✅✓👍]|[^\w]*(?:right|good|correct|better|fixed|do|after)\b(?! not)")
_BARE_LABEL = re.compile(rf"{_LABEL.pattern}\W*$")
_SPEAKS_OF_SYNTAX = re.compile(
    r"(?i)\bsyntax ?error|\b(?:does|do|will) not parse\b|\b(?:un(?:closed|terminated|balanced|quoted)|missing)\b"
    r"|\b(?:invalid|malformed|broken) (?:syntax|json|ya?ml|toml|python)\b"
)


def shown_wrong(block: CodeBlock, lines: Sequence[str], row: int) -> bool:
    """Say whether a row of a block, counted from 1, is not to be imitated.

    Asked are the comment behind it, the comments above it in the block, the nearest of which that says right or wrong
    counts, and then the line that leads to the block. `lines` are those of the file.
    """
    rows = block.text.split("\n")
    if _WRONG.search(rows[row - 1].partition("#")[2]):
        return True
    for line in reversed(rows[: row - 1]):
        if line.lstrip().startswith(_COMMENTS) and (_WRONG.search(line) or _RIGHT.search(line)):
            return _RIGHT.search(line) is None
    above = _line_above(block, lines)
    return _WRONG.search(above) is not None


def labelled_wrong(block: CodeBlock, lines: Sequence[str], row: int) -> bool:
    """Say whether a row of a block is written so that it cannot be parsed on purpose.

    That takes a label (`Wrong:`, `Don't`, ❌) on the line above the block, or a comment in it that is nothing but a
    label, or speaks of syntax with one. A sentence that warns of something leads to code that is to be right, and so do
    most comments that begin with a label: they speak of what the code does.
    """
    rows = block.text.split("\n")
    for line in (row for row in reversed(rows[:row]) if row.lstrip().startswith(_COMMENTS)):
        if _BARE_LABEL.match(line) or (_LABEL.match(line) and _SPEAKS_OF_SYNTAX.search(line)):
            return True
        if _RIGHT_LABEL.match(line):
            return False
    above = _line_above(block, lines)
    return _LABEL.match(above) is not None or _SPEAKS_OF_SYNTAX.search(above) is not None


def _line_above(block: CodeBlock, lines: Sequence[str]) -> str:
    """Return the line that leads to a block, above any blank ones; "" where there is none."""
    return next((lines[n] for n in range(block.line - 2, -1, -1) if lines[n].strip()), "")
