"""Why a code block does not parse, and how rules report it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...lines import split_lines
from ...place import Span
from ..rule import Finding
from ..shown_wrong import labelled_wrong

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from ...skills.skill import CodeBlock, Skill
    from ..page import Page
    from ..repo import Repo


_LONGEST = 100_000  # characters; a longer block is data, and parsers take their time


@dataclass(frozen=True, slots=True)
class BlockError:
    """What is wrong with a block's text; line and column count from 1, within the text."""

    message: str
    line: int
    column: int
    help: str | None = None
    verdict: str = "does not parse"


def block_findings(
    skill: Skill, repo: Repo, languages: Collection[str], error_of: Callable[[CodeBlock], BlockError | None]
) -> Iterator[Finding]:
    """Yield a finding for each code block in one of the languages that does not parse, at its place in the file.

    Not one that is never closed, which holds what was not meant to be code: SK404 speaks of it. Nor one with a
    merge conflict, of which SK501 speaks, or one that is labelled as wrong.
    """

    def error_in(block: CodeBlock) -> BlockError | None:
        judged = block.language in languages and block.closed and len(block.text) <= _LONGEST
        return error_of(block) if judged and "<<<<<<<" not in block.text else None

    for page in repo.pages(skill):
        if any(error_in(block) for block in page.fenced):
            yield from page.holding(_findings(page, error_in))


def _findings(page: Page, error_in: Callable[[CodeBlock], BlockError | None]) -> Iterator[Finding]:
    lines = split_lines(page.text)
    for block in page.parse().code_blocks:
        error = error_in(block)
        if error is not None and not labelled_wrong(block, lines, error.line):
            line, column = block.line + error.line, block.indent + error.column
            message = f"the {block.language} block {error.verdict}: {error.message}"
            yield Finding(message, Span(line, column, line, column + 1), error.help)
