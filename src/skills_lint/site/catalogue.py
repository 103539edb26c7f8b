"""The reference of the built-in catalogue: the list of its causes, and one page each that stands on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..buckets.catalogue import load_fields
from ..buckets.explained import explained
from .names import page_title
from .page import Links, Page, render
from .words import REMEDIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from ..buckets.bucket import Bucket

INDEX = "reference/catalogue/index.md"


def entry_uri(id_: str) -> str:
    """Return the address of the page of a cause of the catalogue."""
    return f"reference/catalogue/{id_}.md"


def catalogue_pages() -> Iterator[Page]:
    """Yield the list of all causes of the catalogue, and the page of each."""
    title = "Catalogue of root causes"
    fields = load_fields()
    yield Page(
        INDEX,
        page_title(title),
        lambda links: render("catalogue.html", links, title=title, fields=fields, uri=entry_uri),
    )
    for buckets in fields.values():
        for bucket in buckets:
            yield _entry_page(bucket)


def _entry_page(bucket: Bucket) -> Page:
    told = explained(bucket)

    def body(links: Links) -> Markup:
        return render(
            "catalogue_entry.html",
            links,
            told=told,
            bucket=bucket,
            remedy=REMEDIES[bucket.remedy],
            index=INDEX,
            uri=entry_uri,
        )

    return Page(entry_uri(bucket.id), page_title(bucket.title), body, listed=False)
