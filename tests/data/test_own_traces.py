"""The traces of this repo: what they must hold, and that a scan finds in them exactly what the recorder knows."""

from __future__ import annotations

import datetime
import functools
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from skills_lint.traces.result import ScanResult

REPO = Path(__file__).resolve().parents[2]
TRACES = REPO / "traces"
RECORDED = json.loads((REPO / "tests" / "data" / "recorded.json").read_text(encoding="utf-8"))
SESSIONS: dict[str, dict[str, Any]] = RECORDED["sessions"]
DECLARED = {
    "date-dtype-mismatch",
    "duckdb-binder-error",
    "empty-data-missing-columns",
    "misaligned-arrays",
    "optional-dependency-missing",
    "settings-not-json",
    "store-api-misuse",
}


@functools.cache
def scanned() -> ScanResult:
    from skills_lint.redaction import open_redactor
    from skills_lint.traces.scan import scan

    return scan([TRACES], redactor=open_redactor(REPO))


def in_traces(file: str) -> str:
    """Return a file of the scan as the recorder names it."""
    return file.rpartition("traces/")[2]


def known_failures() -> dict[tuple[str, int], str]:
    return {(file, told["line"]): told["cause"] for file, known in SESSIONS.items() for told in known["failures"]}


def test_there_are_enough_sessions_executions_formats_days_and_causes() -> None:
    assert len(SESSIONS) >= 40
    assert sum(known["executions"] for known in SESSIONS.values()) >= 200
    assert len({file.partition("/")[0] for file in SESSIONS}) == 4
    days = sorted(datetime.date.fromisoformat(file.partition("/")[2][:10]) for file in SESSIONS)
    assert days[-1] - days[0] >= datetime.timedelta(weeks=3)
    causes = set(known_failures().values())
    assert len(causes) >= 8
    assert causes > DECLARED


def test_the_recorder_knows_every_trace_and_no_other() -> None:
    assert {path.relative_to(TRACES).as_posix() for path in TRACES.glob("*/*.jsonl")} == set(SESSIONS)


def test_every_trace_is_small() -> None:
    sizes = [(TRACES / file).stat().st_size for file in SESSIONS]
    assert max(sizes) < 30_000
    assert sum(sizes) < 2_500_000


@pytest.mark.parametrize(
    "pattern", [r"/root\b", r"/home/", r"/tmp/", r"/var/", r"/Users/", r"\.venv", r"/work/", r"pyenv"]
)
def test_no_trace_shows_the_machine_that_recorded_it(pattern: str) -> None:
    assert [file for file in SESSIONS if re.search(pattern, (TRACES / file).read_text(encoding="utf-8"))] == []


def test_the_readme_shows_the_figures_of_the_recording() -> None:
    from recorder.tally import figures

    page = (TRACES / "README.md").read_text(encoding="utf-8")
    assert figures(SESSIONS, RECORDED["versions"]) in page


def test_a_scan_takes_every_trace_and_nothing_else_for_a_session() -> None:
    result = scanned()
    assert sorted(in_traces(file) for session in result.sessions for file in session.files) == sorted(SESSIONS)
    assert len({session.format for session in result.sessions}) == 4
    assert result.skipped == ()


def test_a_scan_counts_the_executions_that_the_recorder_ran() -> None:
    found = {in_traces(session.files[0]): session.executions for session in scanned().sessions}
    assert found == {file: known["executions"] for file, known in SESSIONS.items()}


def test_a_scan_counts_the_failures_of_other_tools() -> None:
    assert scanned().other_failures == sum(known["other_failures"] for known in SESSIONS.values())


def test_a_scan_finds_the_failures_of_the_recording_line_by_line() -> None:
    assert {(in_traces(failure.file), failure.line) for failure in scanned().failures} == set(known_failures())


def test_the_scan_to_paste_finds_the_same_failures_in_the_tool_events() -> None:
    snippet = REPO / "routines" / "trace_failure_triage" / "scan_snippet.py"
    command = [sys.executable, str(snippet), "traces/events"]
    printed = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=True).stdout
    found = {(in_traces(file), int(line)) for file, line in re.findall(r"(?m)^(traces/\S+):(\d+): ", printed)}
    assert found == {place for place in known_failures() if place[0].startswith("events/")}


def test_every_failure_has_its_request_and_what_was_tried_next() -> None:
    assert all(failure.user_request for failure in scanned().failures)
    assert all(failure.next and not failure.next[-1].failed for failure in scanned().failures)


def test_the_declared_buckets_take_the_failures_of_their_cause_and_no_other() -> None:
    from skills_lint.buckets.load import load_buckets
    from skills_lint.buckets.match import Matcher
    from skills_lint.errors.reading import Reading

    buckets = load_buckets(REPO / "routines" / "trace_failure_triage" / "buckets.yaml")
    assert {bucket.id for bucket in buckets} == DECLARED
    causes, matcher = known_failures(), Matcher(buckets)
    for failure in scanned().failures:
        cause = causes[in_traces(failure.file), failure.line or 0]
        match = matcher.first(Reading(failure.fault))
        assert (match.bucket.id if match else None) == (cause if cause in DECLARED else None), failure


def test_the_declared_causes_lead() -> None:
    sessions = Counter(cause for known in SESSIONS.values() for cause in {told["cause"] for told in known["failures"]})
    assert {cause for cause, _ in sessions.most_common(len(DECLARED))} == DECLARED


def test_some_sessions_read_a_skill_and_every_skill_that_is_read_exists() -> None:
    loaded = {skill.name for session in scanned().sessions for skill in session.loaded}
    assert len(loaded) >= 5
    assert all((REPO / "skills" / name / "SKILL.md").is_file() for name in loaded)
