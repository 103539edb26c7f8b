"""JSON in other spellings of the same meaning: order of keys, escapes, white space, line ends, JSON in strings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from random import Random
from typing import Any

_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_DEPTH = 40
_SPACES = ("", "", " ", "\t", "  ", " \t ", "\r")


@dataclass(frozen=True, slots=True)
class Style:
    """How often a writer departs from the plain spelling, from 0 to 1."""

    keys: float  # of an object in another order
    escapes: float  # of letters as `\\u0041`, and of `/` as `\\/`
    ascii: float  # of other letters than these as escapes
    spaces: float
    floats: float  # of `1000.0` as `1e3`
    inner: float  # of JSON in a string spelled anew


def any_style(dice: Random) -> Style:
    """Return a style; each way of spelling is often left alone."""
    keys, escapes, ascii_, spaces, floats, inner = (dice.choice((0.0, 0.02, 0.5, 1.0)) for _ in range(6))
    return Style(keys, escapes, ascii_, spaces, floats, inner)


def respelled(value: Any, style: Style, dice: Random, depth: int = 0) -> str:
    """Return a JSON value as text; what lies very deep is spelled plainly."""
    if depth > _DEPTH:
        return json.dumps(value)
    if isinstance(value, dict):
        pairs = list(value.items())
        if dice.random() < style.keys:
            dice.shuffle(pairs)
        return _enclosed("{}", [_pair(*pair, style, dice, depth) for pair in pairs], style, dice)
    if isinstance(value, list):
        return _enclosed("[]", [respelled(item, style, dice, depth + 1) for item in value], style, dice)
    if isinstance(value, str):
        return _text(_inner(value, style, dice, depth), style, dice)
    if isinstance(value, float) and isfinite(value) and dice.random() < style.floats:
        return _float(value)
    return json.dumps(value)


def as_file(rows: Sequence[Any], dice: Random, style: Style | None = None) -> tuple[bytes, list[int]]:
    """Return a file with a row a line, and the line of each row; a style of its own where none is given."""
    style = style or any_style(dice)
    blank, crlf = dice.choice((0.0, 0.0, 0.3)), dice.random() < 0.3
    lines: list[str] = []
    places = []
    for row in rows:
        while dice.random() < blank:
            lines.append(dice.choice(("", " ", "\t")))
        lines.append(_space(style, dice) + respelled(row, style, dice) + _space(style, dice))
        places.append(len(lines))
    text = ("\r\n" if crlf else "\n").join(lines) + dice.choice(("\n", "\n", ""))
    return text.encode("utf-8-sig" if dice.random() < 0.1 else "utf-8", "surrogatepass"), places


def _pair(key: str, value: Any, style: Style, dice: Random, depth: int) -> str:
    colon = f"{_space(style, dice)}:{_space(style, dice)}"
    return f"{_text(key, style, dice)}{colon}{respelled(value, style, dice, depth + 1)}"


def _enclosed(brackets: str, parts: list[str], style: Style, dice: Random) -> str:
    spaced = (f"{_space(style, dice)}{part}{_space(style, dice)}" for part in parts)
    return f"{brackets[0]}{','.join(spaced)}{brackets[1]}"


def _space(style: Style, dice: Random) -> str:
    return dice.choice(_SPACES) if dice.random() < style.spaces else ""


def _text(text: str, style: Style, dice: Random) -> str:
    return f'"{"".join(_letter(letter, style, dice) for letter in text)}"'


def _letter(letter: str, style: Style, dice: Random) -> str:
    if dice.random() < (style.escapes if letter < "\x7f" else style.ascii) or "\ud800" <= letter <= "\udfff":
        if letter == "/" and dice.random() < 0.5:
            return "\\/"
        units = letter.encode("utf-16-be", "surrogatepass").hex()
        units = units.upper() if dice.random() < 0.5 else units
        return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
    return _SHORT.get(letter) or (f"\\u{ord(letter):04x}" if letter < " " else letter)


def _inner(text: str, style: Style, dice: Random, depth: int) -> str:
    """Return JSON in a string with the same meaning; any other text as it is."""
    if text[:1] not in ("{", "[") or dice.random() >= style.inner:
        return text
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return respelled(value, style, dice, depth + 1)


def _float(value: float) -> str:
    digits, _, exponent = f"{value:.17e}".partition("e")
    spelled = f"{digits.rstrip('0').rstrip('.')}e{int(exponent)}"
    return spelled if float(spelled) == value else json.dumps(value)
