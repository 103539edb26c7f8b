"""What a snippet raised, as the record that is kept: the same bytes on every run, and nothing of the machine."""

from __future__ import annotations

import json
import re
import subprocess
from functools import cache
from typing import TYPE_CHECKING, Any

from skills_lint.errors.parse import error_of, read_output

from .sandbox import COMMAND, VENV, Run, run_snippet

if TYPE_CHECKING:
    from collections.abc import Iterator

TOLD = ("snippet", "python", "libraries", "exception_type", "message", "bases", "traceback", "exit_code")
_IMPORTED = re.compile(r"""(?:^|[;"'])[ \t]*(?:import|from)[ \t]+(\w+)""", re.M)
_OF_ONE_RUN = (
    (re.compile(r"0x[0-9a-fA-F]{6,}"), "0x7f0000000000"),
    (re.compile(r"\bin \d+\.\d\ds\b"), "in 0.01s"),  # pytest's last line
    (re.compile(r"\(PID \d+\)"), "(PID 1234)"),
)
_LONG = 8_000  # characters of an output that is kept whole
_FACTS = """
import importlib.metadata as metadata, json, platform, sys
packages = metadata.packages_distributions()
owner = {name: name if name in owners else owners[0] for name, owners in packages.items()}
versions = {name: metadata.version(owner[name]).partition("+")[0] for name in owner}
print(json.dumps([platform.python_version(), sys.base_prefix, versions]))
"""


def raise_error(snippet: str) -> dict[str, Any] | None:
    """Return what a snippet raises, with what raised it; None where it ends well."""
    run = run_snippet(snippet)
    text = _without_machine(run)
    output = read_output(text)
    error = error_of(output)
    if error is None and output.exit is None and run.exit_code == 0:
        return None
    return {
        "snippet": snippet,
        **versions(snippet),
        "exception_type": error.qualified if error is not None else None,
        "message": error.message if error is not None else output.exit,
        "bases": list(run.bases),
        "traceback": _shortened(text),
        "exit_code": run.exit_code,
    }


def versions(snippet: str) -> dict[str, Any]:
    """Return the versions of Python and of the libraries that a snippet imports."""
    python, _, installed = _facts()
    return {"python": python, "libraries": {name: installed[name] for name in _imported(snippet) if name in installed}}


def fault_row(record: dict[str, Any], *, whole: bool = True) -> dict[str, Any]:
    """Return a record as `skills-lint group` reads it; not whole: type and message alone."""
    row = {key: record[key] for key in ("exception_type", "message", "exit_code")}
    if whole:
        row |= {"code": record["snippet"].removeprefix(COMMAND), "traceback": record["traceback"]}
    return row


def _imported(snippet: str) -> Iterator[str]:
    yield from sorted({found[1] for found in _IMPORTED.finditer(snippet)})


@cache
def _facts() -> tuple[str, str, dict[str, str]]:
    """Return the version of the other interpreter, where it is installed, and what is installed there."""
    done = subprocess.run([VENV / "bin" / "python", "-c", _FACTS], capture_output=True, check=True)
    python, prefix, installed = json.loads(done.stdout)
    return python, prefix, installed


def _without_machine(run: Run) -> str:
    text = run.text.replace(run.folder, "/tmp/run").replace(str(VENV), "/venv")  # noqa: S108 - a name, not a file
    text = text.replace(_facts()[1], "/usr")
    for pattern, stands_for in _OF_ONE_RUN:
        text = pattern.sub(stands_for, text)
    return text


def _shortened(text: str) -> str:
    """Return a text without its middle, if it is very long and reads the same without."""
    if len(text) <= _LONG:
        return text
    lines = text.splitlines(keepends=True)
    head, tail = _taken(lines, _LONG // 4), _taken(lines[::-1], _LONG // 2)[::-1]
    short = "".join((*head, "  ...\n", *tail))
    return short if _told(short) == _told(text) else text


def _taken(lines: list[str], size: int) -> list[str]:
    taken: list[str] = []
    for line in lines:
        size -= len(line)
        if size < 0:
            break
        taken.append(line)
    return taken


def _told(text: str) -> tuple[str, str] | None:
    error = error_of(read_output(text))
    return (error.qualified, error.message) if error is not None else None
