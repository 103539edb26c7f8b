"""Notes put into rendered Markdown, each at the block that its line stands in."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.token import Token
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be said of a line."""

    line: int  # from 0
    html: Markup


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of a text, and where among the tokens a note on them stands."""

    start: int
    end: int  # exclusive
    at: int  # before the token at this index


def with_notes(tokens: Sequence[Token], notes: Iterable[Note]) -> list[Token]:
    """Return tokens with each note behind the block of its line, in a list within its item; of none, at the start."""
    from markdown_it.token import Token

    notes = sorted(notes, key=lambda note: note.line)
    if not notes:
        return list(tokens)
    blocks = sorted(_blocks(tokens), key=lambda block: (block.start, -block.end))
    starts = [block.start for block in blocks]
    added: dict[int, list[Token]] = {}
    for note in notes:
        place = _place(note.line, blocks, starts)
        added.setdefault(place, []).append(Token("html_block", "", 0, content=str(note.html)))
    return [each for at in range(len(tokens) + 1) for each in (*added.get(at, ()), *tokens[at : at + 1])]


def _place(line: int, blocks: Sequence[_Block], starts: Sequence[int]) -> int:
    """Return where a note on a line stands: at the innermost block that holds it, else at the last one before it."""
    last = bisect_right(starts, line)
    for block in reversed(blocks[max(last - _LOOKED_AT, 0) : last]):
        if line < block.end:
            return block.at
    return blocks[last - 1].at if last else 0


_LOOKED_AT = 200  # blocks before a line, among which the one that holds it is looked for


def _blocks(tokens: Sequence[Token]) -> Iterable[_Block]:
    """Yield the blocks behind which a note may stand: those of the text itself, and items of lists."""
    opened: list[Token] = []
    for at, token in enumerate(tokens):
        if token.nesting == 1:
            opened.append(token)
            continue
        own = opened.pop() if token.nesting == -1 else token
        if own.map is None:
            continue
        if own.type == "list_item_open":
            yield _Block(own.map[0], own.map[1], at)
        elif own.level == 0:
            yield _Block(own.map[0], own.map[1], at + 1)
