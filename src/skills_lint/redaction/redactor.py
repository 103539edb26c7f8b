"""The redactor: spans found, merged, and replaced until nothing is left to find."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from .detector import secrets
from .key import load_key
from .personal import people
from .pieces import Piece, pieces_of, rebuilt
from .placeholder import Span, blank, placeholders, replace, withheld

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_PATIENCE: Final = 20.0  # seconds for one text; 5 MB take about 2
_QUOTES: Final = bytes.maketrans(b"\"'`\\", b"____")
_SECRET_NAME = re.compile("(?i)pass|pwd|secret|token|key|auth|credential")
_BEFORE: Final = {"apart": b"\n\0\n", "named": b'": "', "listed": b" "}


class Redactor:
    """Replaces what is secret or personal by placeholders that are stable for one key.

    Redacting a result again changes nothing. What cannot be searched within `patience` seconds is withheld as a whole.
    """

    def __init__(self, key: bytes, patience: float = _PATIENCE) -> None:
        self._key = key
        self._patience = patience

    def text(self, text: str) -> str:
        """Return `text` with each secret or personal piece replaced by a placeholder."""
        return self.pieces([Piece(text)])[0]

    def value(self, value: Any) -> Any:
        """Return a JSON value with every string in it redacted, keys included."""
        return rebuilt(value, iter(self.pieces(list(pieces_of(value)))))

    def pieces(self, pieces: Sequence[Piece]) -> list[str]:
        """Return the texts of `pieces`, each redacted by what it holds and by the name that it stands under."""
        parts = [piece.text.encode("utf-8", "surrogatepass") for piece in pieces]
        try:
            while (redacted := self._once(pieces, parts)) != parts:  # what is left may only now look like a secret
                parts = redacted
        except TimeoutError:
            return [withheld(self._patience)] * len(pieces)
        return [part.decode("utf-8", "surrogatepass") for part in parts]

    def _once(self, pieces: Sequence[Piece], parts: list[bytes]) -> list[bytes]:
        data, starts = _laid_out(pieces, parts)
        spans = _found(data, self._patience)
        if not spans:
            return parts
        redacted, index = [], 0
        for piece, part, start in zip(pieces, parts, starts, strict=True):
            end = start + len(part)
            own: list[Span] = []
            while index < len(spans) and spans[index].start < end:
                span = spans[index]
                if span.end > start:
                    own.append(Span(max(span.start, start) - start, min(span.end, end) - start, span.kind))
                if span.end > end:
                    break
                index += 1
            redacted.append(replace(part, _widened(piece, part, own), self._key) if own else part)
        return redacted


def open_redactor(root: Path) -> Redactor:
    """Return the redactor of a repo: its placeholders are the same in every run there."""
    return Redactor(load_key(root))


def _laid_out(pieces: Sequence[Piece], parts: list[bytes]) -> tuple[bytes, list[int]]:
    """Return the parts in one text, a value behind its name and the items of a list in a row, and where each starts."""
    if len(parts) == 1:
        return parts[0], [0]
    joined: list[bytes] = []
    starts, length = [], 0
    for index, (piece, part) in enumerate(zip(pieces, parts, strict=True)):
        before = _BEFORE[piece.bond]
        after = pieces[index + 1].bond if index + 1 < len(pieces) else "apart"
        if after == "named":
            before += b'"'
        close = b'"' if piece.bond == "named" and after != "listed" else b""
        starts.append(length + len(before))
        told = piece.bond == "named" and _SECRET_NAME.search(pieces[index - 1].text)
        joined += (before, _without_quotes(part) if told else part, close)
        length += len(before) + len(part) + len(close)
    return b"".join(joined), starts


def _without_quotes(part: bytes) -> bytes:
    """Return the value of a key so that no quote or backslash in it ends it; JSON and prose stay as they are."""
    if len(part) > 200 or part[:1] in (b"{", b"[") or part.split()[1:]:
        return part
    return part.translate(_QUOTES)


def _widened(piece: Piece, part: bytes, spans: list[Span]) -> list[Span]:
    """Return the whole part where its name says that it is a secret; in text, a quote or backslash would end it."""
    if (
        piece.bond == "named"
        and spans[0].kind in ("password", "secret")
        and spans[0].start == 0
        and not part.split()[1:]
    ):
        return [Span(0, len(part), spans[0].kind)]
    return spans


def _found(data: bytes, patience: float) -> list[Span]:
    """Return what is to be replaced in `data`, sorted and apart from each other and from earlier placeholders."""
    done = placeholders(data)
    open_data = blank(data, done)
    hidden = _merged(secrets(open_data, patience), done)
    # Names are searched where secrets were not: the password in a URL and its host look like an e-mail address.
    return sorted([*hidden, *_merged(people(blank(open_data, hidden)), [*done, *hidden])])


def _merged(spans: Iterable[Span], taken: list[Span]) -> list[Span]:
    """Return the spans joined where they overlap, without what is `taken`; the first kind names the whole."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end), joined[-1].kind)
        elif span.end > span.start:
            joined.append(span)
    return _outside(joined, sorted(taken))


def _outside(spans: list[Span], taken: list[Span]) -> list[Span]:
    """Return the parts of `spans` that are not in `taken`; both are sorted and without overlaps."""
    parts: list[Span] = []
    index = 0
    for span in spans:
        start = span.start
        while index < len(taken) and taken[index].end <= start:
            index += 1
        at = index
        while at < len(taken) and taken[at].start < span.end:
            if taken[at].start > start:
                parts.append(Span(start, taken[at].start, span.kind))
            start = max(start, taken[at].end)
            at += 1
        if start < span.end:
            parts.append(Span(start, span.end, span.kind))
    return parts
