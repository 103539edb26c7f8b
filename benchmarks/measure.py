"""Commands run and measured side by side: time on the wall, time of processors, memory of all processes together."""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_LOOK = 0.01  # seconds between two looks at the memory
_HEADS = ("", "seconds", "CPU s", "GB/s", "MB", "× wall", "× CPU", "")


@dataclass(frozen=True, slots=True)
class Contender:
    """A command that is timed."""

    name: str
    command: tuple[str, ...]
    statuses: tuple[int, ...] = (0,)  # with which it may end
    folder: Path | None = None  # in which it runs, if not here


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a command took."""

    seconds: float
    busy: float  # seconds of processors, of the command and of what it started and waited for
    printed: bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """What a command took: medians of several runs, and what the last one printed."""

    name: str
    seconds: float
    least: float  # seconds
    busy: float
    printed: bytes


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what was measured, and what we take by what it takes."""

    name: str
    taken: Taken
    ours: Taken
    size: int = 0  # bytes read
    memory: int | None = None  # bytes
    note: str = ""

    def cells(self) -> tuple[str, ...]:
        same = self.ours is self.taken
        return (
            self.name,
            f"{self.taken.seconds:.3f}",
            f"{self.taken.busy:.3f}",
            f"{self.size / self.taken.seconds / 1e9:.2f}" if self.size else "",
            f"{self.memory / 1e6:.0f}" if self.memory else "",
            "" if same else f"{self.ours.seconds / self.taken.seconds:.2f}",
            "" if same else f"{self.ours.busy / max(self.taken.busy, 1e-3):.2f}",
            self.note,
        )


def in_turn(contenders: Sequence[Contender], runs: int, environment: Mapping[str, str] | None = None) -> list[Taken]:
    """Return what each command takes; they run in turn, so that what else the machine does meets all of them.

    A first round, in which files come into memory and programs are compiled, does not count.
    """
    rounds = [[run(contender, environment) for contender in contenders] for _ in range(runs + 1)][1:]
    return [taken(one.name, of_one) for one, of_one in zip(contenders, zip(*rounds, strict=True), strict=True)]


def taken(name: str, runs: Sequence[Run]) -> Taken:
    """Return the medians of runs."""
    seconds, busy = [one.seconds for one in runs], [one.busy for one in runs]
    return Taken(name, statistics.median(seconds), min(seconds), statistics.median(busy), runs[-1].printed)


def run(contender: Contender, environment: Mapping[str, str] | None = None) -> Run:
    """Return what a command takes this time; fails if it ends with another status than it may."""
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as told:
        used, start = _busy(), time.perf_counter()
        status = subprocess.call(
            contender.command,
            cwd=contender.folder,
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=told,
            env=environment,
        )
        seconds, busy = time.perf_counter() - start, _busy() - used
        printed.seek(0)
        told.seek(0)
        assert status in contender.statuses, f"{contender.name} ended with {status}: {told.read()[-500:]!r}"
        return Run(seconds, busy, printed.read())


def _busy() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def peak_memory(contender: Contender, environment: Mapping[str, str] | None = None) -> int | None:
    """Return the most bytes that a command and all that it starts have in memory at a time; None but on Linux.

    What processes share counts for each of them.
    """
    if sys.platform != "linux":
        return None
    most = 0
    with subprocess.Popen(
        contender.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        while process.poll() is None:
            most = max(most, sum(map(_resident, _family(process.pid))))
            time.sleep(_LOOK)
    return most


def _family(pid: int) -> list[int]:
    """Return a process and those that its main thread started, and so on."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return [pid]
    return [pid, *(each for child in children for each in _family(int(child)))]


def _resident(pid: int) -> int:
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()


def machine() -> str:
    """Return a description of this machine: system, processors, memory, Python."""
    model = platform.processor() or platform.machine()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    if sys.platform == "linux":
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next((line.partition(": ")[2] for line in told if line.startswith("model name")), model)
    processors = f"{os.cpu_count()} processors ({model})"
    return f"{platform.system()}, {processors}, {memory:.0f} GB, Python {platform.python_version()}"


def print_table(rows: Iterable[Row]) -> None:
    """Print rows as they come in, under a head that says what is in the columns."""
    print(_line(_HEADS))
    for row in rows:
        print(_line(row.cells()), flush=True)


def _line(cells: Sequence[str]) -> str:
    name, seconds, busy, rate, memory, wall, cpu, note = cells
    numbers = f"{seconds:>9}{busy:>9}{rate:>7}{memory:>7}{wall:>8}{cpu:>8}"
    return f"{name:46}{numbers}  {note}".rstrip()
