"""Keys that a mapping in a code block has already."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from ...lines import split_lines
from ...words import counted
from .error import BlockError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_COMMENT = re.compile(r"(?:^|\s)#")


@dataclass(frozen=True, slots=True)
class Repeated:
    """A key that its mapping has already. Lines and columns count from 1, within the block."""

    key: str
    line: int
    column: int
    first: int  # the line of the first one


def repeated_keys(events: Iterator[yaml.Event]) -> Iterator[Repeated]:
    """Yield the keys of YAML mappings that are there already.

    All events are read, so that the parser's errors come out even where nothing is yielded.
    """
    open_: list[dict[str, int] | None] = []  # the keys so far of each mapping that is open, None for a sequence
    key_follows: list[bool] = []
    for event in events:
        if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            open_.pop()
            key_follows.pop()
        elif isinstance(event, (yaml.ScalarEvent, yaml.AliasEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            keys = open_[-1] if open_ else None
            if keys is not None:
                mark = event.start_mark
                if key_follows[-1] and isinstance(event, yaml.ScalarEvent) and mark and event.value != "<<":
                    if event.value in keys:
                        yield Repeated(event.value, mark.line + 1, mark.column + 1, keys[event.value])
                    keys.setdefault(event.value, mark.line + 1)
                key_follows[-1] = not key_follows[-1]
            if isinstance(event, yaml.CollectionStartEvent):
                open_.append({} if isinstance(event, yaml.MappingStartEvent) else None)
                key_follows.append(True)


def first_repeated(text: str, repeated: Sequence[Repeated]) -> BlockError | None:
    """Return the first key that is there twice and is no alternative to the one above it."""
    lines = split_lines(text)
    for each in repeated:
        if not _shows_alternatives(lines, each.first, each.line):
            above = each.line - each.first
            where = f"{counted(above, 'line')} above" if above else "on the same line"
            message = f"`{each.key}` is there already, {where}"
            return BlockError(message, each.line, each.column, "most readers take the last one", "has a key twice")
    return None


def _shows_alternatives(lines: Sequence[str], first: int, second: int) -> bool:
    """Say whether the entries on two lines are alternatives to choose from: a comment or a blank line parts them."""
    between = lines[first - 1 : second]
    return any(_COMMENT.search(line) for line in between) or not lines[second - 2].strip()
