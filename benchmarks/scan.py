"""Measures how fast traces are scanned: `python -m benchmarks.scan [FOLDER] [--mb N] [--runs N] [--duckdb PYTHON]`.

Without FOLDER traces are made, of N MB each: in many files, with 30 %, all and 5 % of the calls running Python; of one
format in many files and in a single one; and in 10,000 small files. What is found there is held against what was
written, every place of a failure included. A FOLDER of `*.jsonl` is scanned as it is.

Beside us run `cat`, the floor; `rg -c`, with three patterns by which one would look for failures; and DuckDB, which
reads each line as JSON and counts those with a traceback. What is not installed is left out; DuckDB may be in another
Python. The commands run in turn; told are medians, what we take by what the other takes, and the most memory that all
our processes have together, where what they share counts for each. What is timed is the whole command without a
cache, start-up, redaction and printing included. The traces should fit into memory twice.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.made import TRUTH, join_traces, make_traces, wrong
from benchmarks.measure import Contender, Row, in_turn, machine, peak_memory, print_table
from skills_lint.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

_OURS = (sys.executable, "-m", "skills_lint", "scan", "--no-cache", "--output-format", "json")
_FAILURES = r'Traceback \(most recent call last\)|"is_error": ?true|\\?"success\\?": ?false'
_DUCKDB = """\
import duckdb, sys
lines = f"read_ndjson_objects('{sys.argv[1]}/*.jsonl', maximum_object_size=1000000000)"
print(duckdb.sql(f"select count(*) from {lines} where contains(json::varchar, 'Traceback (most recent call last)')"))
"""
_FILES = 40
_SMALL = 10_000
_SMALL_SIZE = 0.2  # share of the bytes that the small files have together: they are 2 KB or more each
_MIXES = (("30 % Python", 0.3), ("all Python", 1.0), ("5 % Python", 0.05))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="FOLDER", type=Path, nargs="?")
    parser.add_argument("--mb", metavar="N", type=int, default=200)
    parser.add_argument("--runs", metavar="N", type=int, default=3)
    parser.add_argument("--duckdb", metavar="PYTHON", default=sys.executable, help="a Python that has DuckDB")
    given = parser.parse_args()
    print(machine())
    if given.folder is not None:
        print_table(compared(str(given.folder), given.folder, given.runs, given.duckdb))
    else:
        print_table(rows(given.mb * 1_000_000, given.runs, given.duckdb))


def rows(size: int, runs: int, duckdb: str = sys.executable) -> Iterator[Row]:
    """Yield what is measured on traces of so many bytes, which are made and removed again."""
    for name, python in _MIXES:
        with tempfile.TemporaryDirectory() as folder:
            make_traces(Path(folder), size, _FILES, python=python)
            yield from compared(f"{_FILES} files, {name}", Path(folder), runs, duckdb)
    yield from _one_file(size, runs)
    with tempfile.TemporaryDirectory() as folder:
        make_traces(Path(folder), int(size * _SMALL_SIZE), _SMALL, python=0.3)
        yield from compared(f"{_SMALL:,} small files", Path(folder), runs, duckdb)


def _one_file(size: int, runs: int) -> Iterator[Row]:
    """Yield what the same sessions take in many files, compressed, and in one file."""
    with tempfile.TemporaryDirectory() as many, tempfile.TemporaryDirectory() as one:
        make_traces(Path(many), size, _FILES, python=0.3, formats=["claude-code"])
        join_traces(Path(many), Path(one))
        with tempfile.TemporaryDirectory() as packed:
            for file in Path(many).glob("*.jsonl"):
                Path(packed, f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes(), 6))
            contenders = [_ours(many, f"{_FILES} files of one format"), _ours(one, "the same in one file")]
            apart, joined, gzipped = in_turn([*contenders, _ours(packed, "the same, compressed by gzip")], runs)
            yield Row(gzipped.name, gzipped, apart, _size(Path(many)), note=_exactness(gzipped.printed, Path(packed)))
        for taken, folder in ((apart, Path(many)), (joined, Path(one))):
            note = _exactness(taken.printed, folder)
            memory = peak_memory(_ours(str(folder), ""))
            yield Row(taken.name, taken, joined, _size(folder), memory, note)


def compared(name: str, folder: Path, runs: int, duckdb: str = sys.executable) -> Iterator[Row]:
    """Yield what we take on a folder of traces, and what others take."""
    ours = _ours(str(folder), f"{name}: skills-lint")
    mine, *others = in_turn([ours, *_others(folder, duckdb)], runs)
    yield Row(mine.name, mine, mine, _size(folder), peak_memory(ours), _exactness(mine.printed, folder))
    for other in others:
        yield Row(f"  {other.name}", other, mine, _size(folder))


def _ours(folder: str, name: str) -> Contender:
    return Contender(name, (*_OURS, folder))


def _others(folder: Path, duckdb: str) -> Iterator[Contender]:
    files = sorted(map(str, folder.glob("*.jsonl")))
    yield Contender("cat", ("cat", *files))
    if shutil.which("rg"):
        yield Contender("rg -c", ("rg", "-c", _FAILURES, str(folder)), (0, 1))
    if subprocess.run([duckdb, "-c", "import duckdb"], capture_output=True).returncode == 0:
        yield Contender("DuckDB", (duckdb, "-c", _DUCKDB, str(folder)))


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("*.jsonl"))


def _exactness(printed: bytes, folder: Path) -> str:
    """Return whether a scan found what is there, and how much that is."""
    result = json.loads(printed)
    found = f"{counted(result['executions'], 'execution')}, {counted(len(result['failures']), 'failure')}"
    if not (folder / TRUTH).exists():
        return found
    return f"{wrong(result, folder) or 'exact'}: {found}"


if __name__ == "__main__":
    main()
