"""The scripted sessions of this repo show an example of each verdict, and of each reason why a cause goes on."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

REPO = Path(__file__).resolve().parents[2]


@functools.cache
def effect() -> dict[str, Any]:
    command = [sys.executable, "-m", "skills_lint", "effect", "--output-format", "json"]
    printed = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=True).stdout
    value: dict[str, Any] = json.loads(printed)
    return value


def test_there_is_an_example_of_each_verdict() -> None:
    verdicts = {item["bucket"]: item["verdict"] for item in effect()["effects"]}
    assert verdicts == {
        "date-dtype-mismatch": "prevented",
        "empty-data-missing-columns": "reduced",
        "optional-dependency-missing": "worse",
        "store-api-misuse": "no-evidence",
        "duckdb-binder-error": "no-evidence",
        "misaligned-arrays": "not-comparable",
    }


def test_there_is_an_example_of_each_reason_with_its_place() -> None:
    rows = effect()["going_on"]
    shown = {row["reason"] for row in rows if row["example"]}
    assert shown >= {"not-covered", "not-offered", "not-loaded", "ignored"}


def test_hints_were_given_and_withheld() -> None:
    (store,) = (item for item in effect()["effects"] if item["bucket"] == "store-api-misuse")
    assert store["hint"]["given"]["sessions"] >= 5
    assert store["hint"]["withheld"]["sessions"] >= 5


def test_the_evidence_tells_what_the_traces_tell() -> None:
    from skills_lint.evidence import read_evidence

    evidence = read_evidence(REPO / "routines" / "trace_failure_triage" / "evidence.jsonl")
    recorded = json.loads((REPO / "tests" / "data" / "recorded.json").read_text(encoding="utf-8"))["sessions"]
    assert len(evidence) == len(recorded)
    assert sum(sum(record.failures.values()) for record in evidence) == sum(
        len(v["failures"]) for v in recorded.values()
    )
    assert sorted(filter(None, (record.hint for record in evidence))) == sorted(
        told["hint"] for told in recorded.values() if "hint" in told
    )
