"""Names of pages: their addresses, and titles that are safe wherever a theme puts them."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from ..inert import inert

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST = 80
# Themes put a page's title raw into tags, attributes and <title>, and unescape it on the way; look-alikes are safe.
_LOOK_ALIKES = str.maketrans({"<": "‹", ">": "›", "&": "＆", '"': "”", "'": "’", "{": "(", "}": ")", "`": "’"})


def addresses(folder: str, names: Mapping[str, str]) -> dict[str, str]:
    """Return for each key the address of its page in `folder`, made from its name; no two alike in any file system."""
    found: dict[str, str] = {}
    taken = {"index", "readme"}
    for key, name in names.items():
        slug = re.sub(r"[^a-z0-9_-]+", "-", name.lower()).strip("-")[:_MOST]
        if slug in taken or not slug:
            slug = f"{slug}-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}".lstrip("-")
        taken.add(slug)
        found[key] = f"{folder}/{slug}.md"
    return found


def page_title(text: str) -> str:
    """Return `text` as a title without any character that means something to HTML, YAML or a template."""
    line = inert(" ".join(text.split())).translate(_LOOK_ALIKES)
    return line if len(line) <= _MOST else line[: _MOST - 1].rstrip() + "…"
