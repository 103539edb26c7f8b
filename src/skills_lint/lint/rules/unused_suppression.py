"""SK505: a comment that silences a rule silences something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...place import Span
from ...skills.frontmatter import read_frontmatter
from ..diagnostic import Edit, Fix
from ..edits import without_lines
from ..fixes import put_fixes
from ..rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..suppression import Suppression, Unused


def _check(unused: Unused) -> Finding:
    strange = [word.text for word in unused.words if not word.codes]
    listed = ", ".join(f"`{text}`" for text in strange or [word.text for word in unused.words])
    if strange:
        message = f"the comment names no rule: {listed}"
        way_out = "write `ignore` and codes, or their beginnings: `skills-lint: ignore SK301`"
    else:
        message = f"nothing is silenced here by {listed}"
        way_out = "delete the comment" if unused.words == unused.suppression.words else f"delete {listed} from it"
    return Finding(message, unused.suppression.span, way_out, fix=None if strange else _fix(unused))


def _fix(unused: Unused) -> Fix | None:
    """Return the deletion of the unused words, and of the comment with the last of them."""
    suppression, lines = unused.suppression, unused.commented.lines
    kept = [word.text for word in suppression.words if word not in unused.words]
    if kept:
        first, last = suppression.words[0], suppression.words[-1]
        at = suppression.span.line
        edit = Edit(Span(at, first.column, at, last.column + len(last.text)), ", ".join(kept))
        return Fix("delete what silences nothing", (edit,), safe=True)
    fix = Fix("delete the comment", (_deletion(suppression, lines),), safe=True)
    return fix if not suppression.in_frontmatter or _says_the_same(unused.commented.text, fix) else None


def _deletion(suppression: Suppression, lines: Sequence[str]) -> Edit:
    """Return the deletion of a comment, with its line if nothing else is on it."""
    span = suppression.span
    line = lines[span.line - 1]
    before, after = line[: span.column - 1], line[span.end_column - 1 :]
    if not (before + after).strip():
        between = [lines[number - 1] for number in (span.line - 1, span.line + 1) if 1 <= number <= len(lines)]
        if suppression.in_frontmatter or len(between) < 2 or not all(text.strip(" \t") for text in between):
            return without_lines(span.line, span.line, lines)
        return Edit(Span(span.line, 1, span.line, len(line) + 1), "")  # else two paragraphs become one
    spaces = re.search(r"[ \t]*$", before) if before.strip() else None
    start = spaces.start() if spaces else len(before)
    behind = 0 if before.strip() else len(after) - len(after.lstrip())
    return Edit(Span(span.line, start + 1, span.line, span.end_column + behind), "")


def _says_the_same(text: str, fix: Fix) -> bool:
    """Say whether a frontmatter has the same values without what is deleted, which may stand within a text."""
    before, after = read_frontmatter(text), read_frontmatter(put_fixes(text, [fix])[0])
    return before.values is not None and after.values == before.values


_SKILL = """---
name: etf-data
description: Read ETF prices.
---
{}The [store](https://prices.example/store) has a page of its own.
"""

RULE = Rule(
    code="SK505",
    name="unused-suppression",
    severity="warning",
    summary="A comment that silences a rule silences something.",
    explanation="""
A comment `skills-lint: ignore …` that silences nothing was left behind when what it was about was mended, and will
silence the next mistake in that place. Found are its words that silence no finding, those that name no rule, and
comments that say something else. Not judged are words that mean only rules that do not run here. It is silenced as any
other rule.
""",
    bad={"skills/etf-data/SKILL.md": _SKILL.format("<!-- skills-lint: ignore SK301 -->\n")},
    good={"skills/etf-data/SKILL.md": _SKILL.format("")},
    fix="safe",
    check_unused=_check,
)
