"""JSON in which some parts are missing, swapped for odd values, or nested deeply."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

ODD: list[Any] = [
    None, True, False, 0, -1, 1e308, 10**400, float("nan"), float("inf"), -1e20, "", "x", "\ud800", [], {}, [[]],
    [None], {"a": 1}, {"type": 1}, {"type": "text", "text": 5}, {"success": "no", "error": [1]}, {"exit_code": "abc"},
    {"exit_code": 1e400}, {"exit_code": True}, {"ename": 5, "evalue": []}, {"traceback": [1, 2]},
    {"traceback": ["a", "b"]}, "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00", "99999999999999999999",
    '{"output": "{\\"error\\": [1]}"}', "{'a': 1}",
    'Traceback (most recent call last):\n  File "x", line 99999999999999999999, in f\nKeyError: 1',
]  # fmt: skip
AROUND: list[Callable[[Any], Any]] = [
    lambda value: [value],
    lambda value: {"content": value},
    lambda value: {"content": [value]},
    lambda value: {"error": value},
    lambda value: {"output": [value]},
]


def mutated(value: Any, chance: float, dice: random.Random) -> Any:
    """Return a JSON value in which every part is odd with this chance, also in JSON within strings."""
    if dice.random() < chance:
        return dice.choice(ODD) if dice.random() < 0.8 else nested(dice.choice([30, 100, 400]), dice.choice(AROUND))
    if isinstance(value, dict):
        return {key: mutated(inner, chance, dice) for key, inner in value.items() if dice.random() > 0.02}
    if isinstance(value, list):
        return [mutated(inner, chance, dice) for inner in value]
    if isinstance(value, str) and value.startswith("{") and dice.random() < 0.5:
        try:
            return json.dumps(mutated(json.loads(value), chance, dice))
        except (ValueError, RecursionError):
            return value
    return value


def nested(levels: int, around: Callable[[Any], Any]) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = around(value)
    return value


def swapped(rows: list[Any], dice: random.Random) -> list[Any]:
    """Return JSON values of which some parts stand where others stood, of whatever type."""
    parts = [part for row in rows for part in _parts(row)]
    chance = dice.choice([0.01, 0.05, 0.2])
    return [_replaced(row, parts, chance, dice) for row in rows]


def _parts(value: Any, levels: int = 40) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value, *(part for each in inner if levels for part in _parts(each, levels - 1))]


def _replaced(value: Any, parts: list[Any], chance: float, dice: random.Random, levels: int = 40) -> Any:
    if dice.random() < chance:
        return dice.choice(parts)
    if isinstance(value, dict) and levels > 0:
        return {key: _replaced(inner, parts, chance, dice, levels - 1) for key, inner in value.items()}
    if isinstance(value, list) and levels > 0:
        return [_replaced(inner, parts, chance, dice, levels - 1) for inner in value]
    return value


def grown(rows: list[Any], dice: random.Random) -> list[Any]:
    """Return JSON values in which one text or list is many times as long, or the rows themselves are."""
    size = dice.choice([1 << 10, 1 << 14, 1 << 17])  # characters, or so
    if dice.random() < 0.2:
        return rows * max(1, size // 4096)
    row = dice.randrange(len(rows))
    return [_grown(each, size, dice) if at == row else each for at, each in enumerate(rows)]


def _grown(value: Any, size: int, dice: random.Random) -> Any:
    if isinstance(value, dict) and value:
        key = dice.choice(list(value))
        return {**value, key: _grown(value[key], size, dice)}
    if isinstance(value, list) and value and dice.random() < 0.7:
        at = dice.randrange(len(value))
        return [*value[:at], _grown(value[at], size, dice), *value[at + 1 :]]
    if isinstance(value, list) and value:
        return value * max(1, min(size // 64, size // len(json.dumps(value))))
    if not isinstance(value, str):
        return value
    piece = dice.choice([value, value[: dice.randrange(len(value) + 1)], *_PIECES]) or "x"
    at = dice.randrange(len(value) + 1)
    return value[:at] + piece * max(1, size // len(piece)) + value[at:]


_BYTES = [b"\n", b"\x00", b"{", b"[", b'"', b"\\", b"\xff\xfe", b"\xef\xbb\xbf", b",", b"\\u0000"]
_PIECES = [
    " ", "\n", "\t", "'", '"', "\\", "`", "```\n", "{", "[", "<", "(", "a", "/", "|", "; ", " && ", "$(", "<<EOF\n",
    "python x.py\n", "Traceback (most recent call last):\n", '  File "x.py", line 1, in f\n', "KeyError: 'x'\n",
    "E   KeyError: 1\n", "FAILED a.py::b - KeyError\n", "<name>", "---\n", "---\nname: x\n", "Exit code 1\n",
    "exit_code=1 ", "\x1b[31m", "\r\n", "é", "\u2028", "cat skills/a/SKILL.md ", "=" * 70 + "\n", "Error: ",
    "a.b.C: ", "None\n", "| ", "  + Exception Group Traceback (most recent call last):\n",
]  # fmt: skip


def with_bytes_changed(data: bytes, dice: random.Random) -> bytes:
    """Return bytes of which a few are others, missing, or there twice."""
    changed = bytearray(data)
    for _ in range(dice.choice([1, 3, 20])):
        if not changed:
            break
        at = dice.randrange(len(changed))
        match dice.randrange(4):
            case 0:
                changed[at] = dice.randrange(256)
            case 1:
                del changed[at : at + dice.choice([1, 4, 64])]
            case 2:
                changed[at:at] = dice.choice(_BYTES)
            case _:
                changed[at:at] = changed[at : at + dice.choice([4, 64, 1024])]
    return bytes(changed)


def cut(data: bytes, dice: random.Random) -> bytes:
    """Return bytes without their end, or without their beginning."""
    at = dice.randrange(len(data) + 1)
    return data[:at] if dice.random() < 0.7 else data[at:]
