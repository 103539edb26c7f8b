"""The spans of a text that are to be replaced: secrets first, then people, apart from each other."""

from __future__ import annotations

import re

from .detector import secrets
from .personal import owners_on_windows, people
from .placeholder import blank, placeholders
from .spans import Span, merged

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
