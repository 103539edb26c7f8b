"""Anchors as GitHub makes them from headings."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_NO_PART = re.compile(r"[^a-z0-9_ \n-]")  # of an anchor, in ASCII
_OWN_ID = re.compile(r"\s*#([^\s}]+)(?:\s[^}]*)?\}")


class Anchors:
    """Gives each heading of one file its anchor, the second of the same title with `-1`, and collects them."""

    __slots__ = ("_known", "_seen")

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()
        self._known: set[str] = set()

    def add_heading(self, title: str) -> str:
        """Return the anchor of the next heading."""
        before, own_id = _split_own_id(title)
        if own_id:
            self.add(own_id)
            self._known.add(folded(slug(before)))
            return own_id
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


def _split_own_id(title: str) -> tuple[str, str | None]:
    """Return a title and the id that ends it, as in `## Title {#own-id}` of MkDocs and Pandoc; None for none."""
    before, _, last = title.rstrip().rpartition("{")
    own_id = _OWN_ID.fullmatch(last)
    return (before, own_id[1]) if own_id else (title, None)


def folded(anchor: str) -> str:
    """Return an anchor without what readers of links forgive: capitals, and the invisible parts of emoji."""
    return anchor.casefold().replace("\ufe0f", "").replace("\u200d", "")


def slug(title: str) -> str:
    """Return the anchor of a heading: lower case, only word characters, marks, `-` and `_`, spaces as `-`."""
    lower = title.strip().lower()
    if lower.isascii():  # most are, and nobody has to be asked about each of their letters
        kept = _NO_PART.sub("", lower)
    else:
        kept = "".join(c for c in lower if c in "-_ \n" or unicodedata.category(c)[0] in "LM" or c.isdecimal())
    return kept.replace(" ", "-").replace("\n", "-")
