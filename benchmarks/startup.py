"""Measures how long commands take that have little to do: `python -m benchmarks.startup [--runs N]`.

The floor is `python -c pass`. Told beside the medians is how much the fastest run of each takes above the fastest one
of that. Each command runs in an empty folder but for one trace of some lines.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.made import make_traces
from benchmarks.measure import Contender, Row, in_turn, machine, print_table

if TYPE_CHECKING:
    from collections.abc import Iterator

_OURS = (sys.executable, "-m", "skills_lint")
_HINT = """import skills_lint; assert skills_lint.hint("Traceback (most recent call last):\\nKeyError: 'a'")"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", metavar="N", type=int, default=20)
    runs = parser.parse_args().runs
    print(machine())
    print_table(rows(runs))


def rows(runs: int) -> Iterator[Row]:
    """Yield what each command takes."""
    with tempfile.TemporaryDirectory() as folder:
        make_traces(Path(folder), 1, 1, python=1.0, formats=["tool-events"])
        contenders = [
            Contender("python -c pass", (sys.executable, "-c", "pass")),
            Contender("python -c 'import click'", (sys.executable, "-c", "import click")),
            Contender("skills-lint --version", (*_OURS, "--version")),
            Contender("skills-lint check --help", (*_OURS, "check", "--help")),
            Contender("skills-lint scan, one call", (*_OURS, "scan", "--no-cache", folder)),
            Contender("skills-lint group, no failure", (*_OURS, "group")),
            Contender(
                "python -c 'from skills_lint import hint'", (sys.executable, "-c", "from skills_lint import hint")
            ),
            Contender("skills_lint.hint, first error", (sys.executable, "-c", _HINT)),
        ]
        environment = {**os.environ, "XDG_CACHE_HOME": folder}
        floor, *others = in_turn(contenders, runs, environment)
    yield Row(floor.name, floor, floor)
    for other in others:
        yield Row(other.name, other, other, note=f"{1000 * (other.least - floor.least):.0f} ms above the floor")


if __name__ == "__main__":
    main()
