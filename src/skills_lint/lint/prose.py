"""The lines of a file that are its own words: outside of code blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lines import split_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..skills.skill import CodeBlock, Skill


def prose_lines(skill: Skill) -> Iterator[tuple[int, str]]:
    """Yield number and text of each line of the body that stands in no fenced code block."""
    return lines_outside(skill.code_blocks, skill.text, skill.body_line)


def lines_outside(blocks: Iterable[CodeBlock], text: str, first: int = 1) -> Iterator[tuple[int, str]]:
    """Yield number and text of each line of a file, from its line `first` on, that no code block holds."""
    in_code = {
        number
        for block in blocks
        for number in range(block.line, block.line + block.text.count("\n") + 1 + block.closed)
    }
    for number, line in enumerate(split_lines(text), 1):
        if number >= first and number not in in_code:
            yield number, line
