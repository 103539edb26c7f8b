"""The floors on traces that others labelled, where they lie beside the repo."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
FORMATS = ("events", "langchain-messages", "openai-chat", "claude-code")

pytestmark = pytest.mark.skipif(
    not (SHARED / "bench/score_scan.py").exists(), reason="../shared is not beside the repo"
)


def scores(corpus: str) -> dict[str, tuple[float, ...]]:
    """Return rows in gold, rows found, precision, recall and type by format."""
    done = subprocess.run(
        [sys.executable, SHARED / "bench/score_scan.py", SHARED / "corpus" / corpus,
         "--scan-command", f"{sys.executable} -m skills_lint scan"],
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    rows = (line.split() for line in done.stdout.splitlines()[1:])
    return {row[0]: tuple(map(float, row[1:])) for row in rows if len(row) == 6}


def test_transcoded_traces_are_read_right() -> None:
    found = scores("transcoded")
    assert [name for name in FORMATS if min(found[name][2:]) < 0.97] == []


def test_decoys_are_told_from_failures() -> None:
    found = scores("decoys")
    gold, seen = (sum(found[name][column] for name in FORMATS) for column in (0, 1))
    right = sum(found[name][1] * found[name][2] for name in FORMATS)
    assert right / gold >= 0.95
    assert right / seen >= 0.95


def test_runs_in_which_nothing_failed_have_no_failures() -> None:
    assert scores("clean")["all"][:2] == (0, 0)
