"""Code blocks that are written within a code block, whose fences then close one another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..lines import split_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..skills.skill import CodeBlock, Skill

_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[ \t]*\w", re.MULTILINE)
_HOLD_MARKDOWN = frozenset({"markdown", "md", "mdx"})


def trusted_lines(skill: Skill) -> int:
    """Return up to which line it is certain what is code and what is not.

    A fence with a language within a code block opens nothing by CommonMark, and the fence that was to close it closes
    the block around it, unless that has a longer one: from there on what was meant as an example is text.
    """
    lines = split_lines(skill.text)
    nested = (block.line for block in skill.code_blocks if block.language in _HOLD_MARKDOWN and _nests(block, lines))
    return next(nested, len(lines))


def _nests(block: CodeBlock, lines: Sequence[str]) -> bool:
    outer = _FENCE.search(lines[block.line - 1][block.indent :])
    inner = _FENCE.findall(block.text)
    return outer is not None and any(fence.startswith(outer[1]) for fence in inner)
