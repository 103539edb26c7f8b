"""The pitfalls of a skill: the list items of its section `Common pitfalls (from traces)`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .skill import PITFALLS_TITLE, PitfallItem, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .markdown import Document

_WORD = r"[^\W_]+(?:(?:[-.]|_+)[^\W_]+)+"  # no part of it matches in two ways: what is hostile must not take forever
_STARTS_WITH_ID = re.compile(
    rf"(?:\*\*|__)?`(?P<code>[A-Za-z0-9][\w.:-]*)`(?:\*\*|__)?|(?P<bold>\*\*|__)(?P<word>{_WORD}):?(?P=bold)"
)
_BEFORE_ADVICE = re.compile(r"[\s:.,;\u2013\u2014-]*")  # also dashes


def find_pitfalls_section(sections: Sequence[Section]) -> Section | None:
    """Return the pitfalls section; capitals and spaces in its title do not matter."""
    return next((section for section in sections if _plain(section.title) == _plain(PITFALLS_TITLE)), None)


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()


def read_pitfalls(document: Document, section: Section) -> Iterator[PitfallItem]:
    """Yield the items of the section's lists. What is nested in an item belongs to it, and is none of its own."""
    for item in document.items:
        if section.line < item.start <= section.end_line:
            yield _item([document.lines[number - 1] for number in item], item.start)


def _item(shown: Sequence[str], first: int) -> PitfallItem:
    """Return the item on some lines, of which `first` is the number of the first."""
    lines = _dedented(shown)
    text = lines[0]
    column = len(shown[0]) - len(text)
    rest = "\n".join(lines[1:])
    match = _STARTS_WITH_ID.match(text)
    if match is None:
        whole = f"{text}\n{rest}".strip()
        return PitfallItem(None, whole, first, column + 1, column + 1 + len(text))
    group = "code" if match["code"] else "word"
    advice = _BEFORE_ADVICE.sub("", f"{text[match.end() :]}\n{rest}", count=1).strip()
    return PitfallItem(match[group], advice, first, column + match.start(group) + 1, column + match.end(group) + 1)


def _dedented(lines: Sequence[str]) -> list[str]:
    """Return the lines of an item without its marker and the indentation that follows from it."""
    marker = re.match(r"\s*(?:[-*+]|\d+[.)])\s*", lines[0])
    width = marker.end() if marker else 0
    return [lines[0][width:], *(line[min(width, len(line) - len(line.lstrip())) :] for line in lines[1:])]
