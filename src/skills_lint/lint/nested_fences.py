"""Code blocks that are written within a code block, whose fences then close one another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..skills.skill import Skill

_OPENS = re.compile(r"^[ \t]*(?:`{3,}|~{3,})[ \t]*\w", re.MULTILINE)
_HOLD_MARKDOWN = frozenset({"markdown", "md", "mdx"})


def trusted_lines(skill: Skill) -> int:
    """Return up to which line it is certain what is code and what is not.

    A fence with a language within a code block opens nothing by CommonMark, and the fence that was to close it closes
    the block around it: from there on what the author meant as an example is text.
    """
    nested = (
        block.line for block in skill.code_blocks if block.language in _HOLD_MARKDOWN and _OPENS.search(block.text)
    )
    return next(nested, skill.text.count("\n") + 1)
