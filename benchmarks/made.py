"""Traces made for benchmarks, with the places of all executions and failures in them.

What agents say, read and run is taken from the standard library's sources, since that is text that people wrote: it
has tracebacks in its docstrings, the words of errors everywhere, quotes, tabs and other scripts. Most calls fail
rarely, and those of other tools too; that is none of our failures.
"""

from __future__ import annotations

import json
import os
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.spelled import FORMATS, Turn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TRUTH = "places.json"
_FAILED = 0.01  # share of the executions, and of the other calls
_TURNS_A_REQUEST = 8
_TEXT = (8.0, 1.0)  # logarithm of the bytes of a text: median 3 KB, one in fifty more than 20 KB
_LONGEST = 200_000
_ERRORS = (
    "KeyError: 'close'",
    "TypeError: '<' not supported between instances of 'str' and 'int'",
    "ModuleNotFoundError: No module named 'scipy'",
    "NameError: name 'frame' is not defined",
    "ValueError: could not convert string to float: 'n/a'",
    "AttributeError: 'NoneType' object has no attribute 'group'",
    "FileNotFoundError: [Errno 2] No such file or directory: 'prices.csv'",
    "ZeroDivisionError: division by zero",
    "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)",
)
_OTHERS = (  # tool, arguments, what it says when it fails
    ("read_file", {"path": "/srv/app/store.py"}, "File does not exist."),
    ("search", {"pattern": "Traceback", "path": "logs"}, "rg: logs: No such file or directory (os error 2)"),
    ("list_files", {"path": "/srv/app"}, "ls: cannot open directory '/srv/app': Permission denied"),
    ("edit_file", {"path": "/srv/app/store.py", "old": "a", "new": "b"}, "String to replace not found in file."),
)


@dataclass(frozen=True, slots=True)
class Truth:
    """What a file holds, by the lines of the results."""

    executions: int
    failures: list[int]


def make_traces(
    folder: Path, size: int, files: int, *, python: float, formats: Sequence[str] = tuple(FORMATS), seed: int = 1
) -> None:
    """Write traces of `size` bytes in `files` files, and beside them `places.json`; `python` is its share of the calls.

    One file is one session. Formats take turns, and so do ways to spell JSON.
    """
    folder.mkdir(parents=True, exist_ok=True)
    truth: dict[str, Any] = {}
    for number in range(files):
        format_ = formats[number % len(formats)]
        name = f"{format_}-{number:05}.jsonl"
        chance = random.Random(f"{seed} {number}")
        spelling = _spelling(number // len(formats))
        found = _write(folder / name, _session(f"s{number}", chance, python), format_, spelling, size // files)
        truth[name] = {"executions": found.executions, "failures": found.failures}
    (folder / TRUTH).write_text(json.dumps(truth), encoding="utf-8")


def join_traces(folder: Path, into: Path) -> None:
    """Write the traces of a folder as one file into another folder, with its truth."""
    into.mkdir(parents=True, exist_ok=True)
    executions, failures, lines = 0, list[int](), 0
    with (into / "all.jsonl").open("wb") as joined:
        for name, found in read_truth(folder).items():
            data = (folder / name).read_bytes()
            joined.write(data)
            executions += found.executions
            failures += [lines + line for line in found.failures]
            lines += data.count(b"\n")
    truth = {"all.jsonl": {"executions": executions, "failures": failures}}
    (into / TRUTH).write_text(json.dumps(truth), encoding="utf-8")


def read_truth(folder: Path) -> dict[str, Truth]:
    """Return what the files of a folder hold, by their names."""
    told = json.loads((folder / TRUTH).read_text(encoding="utf-8"))
    return {name: Truth(found["executions"], found["failures"]) for name, found in told.items()}


def wrong(result: dict[str, Any], folder: Path) -> str | None:
    """Return in what a scan result, as JSON, differs from the truth; None if it is exact, places included."""
    truth = read_truth(folder)
    found = sorted((Path(failure["file"]).name, failure["line"]) for failure in result["failures"])
    there = sorted((name, line) for name, told in truth.items() for line in told.failures)
    executions = sum(told.executions for told in truth.values())
    if found != there:
        missed, extra = len(set(there) - set(found)), len(set(found) - set(there))
        return f"failures: {missed} missed, {extra} too many"
    if result["executions"] != executions:
        return f"executions: {result['executions']} of {executions}"
    return None


def _spelling(number: int) -> dict[str, Any]:
    return {"ensure_ascii": bool(number % 2), "separators": ((", ", ": "), (",", ":"))[number // 2 % 2]}


def _write(file: Path, turns: Iterator[Turn], format_: str, spelling: dict[str, Any], size: int) -> Truth:
    spell = FORMATS[format_]
    written = line = executions = 0
    failures: list[int] = []
    late: list[tuple[Turn, Any]] = []  # results that come after the next call
    with file.open("w", encoding="utf-8", newline="\n") as out:
        while written < size or late:
            turn = next(turns)
            spelled = spell(turn)
            results = [*late, (turn, spelled.result)]
            if spelled.apart and turn.number % 10 == 0 and written < size:
                late, results = results[-1:], results[:-1]
            else:
                late = []
            for told, record in [*((None, record) for record in spelled.before), *results]:
                text = json.dumps(record, **spelling)
                out.write(text + "\n")
                written += len(text) + 1
                line += 1
                if told is not None and "code" in told.arguments:
                    executions += 1
                    if told.failed:
                        failures.append(line)
    return Truth(executions, failures)


def _session(name: str, chance: random.Random, python: float) -> Iterator[Turn]:
    """Yield turns without end."""
    number = 0
    while True:
        number += 1
        runs, failed = chance.random() < python, chance.random() < _FAILED
        if runs:
            tool, arguments, complaint = "execute_python", {"code": _text(chance, 1500)}, _traceback(chance)
        else:
            tool, arguments, complaint = chance.choice(_OTHERS)
        yield Turn(
            session=name,
            number=number,
            asked=_text(chance, 1000) if number % _TURNS_A_REQUEST == 1 else None,
            said=_text(chance),
            tool=tool,
            arguments=arguments,
            failed=failed,
            printed=complaint if failed else _text(chance),
        )


def _traceback(chance: random.Random) -> str:
    frames = "".join(
        f'  File "/srv/app/{module}.py", line {chance.randrange(1, 400)}, in {module}\n    return {module}(frame)\n'
        for module in ("store", "frames")[: chance.randrange(3)]
    )
    head = f'Traceback (most recent call last):\n  File "<stdin>", line {chance.randrange(1, 90)}, in <module>\n'
    return f"{head}    run()\n{frames}{chance.choice(_ERRORS)}"


def _text(chance: random.Random, most: int = _LONGEST) -> str:
    """Return some lines of the standard library."""
    size = min(int(chance.lognormvariate(*_TEXT)), most)
    start = chance.randrange(len(_library()) - size)
    text = _library()[start : start + size]
    return text[text.find("\n") + 1 : text.rfind("\n")] or "pass"


@cache
def _library() -> str:
    folder = Path(os.__file__).parent
    return "".join(file.read_text(encoding="utf-8", errors="ignore") for file in sorted(folder.glob("*.py")))
