"""The strings of a JSON value in a row, so that one search sees them all, each beside the name it stands under."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Bond = Literal["apart", "named", "listed"]
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"')


@dataclass(frozen=True, slots=True)
class Piece:
    """One string: its text, and how it hangs together with the one before."""

    text: str
    bond: Bond = "apart"  # named: the value of the key before; listed: the next item of the same list


@dataclass(frozen=True, slots=True)
class Token:
    """One string in the text of a JSON document: its piece and where it is written."""

    piece: Piece
    start: int
    end: int


def pieces_of(value: Any, bond: Bond = "apart") -> Iterator[Piece]:
    """Yield the strings of a JSON value, keys included, in the order in which `rebuilt` takes them back."""
    if isinstance(value, str):
        yield Piece(value, bond)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield Piece(key)
            yield from pieces_of(item, "named")
    elif isinstance(value, list):
        for item in value:
            yield from pieces_of(item, bond)
            bond = "listed" if isinstance(item, str) else "apart"


def rebuilt(value: Any, texts: Iterator[str]) -> Any:
    """Return the JSON value with its strings taken from `texts`."""
    if isinstance(value, str):
        return next(texts)
    if isinstance(value, dict):
        return {next(texts): rebuilt(item, texts) for item in value.values()}
    if isinstance(value, list):
        return [rebuilt(item, texts) for item in value]
    return value


def tokens_of(document: str) -> list[Token]:
    """Return the strings of a valid JSON document in the order in which they are written."""
    tokens: list[Token] = []
    end = 0
    for match in _STRING.finditer(document):
        gap = "".join(document[end : match.start()].split())
        bond: Bond = "apart"
        if gap.strip("[") == ":":
            bond = "named"
        elif gap == "," and tokens and not document[match.end() : match.end() + 64].lstrip().startswith(":"):
            bond = "listed"
        tokens.append(Token(Piece(json.loads(match[0], strict=False), bond), *match.span()))
        end = match.end()
    return tokens


def written(text: str, before: str) -> str:
    """Return `text` as a JSON string, spelt in ASCII if the string that it replaces, `before`, was."""
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair has no other spelling
        return json.dumps(text)
    return json.dumps(text, ensure_ascii=before.isascii())
