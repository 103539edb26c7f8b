"""The lines of a skill that are its own words: outside of code blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lines import split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..skills.skill import Skill


def prose_lines(skill: Skill) -> Iterator[tuple[int, str]]:
    """Yield number and text of each line of the body that stands in no fenced code block."""
    in_code = {
        number
        for block in skill.code_blocks
        for number in range(block.line, block.line + block.text.count("\n") + 1 + block.closed)
    }
    for number, line in enumerate(split_lines(skill.text), 1):
        if number >= skill.body_line and number not in in_code:
            yield number, line
