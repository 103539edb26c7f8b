"""Comments that silence a rule at one place.

`<!-- skills-lint: ignore SK301 -->` holds for its own line; alone on its line, for the next line that is not blank, and
for all of the code block that begins there. In the frontmatter the comment is `# skills-lint: ignore SK101`: behind a
value it holds for that line, alone on its line for the whole frontmatter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..lines import split_lines
from ..place import Span
from .prose import code_lines, is_in_inline_code, last_line
from .registry import rules_named

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from ..skills.skill import CodeBlock

MARK = "skills-lint:"  # without it a text has no such comment
_IN_TEXT = re.compile(r"<!--\s*skills-lint:[ \t]*(?P<said>\S(?:(?!-->).){0,200}?)\s*-->")
_IN_FRONTMATTER = re.compile(r"(?:^|(?<=\s))#\s*skills-lint:[ \t]*(?P<said>\S.{0,200}?)\s*$")
_IGNORE = re.compile(r"ignore\s[\w\s,-]+")
_WORD = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A code, its beginning, or a name, as it stands in a comment."""

    text: str
    column: int

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the rules that are meant; none if the word names no rule."""
        return frozenset(rule.code for rule in rules_named(self.text))


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment that silences rules."""

    span: Span
    words: tuple[Word, ...]
    lines: tuple[tuple[int, int], ...]  # the first and the last of those on which it holds
    in_frontmatter: bool


@dataclass(frozen=True)
class Commented:
    """A file with the comments in it that silence rules."""

    file: str  # as shown
    text: str
    suppressions: tuple[Suppression, ...]

    def silencing(self, line: int, code: str) -> Iterator[tuple[Suppression, Word]]:
        """Yield what silences a rule on a line: comments, each with the word that means the rule."""
        for suppression in self._by_line.get(line, ()):
            yield from ((suppression, word) for word in suppression.words if code in word.codes)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return split_lines(self.text)

    @cached_property
    def _by_line(self) -> dict[int, list[Suppression]]:
        """The comments by the lines on which they hold, so that many findings ask few of many comments."""
        by_line: dict[int, list[Suppression]] = {}
        for suppression in self.suppressions:
            for line in {line for first, last in suppression.lines for line in range(first, last + 1)}:
                by_line.setdefault(line, []).append(suppression)
        return by_line


@dataclass(frozen=True, slots=True)
class Unused:
    """Words of a comment that silence nothing."""

    commented: Commented
    suppression: Suppression
    words: tuple[Word, ...]


def commented(file: str, text: str, body_line: int, code_blocks: Sequence[CodeBlock]) -> Commented:
    """Return a file with its comments, in order; code blocks have none."""
    if MARK not in text:
        return Commented(file, text, ())
    lines = split_lines(text)
    found = (*_of_frontmatter(lines, body_line), *_of_text(lines, body_line, code_blocks))
    return Commented(file, text, found)


def _of_frontmatter(lines: Sequence[str], body_line: int) -> Iterator[Suppression]:
    for number in range(1, body_line):
        comment = _IN_FRONTMATTER.search(lines[number - 1])
        if comment:
            alone = not lines[number - 1][: comment.start()].strip()
            held = (1, body_line - 1) if alone else (number, number)
            yield _suppression(comment, number, (held,), in_frontmatter=True)


def _of_text(lines: Sequence[str], body_line: int, code_blocks: Sequence[CodeBlock]) -> Iterator[Suppression]:
    ends = {block.line: last_line(block) for block in code_blocks}
    in_code = code_lines(code_blocks)
    for number in range(body_line, len(lines) + 1):
        line = lines[number - 1]
        if MARK not in line or number in in_code:
            continue
        held: Collection[tuple[int, int]] = [(number, number)]
        if not _IN_TEXT.sub("", line).strip():
            following = next((n for n in range(number + 1, len(lines) + 1) if lines[n - 1].strip()), number)
            held = [*held, (following, ends.get(following, following))]
        for comment in _IN_TEXT.finditer(line):
            if not is_in_inline_code(line, comment.start()):  # else it is shown as code
                yield _suppression(comment, number, tuple(held), in_frontmatter=False)


def _suppression(
    comment: re.Match[str], line: int, held: tuple[tuple[int, int], ...], *, in_frontmatter: bool
) -> Suppression:
    said, start = comment["said"], comment.start("said") + 1
    if _IGNORE.fullmatch(said):
        words = tuple(Word(found[0], start + found.start()) for found in _WORD.finditer(said, len("ignore")))
    else:
        words = (Word(said, start),)  # not understood: what is said names no rule
    return Suppression(Span(line, comment.start() + 1, line, comment.end() + 1), words, held, in_frontmatter)
