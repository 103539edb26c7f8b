"""The spans of a text that are to be replaced: secrets first, then people, apart from each other."""

from __future__ import annotations

from .detector import secrets
from .personal import people
from .placeholder import blank, placeholders
from .spans import Span, merged


def found(data: bytes, patience: float) -> list[Span]:
    """Return what is to be replaced in `data`, sorted and apart from each other and from earlier placeholders."""
    done = placeholders(data)
    open_data = blank(data, done)
    hidden = merged(secrets(open_data, patience), done)
    # Names are searched where secrets were not: the password in a URL and its host look like an e-mail address.
    return sorted([*hidden, *merged(people(blank(open_data, hidden)), [*done, *hidden])])
