"""Why a code block does not parse, and how rules report it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...place import Span
from ..rule import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from ...skills.skill import CodeBlock, Skill


_LONGEST = 100_000  # characters; a longer block is data, and parsers take their time


@dataclass(frozen=True, slots=True)
class BlockError:
    """What is wrong with a block's text; line and column count from 1, within the text."""

    message: str
    line: int
    column: int
    help: str | None = None


def block_findings(
    skill: Skill, languages: Collection[str], error_of: Callable[[CodeBlock], BlockError | None]
) -> Iterator[Finding]:
    """Yield a finding for each code block in one of the languages that does not parse, at its place in the file.

    One that is never closed holds what was not meant to be code, and SK404 speaks of it.
    """
    for block in skill.code_blocks:
        judged = block.language in languages and block.closed and len(block.text) <= _LONGEST
        error = error_of(block) if judged else None
        if error is not None:
            line, column = block.line + error.line, block.indent + error.column
            message = f"the {block.language} block does not parse: {error.message}"
            yield Finding(message, Span(line, column, line, column + 1), error.help)
