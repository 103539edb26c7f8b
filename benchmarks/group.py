"""Measures how fast and in how much memory failures are grouped: `python -m benchmarks.group [COUNT…]`.

The failures are the recorded errors of the catalogue, each made another one by a number in its code and message, so
that no group is remembered from one like it. For each count: seconds of `skills-lint group` as a process, start-up
included, and those that a processor worked for it; microseconds a
failure; its peak memory; and how many times longer it takes than `json.loads` on the same lines, here and now.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measure import Contender, Row, in_turn
from skills_lint.buckets.catalogue import RAISED, load_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

_COUNTS = (1_000, 10_000, 100_000)
_TEXTS = ("exception_type", "message", "traceback", "exit_code")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", metavar="COUNT", type=int, nargs="*", default=_COUNTS)
    counts = parser.parse_args().counts
    catalogue = load_catalogue()
    print(f"{len(catalogue)} buckets of the catalogue, {sum(len(bucket.match) for bucket in catalogue)} rules")
    print(f"{'failures':>10}{'groups':>8}{'seconds':>9}{'CPU s':>8}{'µs each':>9}{'peak MB':>9}{'× json.loads':>14}")
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            _measure(Path(folder), count)


def rows(count: int, runs: int) -> Iterator[Row]:
    """Yield what grouping takes."""
    with tempfile.TemporaryDirectory() as folder:
        failures = Path(folder, "failures.jsonl")
        _write(failures, count)
        command = f"{shlex.quote(sys.executable)} -m skills_lint group < failures.jsonl"
        (group,) = in_turn([Contender(f"group, {count:,} failures", ("sh", "-c", command), folder=Path(folder))], runs)
    yield Row(group.name, group, group, note=f"{group.seconds / count * 1e6:.0f} µs each")


def _measure(folder: Path, count: int) -> None:
    failures, groups = folder / "failures.jsonl", folder / "groups.jsonl"
    _write(failures, count)
    read = _seconds_to_read(failures)
    seconds, busy, memory = _run(folder, failures, groups)
    found = groups.read_text(encoding="utf-8").splitlines()
    assert len(found) == count, f"{len(found)} groups for {count} failures"
    timed = f"{seconds:>9.2f}{busy:>8.2f}{seconds / count * 1e6:>9.0f}"
    print(f"{count:>10,}{len(set(found)):>8,}{timed}{memory / 2**20:>9.0f}{seconds / read:>14.1f}", flush=True)


def _write(file: Path, count: int) -> None:
    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(f"{json.dumps(row)}\n" for row in islice(_failures(), count))


def _failures() -> Iterator[dict[str, Any]]:
    records = [json.loads(line) for line in RAISED.read_text(encoding="utf-8").splitlines()]
    for number, record in enumerate(cycle(records)):
        row = {key: record[key] for key in _TEXTS} | {"code": f"run = {number}\n{record['snippet']}"}
        if row["message"]:
            row["message"] = f"{row['message']}\n(run {number})"
        yield row


def _seconds_to_read(failures: Path) -> float:
    start = time.perf_counter()
    with failures.open("rb") as lines:
        for line in lines:
            json.loads(line)
    return time.perf_counter() - start


def _run(folder: Path, failures: Path, groups: Path) -> tuple[float, float, int]:
    """Return the seconds of `skills-lint group` in an empty repo, those it was busy, and the most bytes it had."""
    with failures.open("rb") as stdin, groups.open("wb") as stdout:
        start = time.perf_counter()
        command = [sys.executable, "-m", "skills_lint", "group"]
        process = subprocess.Popen(command, cwd=folder, stdin=stdin, stdout=stdout)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    assert status == 0, f"skills-lint group ended with status {os.waitstatus_to_exitcode(status)}"
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
