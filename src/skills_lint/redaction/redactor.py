"""The redactor: strings laid out in one text, searched, and replaced until nothing is left to find."""

from __future__ import annotations

import hashlib
import re
from itertools import islice, repeat
from operator import eq
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

from .key import load_key
from .pieces import Piece, pieces_of, rebuilt
from .spans import Span, shared_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path


_PATIENCE: Final = 20.0  # seconds for one text; 5 MB take about 2
_QUOTES: Final = bytes.maketrans(b"\"'`\\", b"____")
_SECRET_NAME = re.compile("(?i)pass|pwd|secret|token|key|auth|credential")
_TOO_DEEP: Final = "[withheld: nested too deeply to be searched for secrets]"
_BATCH: Final = 16_000  # characters that are searched at a time, unless a value alone is longer
_BEFORE: Final = {"apart": b"\n\0\n", "named": b'": "', "listed": b" "}


class Redactor:
    """Replaces what is secret or personal by placeholders that are stable for one key.

    Redacting a result again changes nothing. What cannot be searched within `patience` seconds is withheld as a whole.
    """

    def __init__(self, key: bytes, patience: float = _PATIENCE) -> None:
        self._key = key
        self._patience = patience

    def mark(self) -> str:
        """Return what tells this redactor from one with another key; the key cannot be read back from it."""
        return hashlib.blake2b(self._key, person=b"skills-lint").hexdigest()

    def begin(self) -> None:
        """Make ready what a search needs in the background, so that other work need not wait for it."""
        from .detector import scanner

        Thread(target=scanner).start()

    def text(self, text: str) -> str:
        """Return `text` with each secret or personal piece replaced by a placeholder."""
        return self.pieces([Piece(text)])[0]

    def value(self, value: Any) -> Any:
        """Return a JSON value with every string in it redacted, keys included."""
        try:
            return rebuilt(value, iter(self.pieces(list(pieces_of(value)))))
        except RecursionError:
            return _TOO_DEEP

    def values(self, values: Iterable[Any]) -> list[Any]:
        """Return JSON values or texts, each redacted as by itself; a search of many takes little more than one."""
        done: list[Any] = []
        for batch in _batches(values):
            pieces = [piece for _, own in batch for piece in own]
            parts = [piece.text.encode("utf-8", "surrogatepass") for piece in pieces]
            try:
                same: Iterator[bool] = map(eq, self._once(pieces, parts), parts)
            except TimeoutError:
                same = repeat(False)
            for value, own in batch:  # few change
                clean = all(list(islice(same, len(own))))
                done.append(value if clean else self.value(value))
        return done

    def pieces(self, pieces: Sequence[Piece]) -> list[str]:
        """Return the texts of `pieces`, each redacted by what it holds and by the name that it stands under."""
        parts = [piece.text.encode("utf-8", "surrogatepass") for piece in pieces]
        try:
            while (redacted := self._once(pieces, parts)) != parts:  # what is left may only now look like a secret
                parts = redacted
        except TimeoutError:
            return self._withheld(pieces)
        return [part.decode("utf-8", "surrogatepass") for part in parts]

    def _withheld(self, pieces: Sequence[Piece]) -> list[str]:
        """Return what can be shown after a search took too long: the short texts, if there are long ones to blame."""
        withheld = f"[withheld: not searched for secrets within {self._patience:g} s]"
        if len(pieces) == 1 or not any(map(_is_long, pieces)):
            return [withheld] * len(pieces)
        return self.pieces([Piece(withheld, piece.bond) if _is_long(piece) else piece for piece in pieces])

    def _once(self, pieces: Sequence[Piece], parts: list[bytes]) -> list[bytes]:
        from .placeholder import replace
        from .search import found

        data, places = _laid_out(pieces, parts)
        spans = found(data, self._patience)
        if not spans:
            return parts
        return [
            replace(part, _widened(piece, part, own), self._key) if own else part
            for piece, part, own in zip(pieces, parts, shared_out(spans, places), strict=True)
        ]


def open_redactor(root: Path) -> Redactor:
    """Return the redactor of a repo: its placeholders are the same in every run there."""
    return Redactor(load_key(root))


def _batches(values: Iterable[Any]) -> Iterator[list[tuple[Any, list[Piece]]]]:
    """Yield values, each with its strings, so many together that a search of them is neither short nor long."""
    batch: list[tuple[Any, list[Piece]]] = []
    size = 0
    for value in values:
        try:
            pieces = list(pieces_of(value))
        except RecursionError:
            value, pieces = _TOO_DEEP, [Piece(_TOO_DEEP)]
        length = sum(len(piece.text) for piece in pieces)
        if batch and size + length > _BATCH:
            yield batch
            batch, size = [], 0
        batch.append((value, pieces))
        size += length
    if batch:
        yield batch


def _laid_out(pieces: Sequence[Piece], parts: list[bytes]) -> tuple[bytes, list[tuple[int, int]]]:
    """Return the parts in one text, a value behind its name and the items of a list in a row, and the place of each."""
    if len(parts) == 1:
        return parts[0], [(0, len(parts[0]))]
    joined: list[bytes] = []
    places, length = [], 0
    for index, (piece, part) in enumerate(zip(pieces, parts, strict=True)):
        before = _BEFORE[piece.bond]
        after = pieces[index + 1].bond if index + 1 < len(pieces) else "apart"
        if after == "named":
            before += b'"'
        close = b'"' if piece.bond == "named" and after != "listed" else b""
        places.append((length + len(before), length + len(before) + len(part)))
        told = piece.bond == "named" and _SECRET_NAME.search(pieces[index - 1].text)
        joined += (before, _without_quotes(part) if told else part, close)
        length += len(before) + len(part) + len(close)
    return b"".join(joined), places


def _is_long(piece: Piece) -> bool:
    return len(piece.text) > 50_000


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
