"""The navigation: an entry that ends in `/` stands for the pages of that folder."""

from __future__ import annotations

import posixpath
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .page import Page

Nav = list[Any]  # as in mkdocs.yml: addresses, and dicts of a title and an address or a nav

OWN = ("causes/", "skills/", "reports/", "reference/")
_MOST_LISTED = 100  # pages of a folder; nobody reads more in a sidebar, and every page of the site would carry them all


def expand(nav: Nav, titles: Mapping[str, str | None]) -> Nav:
    """Return `nav` with each folder in it replaced by its pages; one without pages is left out.

    `titles` gives the pages of the site in their order, each with the title that it has in the navigation; None leaves
    the title to the page.
    """
    expanded: Nav = []
    for item in nav:
        if isinstance(item, str) and item.endswith("/"):
            expanded += _folder(item, titles)
        elif isinstance(item, dict):
            inner = {title: _inner(entry, titles) for title, entry in item.items()}
            expanded += [{title: entry} for title, entry in inner.items() if entry != []]
        else:
            expanded.append(item)
    return expanded


def with_own_section(nav: Nav, overview: str) -> Nav:
    """Return `nav` as it is if it leads to our pages, else with a section that does."""
    if any(address == overview or address.startswith(OWN) for address in _addresses(nav)):
        return nav
    section = [
        {"Overview": overview},
        {"Root causes": "causes/"},
        {"Skills": "skills/"},
        {"Reports": "reports/"},
        {"Reference": "reference/"},
    ]
    return [*nav, {"Root causes and skills": section}]


def without_long_folders(pages: Sequence[Page]) -> list[Page]:
    """Return `pages` with those of a folder that has very many taken from the navigation; its own page lists them."""
    folders = Counter(posixpath.dirname(page.uri) for page in pages if page.listed)
    return [
        replace(page, listed=False)
        if folders[posixpath.dirname(page.uri)] > _MOST_LISTED and posixpath.basename(page.uri) != "index.md"
        else page
        for page in pages
    ]


def _inner(entry: Any, titles: Mapping[str, str | None]) -> Any:
    if isinstance(entry, str) and entry.endswith("/"):
        return _folder(entry, titles)
    return expand(entry, titles) if isinstance(entry, list) else entry


def _folder(folder: str, titles: Mapping[str, str | None]) -> Nav:
    return [{title: address} if title else address for address, title in titles.items() if address.startswith(folder)]


def _addresses(nav: Sequence[Any]) -> list[str]:
    found: list[str] = []
    for item in nav:
        if isinstance(item, str):
            found.append(item)
        elif isinstance(item, dict):
            for inner in item.values():
                found.extend(_addresses(inner if isinstance(inner, list) else [inner]))
    return found
