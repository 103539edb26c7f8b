"""The spans of a text that are to be replaced: secrets first, then people, apart from each other."""

from __future__ import annotations

import re

from .detector import secrets
from .personal import home_owners, owners_on_windows, people
from .placeholder import blank, placeholders
from .spans import Span, merged

_TOLD_BY_WORDS = frozenset(
    {"authorization", "bearer", "cookie", "header", "password", "piped-password", "query", "secret", "setting"}
    | {"spoken-password", "sshpass", "mysql-password", "url-password"}
)
# A run of backslashes is taken whole or not at all: tried from each of its places, a long one takes quadratic time.
_ESCAPE = re.compile(rb"(?<!\\)\\++(?:[nrtbf]|u00[01][0-9a-f]|u0026)")


def found(data: bytes, patience: float) -> list[Span]:
    """Return what is to be replaced in `data`, sorted and apart from each other and from earlier placeholders.

    Raises TimeoutError when the search takes longer than `patience` seconds.
    """
    done = placeholders(data)
    whole = blank(data, done)
    plain = _unescaped(whole)
    hidden = merged(secrets(plain, patience), done)
    # Names are searched where secrets were not: the password in a URL and its host look like an e-mail address.
    names = [*people(blank(plain, hidden)), *owners_on_windows(blank(whole, hidden))]
    return sorted([*hidden, *merged(names, [*done, *hidden])])


def _unescaped(data: bytes) -> bytes:
    """Return `data` with escaped white space as white space, of the same length.

    Traces hold JSON within JSON. In `\\nexport KEY=…` the n is no part of a word, and a rule must not take it for one.
    """
    return _ESCAPE.sub(_white_space, data) if b"\\" in data else data


def _white_space(escape: re.Match[bytes]) -> bytes:
    end = b"&" if escape[0].endswith(b"26") else b"\n" if escape[0].endswith((b"n", b"r")) else b" "
    return end.rjust(len(escape[0]))


def places_of_tokens(text: str, patience: float) -> list[tuple[int, int, str]]:
    """Return start, end and kind of the keys and tokens in `text` that are known by their shape alone, in characters.

    Passwords and the like, which only the words beside them tell, are left out: in documentation most are examples.
    Raises TimeoutError when the search takes longer than `patience` seconds.
    """
    data = text.encode("utf-8", "replace")
    spans = [span for span in secrets(data, patience) if span.kind not in _TOLD_BY_WORDS]
    return _in_characters(data, merged(spans, placeholders(data)))


def places_of_owners(text: str) -> list[tuple[int, int, str]]:
    """Return start, end and name of the owners of home folders in `text`, in characters."""
    data = text.encode("utf-8", "replace")
    spans = merged([*home_owners(data), *owners_on_windows(data)], [])
    return [(start, end, text[start:end]) for start, end, _ in _in_characters(data, spans)]


def _in_characters(data: bytes, spans: list[Span]) -> list[tuple[int, int, str]]:
    return [
        (len(data[: span.start].decode("utf-8")), len(data[: span.end].decode("utf-8")), span.kind) for span in spans
    ]
