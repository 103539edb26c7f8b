"""The code of what came after a failure, where a session's times go back, so that no digest has kept it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skills_lint.redaction import Redactor
from skills_lint.traces import engine, recall
from skills_lint.traces.scan import scan
from skills_lint.traces.sources import chunks
from tests.traces.kept import call, line, result
from tests.traces.respelled import as_file
from tests.traces.sessions import claude_code, otlp_spans, some_runs, tool_events

SECRET = "ghp" + "_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
BAD = "Traceback (most recent call last):\nKeyError: 1"
WRITERS = pytest.mark.parametrize("writer", [claude_code, otlp_spans, tool_events], ids=lambda writer: writer.__name__)


@contextmanager
def cut(size: int, chunk: int) -> Iterator[None]:
    """Let files be read in ranges of so many bytes, and these in chunks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_RANGE", size)
        patch.setattr(chunks.Lines.__init__, "__defaults__", ((0, None), chunk))
        yield


def shuffled(rows: list[Any], dice: Random) -> list[Any]:
    """Return records at other times, which go back and forth."""

    def moved(value: Any, key: str = "") -> Any:
        if key == "timestamp":
            return f"2026-10-{dice.randint(1, 28):02}T12:00:00.000Z"
        if key == "endTimeUnixNano":
            return str(dice.randint(10**18, 2 * 10**18))
        if key == "ts":
            return dice.uniform(1.7e9, 1.8e9)
        if isinstance(value, dict):
            return {name: moved(inner, name) for name, inner in value.items()}
        return [moved(inner) for inner in value] if isinstance(value, list) else value

    return [moved(row) for row in rows]


@WRITERS
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(dice=st.randoms(use_true_random=True))
def test_each_attempt_has_the_code_at_its_place(writer: Any, dice: Random, tmp_path: Path, redactor: Redactor) -> None:
    runs = [replace(run, bad=run.bad or dice.random() < 0.3) for run in some_runs(dice, dice.randint(2, 25))]
    path = tmp_path / "a.jsonl"
    path.write_bytes(as_file(shuffled(writer(runs, "s1", dice)[0], dice), dice)[0])
    whole = scan([path], redactor=redactor)
    ran = engine.code_by_place(engine.Source(str(path), bytes(path), asked_for=True), frozenset())
    for attempt in (attempt for failure in whole.failures for attempt in failure.next):
        assert attempt.code == ran[attempt.line, attempt.pointer]
    with cut(dice.randint(100, path.stat().st_size), dice.randint(50, 5000)):
        assert scan([path], redactor=redactor) == whole


def session(failures: int) -> str:
    """Return a session in which what comes after a failure stands before it, with a secret in it."""
    rows = line("user", "begin") + "".join(
        call(f"call_{n}", f"x = {n}", timestamp=f"2026-10-01T12:{n:02}:00.000Z")
        + result(f"call_{n}", "fine").replace("T12:00", f"T12:{n:02}")
        for n in range(30)
    )
    after = call("after", f"print('{SECRET}')") + result("after", "fine").replace("T12:00", "T12:45")
    return rows + after + "".join(
        call(f"bad_{n}", f"y = {n}") + result(f"bad_{n}", BAD, failed=True).replace("T12:00", "T12:40")
        for n in range(failures)
    )  # fmt: skip


@pytest.mark.parametrize("packed", [False, True])
def test_code_that_is_read_again_is_redacted(packed: bool, tmp_path: Path, redactor: Redactor) -> None:
    path = tmp_path / "a.jsonl"
    data = session(1).encode()
    path.write_bytes(gzip.compress(data) if packed else data)
    with cut(10**9, 500):
        (failure,) = scan([path], redactor=redactor).failures
    (attempt,) = failure.next
    assert attempt.code is not None
    assert attempt.code.startswith("print('")
    assert SECRET not in attempt.code


def test_only_the_lines_that_are_needed_are_read_again(
    tmp_path: Path, redactor: Redactor, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(session(3))
    whole = scan([path], redactor=redactor)
    monkeypatch.delattr(recall, "code_by_place")
    assert scan([path], redactor=redactor) == whole
    assert {attempt.line for failure in whole.failures for attempt in failure.next} >= {63}


def test_code_under_an_id_that_is_used_again_is_that_of_its_call(tmp_path: Path, redactor: Redactor) -> None:
    def turn(code: str, text: str, minute: int, *, failed: bool = False) -> str:
        told = call("call_1", code) + result("call_1", text, failed=failed)
        return told.replace("T12:00", f"T12:{minute:02}")

    path = tmp_path / "a.jsonl"
    path.write_text(
        turn("first", "fine", 1)
        + turn("second", "fine", 50)
        + turn("third", "ok", 51)
        + turn("bad", BAD, 40, failed=True)
    )
    (failure,) = scan([path], redactor=redactor).failures
    assert [attempt.code for attempt in failure.next] == ["second"]


def test_a_line_that_is_gone_when_it_is_read_again_has_no_code(tmp_path: Path, redactor: Redactor) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(session(1))
    digest = engine.digest_part(engine.whole(engine.Source(str(path), bytes(path), asked_for=True)), frozenset()).digest
    assert digest is not None
    step = next(step for step in digest.steps if step.line == 63)
    path.write_text(json.dumps({"other": 1}) + "\n")
    recall.recall([(digest, step)], [engine.Source(str(path), bytes(path), asked_for=True)], (), redactor)
    assert step.kept
    assert step.code is None
