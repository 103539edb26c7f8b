"""Anchors as GitHub makes them from headings."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_EXPLICIT = re.compile(r"\s*\{\s*#([^\s}]+)[^}]*\}\s*$")  # `## Title {#own-id}` of MkDocs and Pandoc


class Anchors:
    """Gives each heading of one file its anchor, the second of the same title with `-1`, and collects them."""

    __slots__ = ("_known", "_seen")

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()
        self._known: set[str] = set()

    def add_heading(self, title: str) -> str:
        """Return the anchor of the next heading."""
        explicit = _EXPLICIT.search(title)
        if explicit:
            self.add(explicit[1])
            self._known.add(folded(slug(title[: explicit.start()])))
            return explicit[1]
        plain = slug(title)
        anchor = f"{plain}-{self._seen[plain]}" if self._seen[plain] else plain
        self._seen[plain] += 1
        self.add(anchor)
        return anchor

    def add(self, anchor: str) -> None:
        """Note an anchor that is given explicitly, as an HTML id."""
        self._known.add(folded(anchor))

    def known(self) -> frozenset[str]:
        """Return all anchors so far, folded."""
        return frozenset(self._known)


def folded(anchor: str) -> str:
    """Return an anchor without what readers of links forgive: capitals, and the invisible parts of emoji."""
    return anchor.casefold().replace("\ufe0f", "").replace("\u200d", "")


def slug(title: str) -> str:
    """Return the anchor of a heading: lower case, only word characters, marks, `-` and `_`, spaces as `-`."""
    kept = (c for c in title.strip().lower() if c in "-_ \n" or unicodedata.category(c)[0] in "LM" or c.isdecimal())
    return "".join(kept).replace(" ", "-").replace("\n", "-")
