"""Scans as real processes that are killed, that run side by side, and whose traces grow meanwhile."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from skills_lint.redaction import open_redactor
from skills_lint.traces.kept.cache import Cache, open_cache
from skills_lint.traces.scan import scan, to_json
from tests.traces.kept import LONG_AGO, Editor, long_session, run

ROUNDS = int(os.environ.get("SKILLS_LINT_KILLS", "10"))  # 100 is what is aimed at; it takes minutes
WRITER = """
import sys, time
with open(sys.argv[1], "a") as file:
    for line in sys.stdin:
        half = len(line) // 2
        file.write(line[:half]); file.flush(); time.sleep(0.001)
        file.write(line[half:]); file.flush()
"""


class Scans:
    """Scans of the folder `traces` in the working directory, as processes and, to be held against them, without."""

    def __init__(self) -> None:
        self.traces = Path("traces")
        self.traces.mkdir()
        self._redactor = open_redactor(Path())

    def start(self) -> subprocess.Popen[str]:
        command = (sys.executable, "-m", "skills_lint", "scan", "traces", "--output-format", "json")
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def cached(self) -> Any:
        return self._result(open_cache(self._redactor, ()))

    def anew(self) -> Any:
        return self._result(None)

    def _result(self, cache: Cache | None) -> Any:
        return json.loads(json.dumps(to_json(scan([self.traces], redactor=self._redactor, cache=cache))))


def finished(process: subprocess.Popen[str]) -> Any:
    """Return what a scan printed, which must have ended well and have had nothing else to say."""
    printed, said = process.communicate()
    assert (process.returncode, said) == (0, "")
    return json.loads(printed)


@pytest.fixture
def scans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scans:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Scans()


def aged(folder: Path) -> None:
    """Let files seem to have been written long ago: what has just changed is always read."""
    for path in folder.iterdir():
        os.utime(path, ns=(LONG_AGO, LONG_AGO))


def test_after_a_scan_was_killed_at_any_moment_the_next_one_is_right(scans: Scans) -> None:
    editor, moments = Editor(scans.traces, 1), random.Random(1)  # noqa: S311
    start = time.monotonic()
    finished(scans.start())
    longest = time.monotonic() - start
    for _ in range(ROUNDS):
        done = editor.edit()
        aged(scans.traces)
        process = scans.start()
        time.sleep(moments.random() * longest)
        process.kill()
        process.communicate()

        assert scans.cached() == scans.anew(), done


def test_two_scans_at_once_give_the_same_and_leave_the_cache_whole(scans: Scans) -> None:
    editor = Editor(scans.traces, 2)
    for _ in range(3):
        done = editor.edit()
        aged(scans.traces)
        first, second = scans.start(), scans.start()

        assert finished(first) == finished(second) == scans.cached() == scans.anew(), done


def test_a_file_that_grows_while_it_is_read_is_right_in_the_end(scans: Scans) -> None:
    file = scans.traces / "a.jsonl"
    file.write_text(long_session(2000))
    with subprocess.Popen([sys.executable, "-c", WRITER, str(file)], stdin=subprocess.PIPE, text=True) as writer:
        assert writer.stdin is not None
        for number in range(3):
            writer.stdin.write("".join(run(3000 + 100 * number + n, failed=n % 5 == 0) for n in range(100)))
            writer.stdin.flush()
            finished(scans.start())
    for _ in range(2):
        assert scans.cached() == scans.anew()

    with file.open("a") as more:
        more.write(run(9999, failed=True))

    assert scans.cached() == scans.anew()
