"""A file that is read in ranges gives what it gives as a whole, wherever it is cut."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skills_lint.redaction import Redactor
from skills_lint.traces import engine
from tests.traces.reading import read
from tests.traces.respelled import as_file
from tests.traces.sessions import Writer, claude_code, otlp_spans, some_runs

APART = pytest.mark.parametrize("writer", [claude_code, otlp_spans], ids=lambda writer: writer.__name__)


@contextmanager
def ranges_of(size: int) -> Iterator[None]:
    """Let files be read in ranges of so many bytes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_RANGE", size)
        yield


def a_file(writer: Writer, dice: Random, count: int) -> bytes:
    return as_file(writer(some_runs(dice, count), "s1", dice)[0], dice)[0]


@APART
def test_a_file_may_be_cut_at_any_byte(writer: Writer, tmp_path: Path, redactor: Redactor) -> None:
    dice = Random(7)  # noqa: S311
    path = tmp_path / "a.jsonl"
    path.write_bytes(a_file(writer, dice, 4))
    whole = read(redactor, path)
    for size in range(1, path.stat().st_size // 2):
        with ranges_of(size):
            assert (size, read(redactor, path)) == (size, whole)


@APART
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(dice=st.randoms(use_true_random=True))
def test_a_file_in_any_spelling_may_be_cut(writer: Writer, dice: Random, tmp_path: Path, redactor: Redactor) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(a_file(writer, dice, dice.randint(1, 25)))
    whole = read(redactor, path)
    with ranges_of(dice.randint(20, path.stat().st_size)):
        assert read(redactor, path) == whole


@APART
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(dice=st.randoms(use_true_random=True))
def test_a_file_that_tells_things_again_may_be_cut(
    writer: Writer, dice: Random, tmp_path: Path, redactor: Redactor
) -> None:
    rows, _ = writer(some_runs(dice, dice.randint(1, 12)), "s1", dice)
    told = [row for row in rows for _ in range(dice.choice((1, 1, 1, 2)))]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in told), encoding="utf-8")
    whole = read(redactor, path)
    with ranges_of(dice.randint(20, path.stat().st_size)):
        assert read(redactor, path) == whole
