"""`skills-lint scan` as a process: what is printed, and the exit status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot

SAMPLE = (Path(__file__).parent / "samples" / "tool_events.jsonl").read_text(encoding="utf-8")


def test_failures_and_what_was_read_are_printed(empty_repo: Any) -> None:
    empty_repo.write("traces/a.jsonl", SAMPLE + '{"event": "tool_sta')
    empty_repo.write("traces/notes.json", "{}")
    done = empty_repo.run("scan")
    assert done.stderr == ""
    assert done.stdout == snapshot("""\
traces/a.jsonl:5: KeyError: 'close' (tool_execute_python, run-7)

format       files  sessions  tool calls  executions  failures
tool-events      1         1           3           2         1
1 file, 1 session: 3 tool calls, 2 Python, 1 failed; 1 failure of other tools not analysed
2 not read:
  traces/a.jsonl:8: half a last line (unterminated string, column 11)
  traces/notes.json: not a trace: no known format, no code with a result
""")


def test_json_is_all_that_is_printed(empty_repo: Any) -> None:
    empty_repo.write("runs/a.jsonl", SAMPLE)
    value = json.loads(empty_repo.run("scan", "runs", "--output-format", "json").stdout)
    assert [(failure["file"], failure["line"]) for failure in value["failures"]] == [("runs/a.jsonl", 5)]


def test_standard_input_is_a_dash(empty_repo: Any) -> None:
    value = json.loads(empty_repo.run("scan", "-", "--output-format", "json", stdin=SAMPLE).stdout)
    assert [(failure["file"], failure["line"]) for failure in value["failures"]] == [("-", 5)]


def test_the_configuration_names_the_traces_and_the_python_tools(empty_repo: Any) -> None:
    empty_repo.write("skills-lint.toml", 'traces = ["runs"]\npython-tools = ["lab"]\n')
    empty_repo.write("runs/a.jsonl", SAMPLE.replace("tool_list_files", "lab"))
    empty_repo.write("traces/b.jsonl", SAMPLE)
    assert "1 file, 1 session: 3 tool calls, 3 Python, 2 failed; 0 failures" in empty_repo.run("scan").stdout


@pytest.mark.parametrize(
    ("files", "arguments"),
    [({}, ()), ({"traces/README.md": "# Traces\n"}, ()), ({"runs/a.jsonl": "no traces\n"}, ("runs",))],
    ids=["no folder", "an empty folder", "a folder without traces"],
)
def test_without_traces_nothing_is_assessed(files: dict[str, str], arguments: tuple[str, ...], empty_repo: Any) -> None:
    for name, text in files.items():
        empty_repo.write(name, text)
    done = empty_repo.run("scan", *arguments, status=2)
    assert done.stdout == ""
    assert done.stderr.startswith("error: no traces")
    assert "= help: name the traces (`skills-lint scan PATH`), or set `traces`" in done.stderr


def test_a_path_that_does_not_exist_is_an_error(empty_repo: Any) -> None:
    assert empty_repo.run("scan", "nowhere", status=2).stderr == snapshot("""\
error: nowhere: no such file or folder
  = help: give a file of traces or `-`
""")
