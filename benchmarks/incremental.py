"""Measures how long a scan takes of what was scanned before: `python -m benchmarks.incremental [--files N] [--runs N]`.

N small traces are scanned, and again without a change, and again after one of them has grown by a call; each is held
against what `find` takes to tell the size and the time of every file. The cache lies in a temporary folder. `first` is
what a scan takes that fills it, `without` one that has none.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.made import make_traces
from benchmarks.measure import Contender, Row, Run, machine, print_table, run, taken

if TYPE_CHECKING:
    from collections.abc import Iterator

_OURS = (sys.executable, "-m", "skills_lint", "scan", "--output-format", "json")
_BYTES = 10_000  # of a file
_CALL = {"role": "assistant", "content": None}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", metavar="N", type=int, default=10_000)
    parser.add_argument("--runs", metavar="N", type=int, default=5)
    given = parser.parse_args()
    print(machine())
    print_table(rows(given.files, given.runs))


def rows(files: int, runs: int) -> Iterator[Row]:
    """Yield what scans of so many traces take."""
    with tempfile.TemporaryDirectory() as traces, tempfile.TemporaryDirectory() as cache:
        make_traces(Path(traces), files * _BYTES, files, python=0.3)
        yield from _measured(Path(traces), Path(cache), f"{files:,} files", runs)


def _measured(traces: Path, cache: Path, name: str, runs: int) -> Iterator[Row]:
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    find = Contender("find -printf", ("find", str(traces), "-type", "f", "-printf", "%p %s %T@\n"))
    ours, without = Contender("ours", (*_OURS, str(traces))), Contender("ours", (*_OURS, "--no-cache", str(traces)))
    rounds: list[tuple[Run, ...]] = []
    for number in range(runs + 1):
        shutil.rmtree(cache / "skills-lint", ignore_errors=True)  # what libraries keep there stays
        cold = run(without, environment), run(ours, environment)
        rounds.append((*cold, run(find), run(ours, environment), _grown(ours, traces, environment, number)))
        _check(rounds[-1], run(without, environment))
    plain, first, found, same, grown = (
        taken(what, of_one)
        for what, of_one in zip(
            (f"{name}: without", "  first", "  find -printf", "  unchanged", "  one has grown"),
            zip(*rounds[1:], strict=True),
            strict=True,
        )
    )
    for each in (plain, first, found):
        yield Row(each.name, each, each)
    yield Row(same.name, same, same, note=f"{same.seconds / found.seconds:.1f} × find")
    yield Row(grown.name, grown, grown, note=f"{1000 * (grown.seconds - same.seconds):.0f} ms more than unchanged")


def _grown(ours: Contender, traces: Path, environment: dict[str, str], number: int) -> Run:
    """Return what a scan takes after a call without an answer was added to a trace."""
    files = sorted(traces.glob("openai-chat-*.jsonl"))
    function = {"name": "execute_python", "arguments": json.dumps({"code": f"print({number})"})}
    call = {**_CALL, "tool_calls": [{"id": f"call_late_{number}", "type": "function", "function": function}]}
    with files[number % len(files)].open("a", encoding="utf-8") as file:
        file.write(json.dumps(call) + "\n")
    return run(ours, environment)


def _check(runs: tuple[Run, ...], now: Run) -> None:
    """Fail if the cache changes what is found; `now` is found without it."""
    plain, first, _, same, grown = (one.printed for one in runs)
    assert plain == first == same, "the cache changes the result"
    assert grown == now.printed, "the cache changes the result of a trace that has grown"


if __name__ == "__main__":
    main()
