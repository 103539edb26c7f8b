"""A scan that takes its time: what a terminal shows meanwhile, and how it ends before its end.

A pipe that the test holds open keeps the scan at work for as long as the test wants.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if sys.platform != "linux":
    pytest.skip("looks into /proc", allow_module_level=True)

import fcntl
import pty
import struct
import termios

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Repo

RUN = {"run_id": "r", "tool": "execute_python"}
CALL = {**RUN, "event": "tool_start", "args": {"code": "1 / 0"}}
RESULT = {**RUN, "event": "tool_end", "success": False, "error": "ZeroDivisionError: division by zero"}
FAILURE = f"{json.dumps(CALL)}\n{json.dumps(RESULT)}\n"
LARGE = json.dumps({"run_id": "l", "event": "message", "message_type": "HumanMessage", "content": "x" * 9_000_000})
SCAN = [sys.executable, "-m", "skills_lint", "scan"]
ENVIRONMENT = {**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1", "TERM": "xterm"}


class HeldScan:
    """A scan of three traces, the second of which is a pipe that stays open until `release`."""

    def __init__(self, repo: Repo, *arguments: str, stderr: int = subprocess.PIPE, large: bool = False) -> None:
        repo.write("a.jsonl", FAILURE + (f"{LARGE}\n" if large else ""))
        repo.write("c.jsonl", FAILURE.replace('"r"', '"s"'))
        self.pipe = repo.root / "b.jsonl"
        os.mkfifo(self.pipe)
        self._held = os.open(self.pipe, os.O_RDWR)
        self.process = subprocess.Popen(
            [*SCAN, *arguments, "a.jsonl", "b.jsonl", "c.jsonl"],
            cwd=repo.root,
            stdout=subprocess.PIPE,
            stderr=stderr,
            env=ENVIRONMENT,
            # Tests that a shell runs in the background ignore interrupts, and what they start would do so too.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        wait_until(lambda: any(map(self._reads, (self.process.pid, *self.workers()))))

    def workers(self) -> list[int]:
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def release(self) -> None:
        os.write(self._held, FAILURE.replace('"r"', '"t"').encode())
        self.let_go()

    def let_go(self) -> None:
        if self._held >= 0:
            os.close(self._held)
            self._held = -1

    def _reads(self, pid: int) -> bool:
        return any(file.readlink() == self.pipe for file in Path(f"/proc/{pid}/fd").iterdir())


def wait_until(happened: Callable[[], bool]) -> None:
    """Wait for what is bound to happen; the limit only keeps a broken program from hanging the tests."""
    limit = time.monotonic() + 60
    while True:
        try:
            if happened():
                return
        except OSError:  # a process came or went meanwhile
            pass
        assert time.monotonic() < limit
        time.sleep(0.01)


@pytest.fixture
def held(empty_repo: Repo) -> Iterator[Callable[..., HeldScan]]:
    scans: list[HeldScan] = []

    def start(*arguments: str, **options: int) -> HeldScan:
        scans.append(HeldScan(empty_repo, *arguments, **options))
        return scans[-1]

    yield start
    for scan in scans:
        scan.let_go()
        scan.process.kill()
        scan.process.wait()


def on_terminal(held: Callable[..., HeldScan], *arguments: str, columns: int = 100) -> tuple[str, str]:
    """Return what a scan of more than a second prints on stdout, and on a stderr that is a terminal."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    scan = held(*arguments, stderr=theirs)
    os.close(theirs)
    time.sleep(1.1)  # what takes less shows nothing
    scan.release()
    printed, _ = scan.process.communicate()
    shown = b""
    try:
        while chunk := os.read(ours, 65536):
            shown += chunk
    except OSError:  # Linux tells the end of a terminal so
        pass
    os.close(ours)
    return printed.decode(), shown.decode()


def test_a_terminal_shows_how_far_a_long_scan_is_in_one_line_that_goes_away(held: Callable[..., HeldScan]) -> None:
    printed, shown = on_terminal(held)
    first, *more = shown.split("\r")[1:]
    assert re.fullmatch(r"2 of 3 files, 0 MB of 0 MB, 0 MB/s, 2 failures *", first)
    assert "\n" not in shown
    assert "\x1b" not in shown
    assert more[-2:] == [" " * len(first), ""]  # wiped, and back at the start
    assert "3 files, 3 sessions: 3 tool calls, 3 Python, 3 failed" in printed


def test_the_line_fits_into_a_narrow_terminal(held: Callable[..., HeldScan]) -> None:
    _, shown = on_terminal(held, columns=20)
    assert shown.startswith("\r2 of 3 files, 0 MB ")
    assert max(map(len, shown.split("\r"))) == 19


def test_nothing_is_shown_if_quiet_is_asked_for(held: Callable[..., HeldScan]) -> None:
    assert on_terminal(held, "-q")[1] == ""


def test_nothing_is_told_where_stderr_is_no_terminal(held: Callable[..., HeldScan]) -> None:
    scan = held()
    time.sleep(1.1)
    scan.release()
    assert scan.process.communicate()[1] == b""


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_an_interrupted_scan_ends_at_once_with_130_and_leaves_no_process(
    held: Callable[..., HeldScan], jobs: str
) -> None:
    scan = held("--jobs", jobs, large=True)
    workers = scan.workers()
    assert len(workers) == (0 if jobs == "1" else 2)  # for 9 MB no third one
    scan.process.send_signal(signal.SIGINT)
    _, told = scan.process.communicate()
    assert scan.process.returncode == 130
    assert told.decode().strip() == "interrupted"
    wait_until(lambda: not any(map(is_running, workers)))


def test_a_worker_that_is_killed_is_told_with_a_way_out(held: Callable[..., HeldScan]) -> None:
    scan = held("--jobs", "2", large=True)
    os.kill(scan.workers()[0], signal.SIGKILL)
    _, told = scan.process.communicate()
    assert scan.process.returncode == 2
    assert told.decode() == (
        "error: a process that read traces was killed, perhaps because memory ran out\n"
        "  = help: read with fewer of them (`--jobs 1`), or name fewer traces\n"
    )


def test_a_scan_that_is_killed_leaves_no_worker(held: Callable[..., HeldScan]) -> None:
    scan = held("--jobs", "2", large=True)
    workers = scan.workers()
    scan.process.kill()
    wait_until(lambda: not any(map(is_running, workers)))


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_zero_jobs_are_a_usage_error(empty_repo: Repo) -> None:
    assert "0 is not in the range x>=1" in empty_repo.run("scan", "--jobs", "0", status=2).stderr
