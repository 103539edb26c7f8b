"""The benchmark of scans: its traces are read exactly, and it notices where they are not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.made import join_traces, make_traces, read_truth, wrong
from benchmarks.scan import compared
from benchmarks.spelled import FORMATS
from skills_lint.redaction import open_redactor
from skills_lint.traces.scan import scan, to_json


def scanned(folder: Path) -> dict[str, Any]:
    result: dict[str, Any] = to_json(scan([folder], redactor=open_redactor(folder)))
    return result


@pytest.mark.parametrize("python", [1.0, 0.3])
def test_all_that_was_written_is_found_at_its_place_in_every_format(tmp_path: Path, python: float) -> None:
    make_traces(tmp_path, 4_000_000, 2 * len(FORMATS), python=python)
    result = scanned(tmp_path)
    assert wrong(result, tmp_path) is None
    assert {session["format"] for session in result["sessions"]} == set(FORMATS)
    assert all(truth.executions for truth in read_truth(tmp_path).values())
    assert result["failures"]


def test_traces_of_one_format_hold_the_same_in_one_file(tmp_path: Path) -> None:
    many, one = tmp_path / "many", tmp_path / "one"
    make_traces(many, 1_000_000, 4, python=1.0, formats=["claude-code"])
    join_traces(many, one)
    result = scanned(one)
    assert wrong(result, one) is None
    assert len(result["failures"]) == len(scanned(many)["failures"]) > 0


def test_the_same_traces_are_made_every_time(tmp_path: Path) -> None:
    for name in "ab":
        make_traces(tmp_path / name, 100_000, 5, python=0.3)
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()


def test_a_failure_that_is_missed_or_at_another_place_is_told(tmp_path: Path) -> None:
    make_traces(tmp_path, 4_000_000, 2, python=1.0)
    result = scanned(tmp_path)
    first = result["failures"][0]
    assert wrong({**result, "failures": result["failures"][1:]}, tmp_path) == "failures: 1 missed, 0 too many"
    moved = [{**first, "line": first["line"] + 1}, *result["failures"][1:]]
    assert wrong({**result, "failures": moved}, tmp_path) == "failures: 1 missed, 1 too many"
    executions = result["executions"]
    assert wrong({**result, "executions": 0}, tmp_path) == f"executions: 0 of {executions}"


def test_the_table_says_whether_a_scan_is_exact(tmp_path: Path) -> None:
    make_traces(tmp_path, 20_000, 2, python=1.0)
    ours, cat, *_ = compared("small", tmp_path, runs=1)
    name, *numbers, note = ours.cells()
    assert (name, note.split(":")[0]) == ("small: skills-lint", "exact")
    assert cat.cells()[0] == "  cat"
    assert float(cat.cells()[5]) > 0
    assert json.loads(ours.taken.printed)["files"] == 2
    assert len(numbers) == 6
