"""The law of the fast way: what a format's declared fields and a good status tell at once, plain JSON tells too."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skills_lint.redaction import Redactor
from tests.traces.mutants import mutated
from tests.traces.reading import read, the_slow_way
from tests.traces.respelled import as_file
from tests.traces.sessions import WRITERS, Writer, some_runs

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.jsonl"))
DICE = st.randoms(use_true_random=True)
SOME = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
IN_ONE_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def rows_of(sample: Path) -> list[Any]:
    return [json.loads(line) for line in sample.read_text(encoding="utf-8").splitlines()]


def same_both_ways(content: bytes, folder: Path, redactor: Redactor) -> dict[str, Any]:
    """Return what was read fast, which the slow way reads too."""
    path = folder / "a.jsonl"
    path.write_bytes(content)
    fast = read(redactor, path)
    with the_slow_way():
        assert read(redactor, path) == fast
    return fast


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
@SOME
@given(dice=DICE)
def test_a_sample_in_any_spelling_reads_the_same_fast_and_slowly(
    sample: Path, dice: Random, tmp_path: Path, redactor: Redactor
) -> None:
    content, _ = as_file(rows_of(sample), dice)
    same_both_ways(content, tmp_path, redactor)


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.__name__)
@IN_ONE_FOLDER
@given(dice=DICE)
def test_a_session_in_any_spelling_reads_the_same_fast_and_slowly(
    writer: Writer, dice: Random, tmp_path: Path, redactor: Redactor
) -> None:
    rows, _ = writer(some_runs(dice, dice.randint(1, 12)), "s1", dice)
    content, _ = as_file(rows, dice)
    same_both_ways(content, tmp_path, redactor)


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.__name__)
@IN_ONE_FOLDER
@given(dice=DICE)
def test_mutants_of_a_session_read_the_same_fast_and_slowly(
    writer: Writer, dice: Random, tmp_path: Path, redactor: Redactor
) -> None:
    rows, _ = writer(some_runs(dice, dice.randint(1, 8)), "s1", dice)
    chance = dice.choice((0.01, 0.03, 0.1))
    content, _ = as_file([mutated(row, chance, dice) for row in rows], dice)
    same_both_ways(content, tmp_path, redactor)


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.__name__)
@IN_ONE_FOLDER
@given(dice=DICE)
def test_what_is_told_again_in_any_spelling_reads_the_same_fast_and_slowly(
    writer: Writer, dice: Random, tmp_path: Path, redactor: Redactor
) -> None:
    rows, _ = writer(some_runs(dice, dice.randint(1, 8)), "s1", dice)
    told = [row for row in rows for _ in range(dice.choice((1, 1, 1, 2)))] + dice.choices(rows, k=3)
    chance = dice.choice((0.0, 0.003, 0.02))
    content, _ = as_file([mutated(row, chance, dice) for row in told], dice)
    same_both_ways(content, tmp_path, redactor)


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.__name__)
@IN_ONE_FOLDER
@given(dice=DICE)
def test_how_records_are_spelled_does_not_matter(
    writer: Writer, dice: Random, tmp_path: Path, redactor: Redactor
) -> None:
    rows, _ = writer(some_runs(dice, dice.randint(1, 12)), "s1", dice)
    path = tmp_path / "a.jsonl"
    content, lines = as_file(rows, dice)
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    plain = at_lines(read(redactor, path), lines)
    path.write_bytes(content)
    assert read(redactor, path) == plain


def at_lines(value: Any, lines: list[int]) -> Any:
    """Return a result with the lines at which the same records stand elsewhere."""
    if isinstance(value, list):
        return [at_lines(item, lines) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: lines[inner - 1] if key == "line" and inner is not None else at_lines(inner, lines)
        for key, inner in value.items()
    }
