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
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_OURS = (sys.executable, "-m", "skills_lint", "check", "--output-format", "json")


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
    print(f"{len(skills)} skills, {sum(1 for _ in folder.rglob('*')):,} files and folders")
    print(f"{platform.system()}, {os.cpu_count()} CPUs, Python {platform.python_version()}, {_versions()}", flush=True)
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "XDG_CACHE_HOME": cache, "LOCALAPPDATA": cache}
        contenders = list(_contenders(str(_typical(skills).relative_to(folder))))
        for contender in contenders:  # what is compiled once is compiled now, and our cache is filled
            _run(contender, folder, environment)
        seconds: dict[str, list[float]] = {contender.name: [] for contender in contenders}
        findings: dict[str, str] = {}
        for _ in range(given.runs):
            for contender in contenders:
                took, printed = _run(contender, folder, environment)
                seconds[contender.name].append(took)
                findings[contender.name] = _findings(printed) if contender.prints_findings else ""
    _print(seconds, findings)


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


def _run(contender: Contender, folder: Path, environment: dict[str, str]) -> tuple[float, bytes]:
    start = time.perf_counter()
    done = subprocess.run(contender.command, cwd=folder, env=environment, capture_output=True, check=False)
    seconds = time.perf_counter() - start
    assert done.returncode in (0, 1), f"{contender.name} ended with {done.returncode}: {done.stderr[-500:]!r}"
    return seconds, done.stdout


def _findings(printed: bytes) -> str:
    """Return how many findings of each severity a linter printed: in one list, or file by file."""
    result: Any = json.loads(printed)
    listed = [*result.get("diagnostics", ()), *(each for file in result.get("files", ()) for each in file["findings"])]
    levels = [each.get("severity") or each.get("level") for each in listed]
    return ", ".join(f"{levels.count(level)} {level}" for level in ("error", "warning", "info"))


def _print(seconds: dict[str, list[float]], findings: dict[str, str]) -> None:
    floor, agnix = min(seconds["python -c pass"]), seconds.get("agnix")
    print(f"\n{'':34}{'least s':>8}{'median s':>9}{'above floor':>12}{'× agnix':>9}  findings")
    for name, times in seconds.items():
        least, median = min(times), statistics.median(times)
        ratio = f"{least / min(agnix):.2f}" if agnix else "-"
        print(f"{name:34}{least:8.3f}{median:9.3f}{least - floor:12.3f}{ratio:>9}  {findings[name]}")


if __name__ == "__main__":
    main()
