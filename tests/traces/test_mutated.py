"""Samples of every format with parts missing, swapped for odd values or nested deeply: any of them gives a result."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from skills_lint.buckets.match import Matcher
from skills_lint.shipped import load_schema
from skills_lint.traces.result import ScanResult
from skills_lint.traces.scan import to_json
from skills_lint.triage.assign import assign, session_records
from skills_lint.triage.rank import Known, rank
from tests.traces.mutants import mutated

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]
SAMPLES = sorted((Path(__file__).parent / "samples").iterdir())
MUTANTS = 80  # of each sample


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_any_mutant_gives_a_result_and_evidence(sample: Path, write: Write, scanned: Scanned) -> None:
    text = sample.read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()] if sample.suffix == ".jsonl" else [json.loads(text)]
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
