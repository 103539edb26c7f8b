"""Whether code is shown as what not to write: the wrong half of a pitfall, the old way, the "before"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..skills.skill import CodeBlock

_WRONG = re.compile(
    r"(?i)\b(?:wrong|bad|incorrect|avoid|never|don['’]t|do not|fails?|broken|instead of|mistake|deprecated|removed"
    r"|no longer|legacy|formerly|old)\b|\bbefore\W*$|❌|✗"
)
_RIGHT = re.compile(r"(?i)\b(?:right|good|correct|correctly|better|fixed)\b|\bafter\W*$|✅|✓")
_COMMENTS = ("#", "//", "--")


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
    above = next((lines[n] for n in range(block.line - 2, -1, -1) if lines[n].strip()), "")
    return _WRONG.search(above) is not None
