"""Comments that silence a rule at one place.

`<!-- skills-lint: ignore SK301 -->` holds for its own line; alone on its line, for the next line that is not blank, and
for all of the code block that begins there. In the frontmatter the comment is `# skills-lint: ignore SK101`: behind a
value it holds for that line, alone on its line for the whole frontmatter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..lines import split_lines
from .registry import rules_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..skills.skill import Skill

_MARK = "skills-lint:"
_IN_TEXT = re.compile(r"<!--\s*skills-lint:\s*ignore\s(?P<words>[\w\s,-]{1,200})-->")
_IN_FRONTMATTER = re.compile(r"(?:^|\s)#\s*skills-lint:\s*ignore\s(?P<words>[\w\s,-]{1,200})$")

Suppressions = frozenset[tuple[int, str]]  # line, code


def suppressions(skill: Skill) -> Suppressions:
    """Return the lines of a skill and the codes that are silenced on each."""
    if _MARK not in skill.text:
        return frozenset()
    lines = split_lines(skill.text)
    return frozenset(
        (line, rule.code)
        for words, first, last in (*_of_frontmatter(skill, lines), *_of_text(skill, lines))
        for word in re.split(r"[\s,]+", words)
        for rule in rules_named(word)
        for line in range(first, last + 1)
    )


def _of_frontmatter(skill: Skill, lines: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    for number in range(1, skill.body_line):
        comment = _IN_FRONTMATTER.search(lines[number - 1])
        if comment:
            alone = not lines[number - 1][: comment.start()].strip()
            yield (comment["words"], *((1, skill.body_line - 1) if alone else (number, number)))


def _of_text(skill: Skill, lines: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    ends = {block.line: block.line + block.text.count("\n") + 1 for block in skill.code_blocks}
    in_code = {line for first, last in ends.items() for line in range(first, last + 1)}
    for number in range(skill.body_line, len(lines) + 1):
        comment = None if number in in_code else _IN_TEXT.search(lines[number - 1])
        if comment is None:
            continue
        yield comment["words"], number, number
        if not _IN_TEXT.sub("", lines[number - 1]).strip():
            following = next((n for n in range(number + 1, len(lines) + 1) if lines[n - 1].strip()), number)
            yield comment["words"], following, ends.get(following, following)
