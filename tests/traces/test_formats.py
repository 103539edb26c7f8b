"""What holds for every format, read from its sample; a new format brings its own sample and is tested here."""

from __future__ import annotations

from pathlib import Path

import pytest

from skills_lint.redaction import open_redactor
from skills_lint.traces.formats import all_formats
from skills_lint.traces.scan import scan

SAMPLES = {path.stem: path for path in sorted((Path(__file__).parent / "samples").iterdir())}
UNTOLD: dict[str, set[str]] = {  # facts that a format has no place for: "session" or "time"
    "smolagents": {"session"},
    "swe_agent": {"session", "time"},
    "mini_swe_agent": {"session"},
    "jupyter": {"session"},
    "openhands": {"session"},
    "autogen": {"session", "time"},
}


def test_every_format_has_one_sample() -> None:
    assert set(SAMPLES) == {format_.name.replace("-", "_") for format_ in all_formats()}


@pytest.mark.parametrize("module", SAMPLES)
def test_a_sample_is_recognised_and_its_failure_found(module: str, tmp_path: Path) -> None:
    result = scan([SAMPLES[module]], redactor=open_redactor(tmp_path))
    assert [session.format for session in result.sessions] == [module.replace("_", "-")]
    assert (result.tool_calls, result.executions, result.other_failures) == (3, 2, 1)
    (failure,) = result.failures
    assert (failure.fault.type, failure.fault.message) == ("KeyError", "'close'")
    assert failure.fault.code is not None
    assert 'rows["close"]' in failure.fault.code
    assert failure.user_request == "What did it close at?"
    untold = UNTOLD.get(module, set())
    assert failure.session == (failure.file if "session" in untold else "run-7")
    assert (failure.timestamp or "")[:18] == ("" if "time" in untold else "2026-09-21T14:13:2")
    (attempt,) = failure.next
    assert not attempt.failed


@pytest.mark.parametrize("module", SAMPLES)
def test_the_name_of_a_file_does_not_matter(module: str, tmp_path: Path) -> None:
    renamed = tmp_path / "notes.txt"
    renamed.write_bytes(SAMPLES[module].read_bytes())
    assert len(scan([renamed], redactor=open_redactor(tmp_path)).failures) == 1
