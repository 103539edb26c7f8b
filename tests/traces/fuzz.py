"""Mutants of a format's sample, read one after another for a while: no crash, no hang, no hunger for memory.

    python -m tests.traces.fuzz --seconds 300 codex goose

reads each of the named formats, or all, for so many seconds of processor time, and says of each how many mutants were
read, how slow the slowest was, and what was found. What is found is kept in a file, to become a test.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import signal
import sys
import time
import traceback
import tracemalloc
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from skills_lint.traces.engine import Part, digest_part
from skills_lint.traces.formats import all_formats
from skills_lint.traces.sources.source import Source
from tests.traces.mutants import ODD, cut, grown, mutated, swapped, with_bytes_changed

SAMPLES: Final = Path(__file__).parent / "samples"
SLOWEST: Final = 0.010  # seconds a kilobyte
FREE: Final = 0.050  # seconds that any file may take: what Python and its garbage collector take now and then
HUNG: Final = 30  # seconds
MEMORY: Final = (6 << 20, 100)  # bytes that any file may take, and so many times its size; `[],` is 20 times as much
LARGEST: Final = 1 << 21  # bytes; what is larger does not grow further
ADDRESSES: Final = 2 << 30  # bytes of a process
MEASURED: Final = 40  # of so many mutants one has its memory measured, which is slow


@dataclass
class Fuzzed:
    """What came of a format's mutants."""

    runs: int = 0
    kilobytes: float = 0
    slowest: float = 0  # seconds a kilobyte, of those that take more than what any file may
    hungriest: int = 0  # bytes
    found: list[str] = field(default_factory=list)


def main() -> int:
    """Read mutants, and return 1 if anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path("fuzzed"), help="folder for what is found")
    parser.add_argument("formats", nargs="*", help="modules of formats; all if none is named")
    asked = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    signal.signal(signal.SIGALRM, _stop)
    samples = {sample.stem: sample for sample in sorted(SAMPLES.iterdir())}
    bad = 0
    for name in asked.formats or samples:
        fuzzed = fuzz(samples[name], asked.seconds, asked.seed, asked.keep)
        bad += len(fuzzed.found)
        print(
            f"{name:20} {fuzzed.runs:7,} runs  {fuzzed.kilobytes / 1024:7,.0f} MB  slowest {fuzzed.slowest * 1000:5.2f}"
            f" ms/KB  most memory {fuzzed.hungriest / (1 << 20):5.1f} MB  {len(fuzzed.found)} found",
            *fuzzed.found,
            sep="\n    ",
            flush=True,
        )
    return int(bad > 0)


def fuzz(sample: Path, seconds: float, seed: int, keep: Path) -> Fuzzed:
    """Return what came of the mutants of a sample."""
    text = sample.read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()] if sample.suffix == ".jsonl" else [json.loads(text)]
    name = next(each.name for each in all_formats() if each.name.replace("-", "_") == sample.stem)
    fuzzed, known = Fuzzed(), set[str]()
    end = time.process_time() + seconds
    number = seed
    while time.process_time() < end:
        number += 1
        dice = random.Random(f"{sample.stem} {number}")  # noqa: S311
        sys.setrecursionlimit(20_000)  # a mutant may be nested more deeply than what reads it can go
        data = mutant(rows, lines=sample.suffix == ".jsonl", dice=dice)
        sys.setrecursionlimit(1_000)
        found = _read(Part(Source("a.jsonl", None, asked_for=True, data=data), len(data), _format(name, dice)), fuzzed)
        if found is not None and found.split(":")[0] not in known:
            known.add(found.split(":")[0])
            keep.mkdir(exist_ok=True)
            (keep / f"{sample.stem}-{number}.jsonl").write_bytes(data)
            fuzzed.found.append(f"{number}: {found}")
    return fuzzed


def _format(name: str, dice: random.Random) -> str | None:
    """Return the format by which to read; half of the time it has to be recognised."""
    return name if dice.random() < 0.5 else None


def mutant(rows: list[Any], *, lines: bool, dice: random.Random) -> bytes:
    """Return a mutant of a sample as the bytes of a file."""
    for _ in range(dice.choice([1, 1, 2, 4])):
        if len(repr(rows)) < LARGEST:
            rows = dice.choice([_odd, swapped, grown, _shuffled])(rows, dice)
    kept = dice.random() < 0.5
    separator = "\n" if lines or dice.random() < 0.2 else ""
    data = separator.join(json.dumps(row, ensure_ascii=kept) for row in rows).encode("utf-8", "surrogatepass")
    if dice.random() < 0.3:
        data = with_bytes_changed(data, dice)
    return cut(data, dice) if dice.random() < 0.2 else data


def _odd(rows: list[Any], dice: random.Random) -> list[Any]:
    chance = dice.choice([0.005, 0.02, 0.1])
    return [mutated(row, chance, dice) for row in rows]


def _shuffled(rows: list[Any], dice: random.Random) -> list[Any]:
    rows = [*rows, *dice.choices(rows, k=dice.choice([0, 1, 5])), *dice.choices(ODD, k=dice.choice([0, 0, 1]))]
    if dice.random() < 0.5:
        dice.shuffle(rows)
    return rows


def _read(part: Part, fuzzed: Fuzzed) -> str | None:
    """Read a mutant, and return what is wrong with that, if anything is."""
    kilobytes = max(part.size / 1024, 1)
    fuzzed.runs += 1
    fuzzed.kilobytes += kilobytes
    signal.alarm(HUNG + int(kilobytes * SLOWEST * 3))
    began = time.process_time()
    try:
        digest_part(part, frozenset())
        took = time.process_time() - began
        peak = _memory(part) if fuzzed.runs % MEASURED == 0 else 0
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        if isinstance(error, TimeoutError):
            frame = next(f for f in reversed(traceback.extract_tb(error.__traceback__)) if f.name != "_stop")
        return f"{type(error).__name__} in {Path(frame.filename).name}, line {frame.lineno}: {error}"
    finally:
        signal.alarm(0)
    if took > FREE:
        fuzzed.slowest = max(fuzzed.slowest, took / kilobytes)
    fuzzed.hungriest = max(fuzzed.hungriest, peak)
    if took > FREE + SLOWEST * kilobytes:
        return f"slow: {took:.2f} s for {kilobytes:,.0f} KB"
    free, times = MEMORY
    return f"hungry: {peak:,} bytes for {part.size:,}" if peak > free + times * part.size else None


def _memory(part: Part) -> int:
    """Return the most memory that reading takes, in bytes."""
    tracemalloc.start()
    try:
        digest_part(part, frozenset())
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _stop(*_: object) -> None:
    raise TimeoutError("it hangs")


if __name__ == "__main__":
    sys.exit(main())
