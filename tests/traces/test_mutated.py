"""Samples of every format with parts missing, swapped for odd values or nested deeply: any of them gives a result."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from skills_lint.buckets.match import Matcher
from skills_lint.shipped import load_schema
from skills_lint.traces.result import ScanResult
from skills_lint.traces.scan import to_json
from skills_lint.triage.assign import assign, session_records
from skills_lint.triage.rank import Known, rank

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]
SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.jsonl"))
MUTANTS = 80  # of each sample
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


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_any_mutant_gives_a_result_and_evidence(sample: Path, write: Write, scanned: Scanned) -> None:
    rows = [json.loads(line) for line in sample.read_text(encoding="utf-8").splitlines()]
    schema = jsonschema.Draft202012Validator(load_schema("scan"))
    for seed in range(MUTANTS):
        dice = random.Random(f"{sample.stem} {seed}")  # noqa: S311
        chance = dice.choice([0.01, 0.03, 0.1])
        write("a.jsonl", [mutated(row, chance, dice) for row in rows])
        result = scanned()
        schema.validate(json.loads(json.dumps(to_json(result))))
        assigned = assign(result.failures, Matcher(()))
        records = session_records(result, assigned)
        assert len({record.session for record in records}) == len(records)
        ranked = rank(records, assigned, (), days=10**4, known=Known(len(records), 0))
        assert ranked.failures == len(result.failures)
