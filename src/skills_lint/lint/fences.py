"""Code blocks as far as the lines of a text alone tell: whether a parser is worth its time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..skills.markdown import language_of
from ..skills.skill import CodeBlock

if TYPE_CHECKING:
    from collections.abc import Iterator

_FENCE_LINE = re.compile(  # `\n` is sought faster than `^`
    r"\n(?P<indent>[ \t]*)(?:(?:[>*+-]|\d{1,9}[.)])[ \t]+)?(?P<marks>`{3,}|~{3,})(?P<info>[^\r\n]*)"
)


def fenced(text: str) -> Iterator[CodeBlock]:
    """Yield the code blocks that a text seems to have, those within lists and quotes with what stands before them.

    Their lines are not told. A text none of whose fences stays open here has no open block for a parser either, but
    for those that a list item or a quote ends.
    """
    text = f"\n{text}"
    opener: re.Match[str] | None = None
    for fence in _FENCE_LINE.finditer(text):
        if opener is None:
            opener = fence if fence["marks"][0] == "~" or "`" not in fence["info"] else None
        elif fence["marks"].startswith(opener["marks"]) and not fence["info"].strip():
            yield _block(opener, text[opener.end() + 1 : fence.start() + 1], closed=True)
            opener = None
    if opener is not None:
        yield _block(opener, text[opener.end() + 1 :], closed=False)


def _block(opener: re.Match[str], body: str, *, closed: bool) -> CodeBlock:
    return CodeBlock(language_of(opener["info"]), body, 0, len(opener["indent"]), closed)
