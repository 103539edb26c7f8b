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
        except ValueError:
            return value
    return value


def nested(levels: int, around: Callable[[Any], Any]) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = around(value)
    return value
