"""Measures everything in a small size, and prints one table: `python -m benchmarks [--mb N] [--duckdb PYTHON]`.

The modules beside this one measure one thing each, in any size.
"""

from __future__ import annotations

import argparse
import sys
from itertools import chain
from pathlib import Path

from benchmarks import group, incremental, lint, scan, startup
from benchmarks.measure import machine, print_table

_FILES = 2_000
_FAILURES = 1_000
_RUNS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mb", metavar="N", type=int, default=100)
    parser.add_argument("--duckdb", metavar="PYTHON", default=sys.executable, help="a Python that has DuckDB")
    given = parser.parse_args()
    print(machine())
    print_table(
        chain(
            startup.rows(3 * _RUNS),
            scan.rows(given.mb * 1_000_000, _RUNS, given.duckdb),
            incremental.rows(_FILES, _RUNS),
            group.rows(_FAILURES, _RUNS),
            lint.rows(Path(__file__).parents[1] / "skills", _RUNS),
        )
    )


if __name__ == "__main__":
    main()
