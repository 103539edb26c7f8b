"""Measures how fast skills are linted, beside other linters: `python -m benchmarks.lint FOLDER [--runs N]`.

FOLDER is linted as it is; name a copy if it is not to be touched, since linters may keep caches. Each command runs N
times in turn with the others, so that what else the machine does meets all of them; told are the least and the median
of the seconds on the wall, what each takes by what agnix takes, and how many findings it prints. The floor is
`python -c pass`. agnix and amagi-skill-lint are Python packages (`pip install agnix amagi-skill-lint`); one that is not
on the path is skipped.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import measure
from benchmarks.measure import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OURS = (sys.executable, "-m", "skills_lint", "check", "--output-format", "json")


@dataclass(frozen=True, slots=True)
class Run:
    """How long a command took, in seconds."""

    wall: float
    processors: float  # all that worked for it, summed up


@dataclass(frozen=True, slots=True)
class Contender:
    """A command that is timed."""

    name: str
    command: tuple[str, ...]
    prints_findings: bool = True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    parser.add_argument("--runs", metavar="N", type=int, default=5)
    given = parser.parse_args()
    folder = given.folder.resolve()
    skills = sorted(folder.rglob("SKILL.md"))
    assert skills, f"no SKILL.md below {given.folder}"
    entries = sum(1 for path in folder.rglob("*") if ".git" not in path.parts)
    print(f"{len(skills)} skills, {entries:,} files and folders")
    print(f"{platform.system()}, {os.cpu_count()} CPUs, Python {platform.python_version()}, {_versions()}", flush=True)
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "XDG_CACHE_HOME": cache, "LOCALAPPDATA": cache}
        contenders = list(_contenders(str(_typical(skills).relative_to(folder))))
        for contender in contenders:  # what is compiled once is compiled now, and our cache is filled
            _run(contender, folder, environment)
        runs: dict[str, list[Run]] = {contender.name: [] for contender in contenders}
        findings: dict[str, str] = {}
        for _ in range(given.runs):
            for contender in contenders:
                run, printed = _run(contender, folder, environment)
                runs[contender.name].append(run)
                findings[contender.name] = _findings(printed) if contender.prints_findings else ""
    _print(runs, findings)


def rows(folder: Path, runs: int) -> Iterator[Row]:
    """Yield what checking the skills of a folder takes."""
    one = str(_typical(sorted(folder.rglob("SKILL.md"))).relative_to(folder))
    commands = [measure.Contender(each.name, each.command, (0, 1), folder) for each in _contenders(one)]
    for taken in measure.in_turn(commands, runs):
        yield Row(taken.name, taken, taken)


def _typical(skills: Sequence[Path]) -> Path:
    """Return the skill of median size."""
    return sorted(skills, key=lambda path: (path.stat().st_size, path))[len(skills) // 2]


def _contenders(one: str) -> list[Contender]:
    agnix, amagi = _installed("agnix"), _installed("amagi-skill-lint")
    others = [
        *([Contender("agnix", (agnix, ".", "--format", "json"))] if agnix else []),
        *([Contender("amagi-skill-lint", (amagi, ".", "--format", "json"))] if amagi else []),
        *([Contender("agnix, one file", (agnix, one, "--format", "json"))] if agnix else []),
    ]
    return [
        Contender("python -c pass", (sys.executable, "-c", "pass"), prints_findings=False),
        *others,
        Contender("skills-lint, cold", (*_OURS, "--no-cache", ".")),
        Contender("skills-lint, unchanged", (*_OURS, ".")),
        Contender("skills-lint, one file, cold", (*_OURS, "--no-cache", one)),
        Contender("skills-lint, one file, unchanged", (*_OURS, one)),
    ]


def _installed(name: str) -> str | None:
    beside = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if beside is None:
        print(f"{name} is not installed, and skipped")
    return beside


def _versions() -> str:
    programs = [program for program in ("agnix", "amagi-skill-lint") if shutil.which(program)]
    told = [subprocess.run([p, "--version"], capture_output=True, text=True, check=False).stdout for p in programs]
    return ", ".join([f"skills-lint {version('skills-lint')}", *(" ".join(text.split()[:2]) for text in told)])


def _run(contender: Contender, folder: Path, environment: dict[str, str]) -> tuple[Run, bytes]:
    worked, start = _worked(), time.perf_counter()
    done = subprocess.run(contender.command, cwd=folder, env=environment, capture_output=True, check=False)
    run = Run(time.perf_counter() - start, _worked() - worked)
    assert done.returncode in (0, 1), f"{contender.name} ended with {done.returncode}: {done.stderr[-500:]!r}"
    return run, done.stdout


def _worked() -> float:
    """Return how many seconds processors have worked for what we started and what that started."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _findings(printed: bytes) -> str:
    """Return how many findings of each severity a linter printed: in one list, or file by file."""
    result: Any = json.loads(printed)
    listed = [*result.get("diagnostics", ()), *(each for file in result.get("files", ()) for each in file["findings"])]
    levels = [each.get("severity") or each.get("level") for each in listed]
    return ", ".join(f"{levels.count(level)} {level}" for level in ("error", "warning", "info"))


def _print(runs: dict[str, list[Run]], findings: dict[str, str]) -> None:
    floor, agnix = _least(runs["python -c pass"]), runs.get("agnix")
    columns = f"{'least s':>8}{'median s':>9}{'above floor':>12}{'× agnix':>9}{'worked s':>10}{'× agnix':>9}"
    print(f"\n{'':34}{columns}  findings")
    for name, took in runs.items():
        least, median = _least(took), statistics.median(run.wall for run in took)
        wall = f"{least.wall / _least(agnix).wall:.2f}" if agnix else "-"
        work = f"{least.processors / _least(agnix).processors:.2f}" if agnix else "-"
        times = (
            f"{least.wall:8.3f}{median:9.3f}{least.wall - floor.wall:12.3f}{wall:>9}{least.processors:10.3f}{work:>9}"
        )
        print(f"{name:34}{times}  {findings[name]}")


def _least(runs: Sequence[Run]) -> Run:
    return Run(min(run.wall for run in runs), min(run.processors for run in runs))


if __name__ == "__main__":
    main()
