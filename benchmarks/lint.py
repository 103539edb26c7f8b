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
import shutil
import statistics
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measure import Contender, Row, Run, in_turn, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OURS = (sys.executable, "-m", "skills_lint", "check", "--output-format", "json")
_FLOOR = "python -c pass"


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
        contenders = _contenders(folder, skills)
        for contender in contenders:  # what is compiled once is compiled now, and our cache is filled
            run(contender, environment)
        runs: dict[str, list[Run]] = {contender.name: [] for contender in contenders}
        for _ in range(given.runs):
            for contender in contenders:
                runs[contender.name].append(run(contender, environment))
    _print(runs)


def rows(folder: Path, runs: int) -> Iterator[Row]:
    """Yield what checking the skills of a folder takes."""
    for taken in in_turn(_contenders(folder, sorted(folder.rglob("SKILL.md"))), runs):
        yield Row(taken.name, taken, taken)


def _typical(skills: Sequence[Path]) -> Path:
    """Return the skill of median size."""
    return sorted(skills, key=lambda path: (path.stat().st_size, path))[len(skills) // 2]


def _contenders(folder: Path, skills: Sequence[Path]) -> list[Contender]:
    one = str(_typical(skills).relative_to(folder))
    agnix, amagi = _installed("agnix"), _installed("amagi-skill-lint")
    commands = {
        _FLOOR: (sys.executable, "-c", "pass"),
        **({"agnix": (agnix, ".", "--format", "json")} if agnix else {}),
        **({"amagi-skill-lint": (amagi, ".", "--format", "json")} if amagi else {}),
        **({"agnix, one file": (agnix, one, "--format", "json")} if agnix else {}),
        "skills-lint, cold": (*_OURS, "--no-cache", "."),
        "skills-lint, unchanged": (*_OURS, "."),
        "skills-lint, one file, cold": (*_OURS, "--no-cache", one),
        "skills-lint, one file, unchanged": (*_OURS, one),
    }
    return [Contender(name, command, (0, 1), folder) for name, command in commands.items()]


def _installed(name: str) -> str | None:
    beside = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if beside is None:
        print(f"{name} is not installed, and skipped")
    return beside


def _versions() -> str:
    programs = [program for program in ("agnix", "amagi-skill-lint") if shutil.which(program)]
    told = [subprocess.run([p, "--version"], capture_output=True, text=True, check=False).stdout for p in programs]
    return ", ".join([f"skills-lint {version('skills-lint')}", *(" ".join(text.split()[:2]) for text in told)])


def _findings(printed: bytes) -> str:
    """Return how many findings of each severity a linter printed: in one list, or file by file."""
    result: Any = json.loads(printed)
    listed = [*result.get("diagnostics", ()), *(each for file in result.get("files", ()) for each in file["findings"])]
    levels = [each.get("severity") or each.get("level") for each in listed]
    return ", ".join(f"{levels.count(level)} {level}" for level in ("error", "warning", "info"))


def _print(runs: dict[str, list[Run]]) -> None:
    floor, agnix = _least_wall(runs[_FLOOR]), runs.get("agnix")
    columns = f"{'least s':>8}{'median s':>9}{'above floor':>12}{'× agnix':>9}{'worked s':>10}{'× agnix':>9}"
    print(f"\n{'':34}{columns}  findings")
    for name, took in runs.items():
        wall, work, median = _least_wall(took), _least_work(took), statistics.median(one.seconds for one in took)
        of_wall = f"{wall / _least_wall(agnix):.2f}" if agnix else "-"
        of_work = f"{work / _least_work(agnix):.2f}" if agnix else "-"
        times = f"{wall:8.3f}{median:9.3f}{wall - floor:12.3f}{of_wall:>9}{work:10.3f}{of_work:>9}"
        print(f"{name:34}{times}  {_findings(took[-1].printed) if name != _FLOOR else ''}")


def _least_wall(runs: Sequence[Run]) -> float:
    return min(one.seconds for one in runs)


def _least_work(runs: Sequence[Run]) -> float:
    return min(one.busy for one in runs)


if __name__ == "__main__":
    main()
