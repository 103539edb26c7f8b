"""Traces read by several processes, forked or spawned, give what one process reads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from skills_lint.traces.pool import reading_pool

# Beside a thread of Python's own, processes are spawned; so each of these is a process of its own.
SCAN = """
import json, sys, threading
from pathlib import Path
from skills_lint.redaction import open_redactor
from skills_lint.traces.scan import scan, to_json

def main():
    how, jobs = sys.argv[1:]
    done = threading.Event()
    if how == "spawn":
        threading.Thread(target=done.wait, daemon=True).start()
    result = scan([Path("traces")], redactor=open_redactor(Path(".")), jobs=int(jobs))
    print(json.dumps(to_json(result)))

if __name__ == "__main__":
    main()
"""

# A format with a bug, beside the others.
BUGGY = """
from skills_lint.traces.formats.heuristic import ABOUT
NAME = "buggy"
def recognise(head):
    return 1.0 if any("buggy" in record.value for record in head) else 0.0
def events(records):
    for record in records:
        raise KeyError("oops")
    yield
"""
COMMAND = """
from skills_lint.cli.main import main
from skills_lint.traces import formats
formats.__path__.append("more")
main()
"""


def test_a_bug_in_a_format_ends_a_scan_by_processes_and_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "buggy.py").write_text(BUGGY)
    (tmp_path / "traces").mkdir()
    with ZipFile(tmp_path / "traces" / "many.zip", "w") as archive:  # whose members wait in a full pipe
        for number in range(2000):
            archive.writestr(f"{number:0200}.json", json.dumps({"buggy" if number == 1000 else "fine": "x" * 20_000}))
    command = [sys.executable, "-c", COMMAND, "scan", "traces", "--jobs", "2", "--no-cache"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        "error: internal error: KeyError: 'oops'\n"
        f"  while traces/many.zip!/{1000:0200}.json was read\n"
        "  = help: this is a bug; `-v` shows where, and that is worth a report\n"
    )


def test_forked_and_spawned_processes_find_what_one_finds(tmp_path: Path) -> None:
    (tmp_path / "scan.py").write_text(SCAN)
    (tmp_path / "traces").mkdir()
    for number in range(4):
        run = {"run_id": f"r{number}", "tool": "execute_python"}
        said = {"run_id": f"r{number}", "event": "message", "message_type": "HumanMessage", "content": "x" * 3_000_000}
        call = {**run, "event": "tool_start", "args": {"code": f"print({number} / 0)"}}
        result = {**run, "event": "tool_end", "success": False, "error": "ZeroDivisionError: division by zero"}
        lines = "".join(f"{json.dumps(record)}\n" for record in (said, call, result))
        (tmp_path / "traces" / f"{number}.jsonl").write_text(lines)
    alone, forked, spawned = (
        subprocess.run([sys.executable, "scan.py", *how], cwd=tmp_path, capture_output=True, check=True).stdout
        for how in (("here", "1"), ("fork", "2"), ("spawn", "2"))
    )
    assert len(json.loads(alone)["failures"]) == 4
    assert alone == forked == spawned


@pytest.mark.parametrize(("size", "jobs"), [(0, 2), (7_999_999, 2), (10**12, 1)])
def test_little_is_read_without_further_processes_and_so_is_all_by_one_job(size: int, jobs: int) -> None:
    with reading_pool(size, jobs) as pool:
        assert pool is None
