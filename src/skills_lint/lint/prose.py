"""The lines of a file that are its own words: outside of code blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..lines import split_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..skills.skill import CodeBlock

_INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`)[^\n]{0,1000}?(?<!`)\1(?!`)")


def lines_outside(blocks: Iterable[CodeBlock], text: str, first: int = 1) -> Iterator[tuple[int, str]]:
    """Yield number and text of each line of a file, from its line `first` on, that no code block holds."""
    in_code = code_lines(blocks)
    for number, line in enumerate(split_lines(text), 1):
        if number >= first and number not in in_code:
            yield number, line


def code_lines(blocks: Iterable[CodeBlock]) -> set[int]:
    """Return the lines of code blocks, with those of their fences."""
    return {number for block in blocks for number in range(block.line, last_line(block) + 1)}


def last_line(block: CodeBlock) -> int:
    """Return the line of the fence that closes a block; the last one of its text where none does."""
    inside = block.text.count("\n") + (not block.text.endswith("\n") and bool(block.text))
    return block.line + inside + block.closed


def is_in_inline_code(line: str, at: int) -> bool:
    """Say whether a place of a line, from 0, stands behind a backtick that opens: an odd number of them precede it."""
    return line.count("`", 0, at) % 2 == 1


def without_inline_code(line: str) -> str:
    """Return a line with its inline code blanked, every place kept."""
    return _INLINE_CODE.sub(lambda found: " " * len(found[0]), line) if "`" in line else line
