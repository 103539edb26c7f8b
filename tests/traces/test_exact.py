"""Every execution and every failure is found, and nothing else, in sessions of which all is known."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skills_lint.redaction import Redactor
from skills_lint.traces import engine
from skills_lint.traces.engine import code_by_place
from skills_lint.traces.kept import reading
from skills_lint.traces.result import ScanResult
from skills_lint.traces.scan import scan, to_json
from skills_lint.traces.sources.source import Source
from tests.traces.respelled import as_file
from tests.traces.sessions import WRITERS, Truth, Writer, claude_code, some_runs

Places = set[tuple[str, int | None, str | None, str | None]]
ANY_DICE = given(dice=st.randoms(use_true_random=True))
IN_ONE_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def failed(truth: list[Truth], file: str) -> Places:
    return {(file, each.line, each.pointer, each.error) for each in truth if each.error is not None}


def found(result: ScanResult) -> Places:
    return {(f.file, f.line, f.pointer, f.fault.type) for f in result.failures}


def write(folder: Path, writer: Writer, number: int, dice: Random, runs: int) -> tuple[str, list[Truth]]:
    """Write a session to a file of its own; return the file's name and its executions."""
    rows, truth = writer(some_runs(dice, runs), f"session-{number}", dice)
    content, lines = as_file(rows, dice)
    name = f"{number}-{writer.__name__}.jsonl"
    (folder / name).write_bytes(content)
    return name, [replace(each, line=lines[each.line - 1]) for each in truth]


@IN_ONE_FOLDER
@ANY_DICE
def test_all_is_found_at_its_place(
    dice: Random, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, redactor: Redactor
) -> None:
    monkeypatch.chdir(tmp_path)
    truth = dict(write(tmp_path, writer, n, dice, dice.randint(1, 30)) for n, writer in enumerate(WRITERS))
    result = scan(["."], redactor=redactor)
    assert found(result) == set().union(*(failed(runs, name) for name, runs in truth.items()))
    assert len(result.failures) == sum(each.error is not None for runs in truth.values() for each in runs)
    assert result.executions == sum(map(len, truth.values()))
    assert result.skipped == ()
    for name, runs in truth.items():
        ran = code_by_place(Source(name, os.fsencode(name), asked_for=True), frozenset())
        assert set(ran) == {(each.line, each.pointer) for each in runs}


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.__name__)
def test_lines_of_megabytes_hide_nothing(
    writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, redactor: Redactor
) -> None:
    monkeypatch.chdir(tmp_path)
    dice = Random(7)  # noqa: S311
    runs = some_runs(dice, 12)
    for at in (2, 7):
        runs[at] = replace(runs[at], answer="a line of text\n" * 350_000 + runs[at].answer)
    rows, truth = writer(runs, "s1", dice)
    (tmp_path / "a.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    result = scan(["."], redactor=redactor)
    assert found(result) == failed(truth, "a.jsonl")
    assert result.executions == len(truth)


@pytest.mark.parametrize("kind", [ProcessPoolExecutor, ThreadPoolExecutor])
def test_any_executor_gives_the_same_bytes(
    kind: type[Executor], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, redactor: Redactor
) -> None:
    @contextmanager
    def reading_pool(*_: object) -> Iterator[Executor]:
        with kind(2) as executor:  # type: ignore[call-arg]
            yield executor

    monkeypatch.chdir(tmp_path)
    dice = Random(7)  # noqa: S311
    for number, writer in enumerate(WRITERS * 2):
        write(tmp_path, writer, number, dice, 40)
    alone = json.dumps(to_json(scan(["."], redactor=redactor, jobs=1)))
    monkeypatch.setattr(engine, "_RANGE", 7000)
    monkeypatch.setattr(reading, "reading_pool", reading_pool)
    assert json.dumps(to_json(scan(["."], redactor=redactor))) == alone


def test_what_subagents_run_is_counted_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, redactor: Redactor
) -> None:
    """Their records stand in files of their own, and again as progress in the session's file."""
    monkeypatch.chdir(tmp_path)
    dice = Random(7)  # noqa: S311
    own, truth = claude_code(some_runs(dice, 20), "s1", dice)
    agent, told = claude_code([replace(run, agent="agent-1") for run in some_runs(dice, 20)], "s1", dice)
    for row in agent:  # the same ids as those of the session would be the same calls
        for block in row["message"]["content"] if isinstance(row.get("message", {}).get("content"), list) else ():
            block.update({key: f"agent_{block[key]}" for key in ("id", "tool_use_id") if key in block})
    echoes = [
        {"type": "progress", "sessionId": "s1", "parentToolUseID": "p", "data": {"agentId": "agent-1", "message": row}}
        for row in agent
        if "message" in row
    ]
    lines = [*own, *echoes]
    (tmp_path / "a.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in lines), encoding="utf-8")
    (tmp_path / "b.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in agent), encoding="utf-8")
    result = scan(["."], redactor=redactor)
    assert found(result) == failed(truth, "a.jsonl") | failed(told, "b.jsonl")
    assert result.executions == len(truth) + len(told)


SHARED = Path(__file__).resolve().parents[3] / "shared/bench/make_traces.py"


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not beside the repo")
@pytest.mark.parametrize(("seed", "share"), [(1, "0.3"), (2, "1.0"), (3, "0.05")])
def test_generated_traces_are_counted_exactly(
    seed: int, share: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, redactor: Redactor
) -> None:
    monkeypatch.chdir(tmp_path)
    size = ["--mb", "30", "--files", "4", "--rate", "0.05"]
    subprocess.run(
        [sys.executable, SHARED, "t", *size, "--python", share, "--seed", str(seed)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    truth = json.loads(Path("t/truth.json").read_text(encoding="utf-8"))
    result = scan(["t"], redactor=redactor)
    failures = Counter(failure.file for failure in result.failures)
    executions = Counter({session.files[0]: 0 for session in result.sessions})
    for session in result.sessions:
        executions[session.files[0]] += session.executions
    for name, told in truth.items():
        assert (executions[f"t/{name}"], failures[f"t/{name}"]) == (told["executions"], told["failures"])
