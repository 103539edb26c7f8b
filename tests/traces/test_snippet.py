"""The scan to paste into a sandbox finds what `scan` finds."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from skills_lint.redaction import Redactor
from skills_lint.shipped import shipped
from skills_lint.traces.scan import scan

EVENTS = Path(__file__).parent / "events"
FILES = sorted([*EVENTS.glob("*.jsonl"), EVENTS.parent / "samples" / "tool_events.jsonl"])


@pytest.fixture(scope="module")
def snippet() -> ModuleType:
    spec = importlib.util.spec_from_file_location("scan_snippet", shipped("routine", "scan_snippet.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_places_types_and_requests_are_those_of_scan(file: Path, snippet: ModuleType, redactor: Redactor) -> None:
    theirs = {(place.rpartition(":")[2], kind, request) for place, kind, _, _, request in snippet.failures(file)}
    ours = {
        (str(failure.line), failure.fault.type, failure.user_request)
        for failure in scan([file], redactor=redactor).failures
    }
    assert theirs == ours


def test_there_are_failures_of_many_kinds_and_no_decoy_is_one(redactor: Redactor) -> None:
    found = {file.stem: len(scan([file], redactor=redactor).failures) for file in FILES}
    assert found == {"decoys": 0, "failures": 12, "tool_events": 1}


def test_it_runs_on_its_own_and_counts_by_type(tmp_path: Path) -> None:
    program = tmp_path / "pasted.py"
    program.write_text(shipped("routine", "scan_snippet.py").read_text(encoding="utf-8"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(program), str(EVENTS)], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert "failures.jsonl:3: KeyError: 'close'\n    code: 'rows = " in done.stdout
    assert done.stdout.splitlines()[-6:-4] == ["    5 KeyError", "    3 without an exception"]
