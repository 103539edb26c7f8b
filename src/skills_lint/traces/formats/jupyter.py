"""Jupyter notebooks: a code cell that ran is an execution, and its outputs are the result."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..event import Call, Result, UserSaid
from ..shared.about import About
from ..shared.narrow import list_of, object_of, own_session, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..event import Event, Record, Spot

NAME = "jupyter"
ABOUT = About(
    title="Jupyter notebooks",
    files="`*.ipynb`",
    recognised="`cells` with `cell_type`, or `worksheets` with such cells",
    versions="nbformat 3 and 4; times of JupyterLab, papermill, Colab and ExecuteTime",
    execution="one code cell that was run; a cell of `%%bash` is a command",
    failure="`output_type: error`; for commands in a cell (`!python x.py`) also their output",
    request="the nearest cell of text above",
    skills="read: opening a `SKILL.md` in a cell of commands",
    source="real files; <https://nbformat.readthedocs.io/en/latest/format_description.html>",
)

_PYTHON = frozenset({"", "python", "python2", "python3", "ipython"})
_SHELL = re.compile(r"\s*%%(?:bash|sh|script[ \t]+(?:ba|z)?sh)\b[^\n]*\n")
_COMMANDS = re.compile(r"(?m)^[ \t]*(?:[A-Za-z_][\w, ]{0,200}=[ \t]*)?(?:!|%(?:run|sx|system|bash|sh)\b|%%)")
_ERRORS = ("error", "pyerr")
_TIMES = (  # in a cell's metadata, by who writes them
    ("execution", "iopub.status.idle"), ("execution", "shell.execute_reply"), ("execution", "iopub.execute_input"),
    ("papermill", "end_time"), ("papermill", "start_time"),
    ("ExecuteTime", "end_time"), ("ExecuteTime", "start_time"),
    ("executionInfo", "timestamp"),
)  # fmt: skip


def recognise(head: Sequence[Record]) -> float:
    """Return the share of records that are notebooks."""
    ours = sum(any("cell_type" in cell for _, cell in _cells(record.value)) for record in head)
    return ours / len(head) if head else 0.0


def events(records: Iterable[Record]) -> Iterator[Event]:
    """Yield the events of notebooks."""
    for record in records:
        session, language = own_session(record), _language(object_of(record.value).get("metadata"))
        for pointer, cell in _cells(record.value):
            spot, source = record.spot(pointer), _joined(cell.get("source", cell.get("input")))
            if cell.get("cell_type") in ("markdown", "heading", "raw"):
                yield UserSaid(spot, source, session=session)
            elif cell.get("cell_type") == "code" and _ran(cell):
                time = _time(object_of(cell.get("metadata")))
                tool, arguments = _request(source, text_of(cell.get("language")).lower() or language)
                yield Call(spot, pointer, tool, arguments, session=session, time=time)
                yield _result(spot, pointer, source, cell, session, time)


def _cells(notebook: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield pointer and fields of each cell."""
    holders = [("", object_of(notebook))]
    sheets = list_of(holders[0][1].get("worksheets"))
    holders += [(f"/worksheets/{index}", object_of(sheet)) for index, sheet in enumerate(sheets)]
    for pointer, holder in holders:
        for index, cell in enumerate(list_of(holder.get("cells"))):
            yield f"{pointer}/cells/{index}", object_of(cell)


def _language(metadata: Any) -> str:
    fields = object_of(metadata)
    told = object_of(fields.get("language_info")).get("name") or object_of(fields.get("kernelspec")).get("language")
    return text_of(told).lower()


def _ran(cell: dict[str, Any]) -> bool:
    return bool(list_of(cell.get("outputs"))) or text_of(cell.get("execution_count", cell.get("prompt_number"))) != ""


def _request(source: str, language: str) -> tuple[str, Any]:
    """Return tool and arguments of what a cell runs."""
    command = _SHELL.match(source)
    if command is not None:
        return "shell", {"command": source[command.end() :]}
    if language in _PYTHON:
        return "notebook", {"code": source}
    return f"{language} cell", {"text": source}  # `code` might be taken for Python


def _result(spot: Spot, call_id: str, source: str, cell: dict[str, Any], session: str, time: Any) -> Result:
    printed: dict[str, list[str]] = {"stdout": [], "stderr": []}
    error: tuple[str, str] | None = None
    traceback = ""
    for output in map(object_of, list_of(cell.get("outputs"))):
        if output.get("output_type") in _ERRORS:
            error = text_of(output.get("ename")), text_of(output.get("evalue"))
            traceback = "\n".join(map(text_of, list_of(output.get("traceback"))))
        else:
            name = output.get("name", output.get("stream"))
            printed["stderr" if name == "stderr" else "stdout"].append(_printed(output))
    stdout, stderr = "".join(printed["stdout"]), "".join(printed["stderr"])
    if error is not None:
        stdout, stderr = stdout + stderr, traceback or ": ".join(filter(None, error))
    silent = (
        _COMMANDS.search(source) is not None and _SHELL.match(source) is None
    )  # a command's failure is not the cell's
    ok = False if error is not None else None if silent else True
    known = error if error is not None and error[0] else None
    return Result(spot, call_id, ok=ok, error=known, stdout=stdout, stderr=stderr or None, session=session, time=time)


def _printed(output: dict[str, Any]) -> str:
    data = output.get("text")
    return _joined(object_of(output.get("data")).get("text/plain") if data is None else data)


def _joined(value: Any) -> str:
    """Return a text that may be stored as a list of its lines."""
    return "".join(map(text_of, value)) if isinstance(value, list) else text_of(value)


def _time(metadata: dict[str, Any]) -> Any:
    """Return when a cell ended, or else began."""
    told = (object_of(metadata.get(writer)).get(name) for writer, name in _TIMES)
    return next((time for time in told if time), None)
