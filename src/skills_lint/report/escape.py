"""Text from traces and skills made inert: it reads as it is, and neither runs, links nor changes the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..inert import inert

if TYPE_CHECKING:
    from collections.abc import Iterator

# What means something to CommonMark, GitHub, Python-Markdown and its extensions, or Jinja, wherever it stands.
# An underscore between letters means nothing to any of them, and names are easier to read with it.
_MARKUP = re.compile(r"[\\`*\[\]<>&|~^{}$@=]|(?<![^\W_])_|_(?![^\W_])|:(?=/|\w)|(?<=www)\.", re.IGNORECASE)
_START_OF_BLOCK = re.compile(r"[-+.:)%?!#]|\d+(?=[.)])")
_ACTIVE_IN_CODE = re.compile(r"[`\\<>&{}|$]")
_CODE_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


def in_markdown(text: str) -> str:
    """Return `text` as one line of Markdown that shows it and nothing else."""
    return _without_block(_escaped(" ".join(text.split())))


def prose_in_markdown(text: str) -> str:
    """Return a sentence of a bucket or a skill as one line of Markdown: `code` stays code, the rest is inert."""
    pieces = code_spans(" ".join(text.split()))
    return _without_block("".join(code_in_markdown(piece) if code else _escaped(piece) for piece, code in pieces))


def code_spans(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a sentence, and whether each is code, which stands between backticks."""
    for place, piece in enumerate(_CODE_SPAN.split(text)):
        yield piece, bool(place % 2)


def code_in_markdown(text: str) -> str:
    """Return `text` as one line of inline code.

    Backticks where every dialect of Markdown, and Jinja, leaves their content alone; else `<code>` with entities.
    """
    line = inert(" ".join(text.split()))
    if line and not _ACTIVE_IN_CODE.search(line):
        return f"`{line}`"
    return f"<code>{_MARKUP.sub(_entities, line)}</code>"


def _escaped(line: str) -> str:
    return _MARKUP.sub(_entities, inert(line))


def _without_block(line: str) -> str:
    """Escape what would begin a list, a heading or another block."""
    start = _START_OF_BLOCK.match(line)
    return _entities(start) + line[start.end() :] if start else line


def _entities(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" for character in match[0])
