"""Run the snippets under several interpreters and write down what they said.

    python tests/errors/said/record.py INTERPRETER...

Writes `recorded.jsonl` beside this file: a line a snippet, with the form that it is filed under and each distinct
message with the versions of Python that gave it and the parts that are read from it now, for a person to look through.
Snippets that it holds already are not run again; for another set of interpreters it is deleted first.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from skills_lint.errors.parse import parse_error
from skills_lint.errors.said import read_message

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).parent
RECORDED = HERE / "recorded.jsonl"


def main(interpreters: list[str]) -> None:
    """Write the record of all snippets under these interpreters."""
    asked = ((_ask(python, "'%d.%d' % sys.version_info[:2]"), python) for python in interpreters)
    homes = dict(sorted(asked, key=lambda one: int(one[0].partition(".")[2])))
    snippets = yaml.safe_load((HERE / "snippets.yaml").read_text(encoding="utf-8"))
    tasks = [(form, snippet) for form, group in snippets.items() for snippet in group]
    known = _known()
    with ThreadPoolExecutor(2) as pool:
        answers = pool.map(lambda task: known.get(task[1]) or _seen(task[1], homes), tasks)
        records = [
            {"form": form, "snippet": snippet, "seen": [_with_parts(one) for one in seen]}
            for (form, snippet), seen in zip(tasks, answers, strict=True)
        ]
    RECORDED.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), encoding="utf-8")


def _known() -> dict[str, list[dict[str, Any]]]:
    """Return what each snippet said when it was recorded before."""
    if not RECORDED.exists():
        return {}
    records = map(json.loads, RECORDED.read_text(encoding="utf-8").splitlines())
    return {record["snippet"]: record["seen"] for record in records}


def _seen(snippet: str, homes: dict[str, str]) -> list[dict[str, Any]]:
    """Return the distinct messages of a snippet with the versions that gave them."""
    said: dict[tuple[str, str], list[str]] = {}
    for version, python in homes.items():
        error = _error(python, snippet)
        if error is not None:
            said.setdefault(error, []).append(version)
    return [
        {"type": type_, "message": message, "python": _in_short(versions, homes)}
        for (type_, message), versions in said.items()
    ]


def _in_short(versions: list[str], all_versions: Iterable[str]) -> str:
    """Return "3.8-3.10" for versions that follow each other, else each of them."""
    known = [*all_versions]
    first, last = known.index(versions[0]), known.index(versions[-1])
    if len(versions) > 2 and last - first + 1 == len(versions):
        return f"{versions[0]}-{versions[-1]}"
    return " ".join(versions)


def _with_parts(one: dict[str, Any]) -> dict[str, Any]:
    """Return what was seen with the parts that are read from it now."""
    said = read_message(one["type"], one["message"])
    return one | {"parts": dict(said.parts) if said else {}}


def _error(python: str, snippet: str) -> tuple[str, str] | None:
    """Return type and message of the error that ended the snippet, None where none did."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "NO_COLOR": "1", "PYTHONUTF8": "1"}
        run = subprocess.run(
            [python, "-c", snippet], cwd=folder, env=environment, capture_output=True, text=True, timeout=60,
            errors="replace", stdin=subprocess.DEVNULL,
        )  # fmt: skip
        prefix = _ask(python, "sys.prefix")
        error = parse_error(run.stderr)
        if error is None:
            return None
        message = error.message[:400].replace(folder, "/work").replace(prefix, "/usr")
        message = re.sub(r"(?<=python)3\.\d+(?=/)|(?<=cpython-)3\d+(?=-)", "3", message)
        message = re.sub(r"(?<=timed out after )[\d.]+", "0.1", message)
        return error.type, re.sub(r"0x[0-9a-f]{8,}", "0x7f0000000000", message)


@cache
def _ask(python: str, expression: str) -> str:
    run = subprocess.run([python, "-c", f"import sys; print({expression})"], capture_output=True, text=True, check=True)
    return run.stdout.strip()


if __name__ == "__main__":
    main(sys.argv[1:])
