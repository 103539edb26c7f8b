"""Jupyter notebooks: cells that ran, cells of commands, other languages, older versions, and times of many writers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skills_lint.traces.result import ScanResult

Write = Callable[..., Path]
Scanned = Callable[..., ScanResult]
TRACE = 'Traceback (most recent call last):\n  File "x.py", line 2, in <module>\nKeyError: 1\n'
ERROR = {
    "output_type": "error",
    "ename": "KeyError",
    "evalue": "1",
    "traceback": ["KeyError  Traceback (most recent call last)", "Cell In[1], line 1\n----> 1 {}[1]", "KeyError: 1"],
}


def code(source: str | list[str], *outputs: dict[str, Any], count: int | None = 1, **metadata: Any) -> dict[str, Any]:
    cell = {"cell_type": "code", "source": source, "outputs": list(outputs), "metadata": metadata}
    return {**cell, "execution_count": count}


def printed(text: str, name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def notebook(*cells: dict[str, Any], language: str = "python") -> str:
    metadata = {"language_info": {"name": language}}
    return json.dumps({"nbformat": 4, "metadata": metadata, "cells": list(cells)}, indent=1)


def test_cells_that_were_not_run_are_no_executions(write: Write, scanned: Scanned) -> None:
    write("a.ipynb", notebook(code("x = 1", count=None), code("x = 1"), code("x = 1", printed("1"), count=None)))
    assert scanned().executions == 2


def test_the_nearest_text_above_is_the_request(write: Write, scanned: Scanned) -> None:
    texts: list[dict[str, Any]] = [
        {"cell_type": "markdown", "source": text, "metadata": {}} for text in ("# Prices", "Read the price.")
    ]
    write("a.ipynb", notebook(*texts, code(["{}[", "1]"], ERROR)))
    (failure,) = scanned().failures
    assert (failure.pointer, failure.user_request) == ("/cells/2", "Read the price.")
    assert (failure.fault.type, failure.fault.message, failure.fault.code) == ("KeyError", "1", "{}[1]")


def test_an_error_without_a_traceback_is_still_known(write: Write, scanned: Scanned) -> None:
    write("a.ipynb", notebook(code("{}[1]", printed("so far"), {**ERROR, "traceback": []})))
    (failure,) = scanned().failures
    assert (failure.fault.type, failure.fault.message) == ("KeyError", "1")


PRINTED = {
    "by a command that failed": ("!python x.py", 1),
    "by a command whose output is kept": ("lines = !python x.py\nprint(lines.s)", 1),
    "by a cell that went on": ("traceback.print_exc()", 0),
}


@pytest.mark.parametrize(("source", "failures"), PRINTED.values(), ids=PRINTED.keys())
def test_a_traceback_was_printed(source: str, failures: int, write: Write, scanned: Scanned) -> None:
    write("a.ipynb", notebook(code(source, printed(TRACE, "stderr"))))
    assert len(scanned().failures) == failures


def test_a_cell_of_another_language_is_no_python(write: Write, scanned: Scanned) -> None:
    error = {"output_type": "error", "ename": "ERROR", "evalue": "no price", "traceback": ["Error: no price\n"]}
    write("a.ipynb", notebook(code("x = 1\nstop('no price')", error), language="R"))
    result = scanned()
    assert (result.tool_calls, result.executions, result.other_failures) == (1, 0, 1)


def test_a_notebook_of_version_3_is_read(write: Write, scanned: Scanned) -> None:
    error = {**ERROR, "output_type": "pyerr"}
    cell = {"cell_type": "code", "input": ["{}[1]"], "language": "python", "outputs": [error], "prompt_number": 1}
    text = {"cell_type": "heading", "level": 1, "source": ["Prices"]}
    write("a.ipynb", json.dumps({"nbformat": 3, "metadata": {}, "worksheets": [{"cells": [text, cell]}]}))
    (failure,) = scanned().failures
    assert (failure.pointer, failure.user_request, failure.fault.code) == ("/worksheets/0/cells/1", "Prices", "{}[1]")


TIMES = {
    "JupyterLab": {"execution": {"iopub.execute_input": "2026-09-21T14:13:20Z"}},
    "papermill": {"papermill": {"start_time": "2026-09-21T14:13:20", "end_time": None}},
    "ExecuteTime": {"ExecuteTime": {"start_time": "2026-09-21T14:13:20.5", "end_time": "2026-09-21T14:13:20.9"}},
    "Colab": {"executionInfo": {"timestamp": 1790000000123}},
}


@pytest.mark.parametrize("metadata", TIMES.values(), ids=TIMES.keys())
def test_the_time_is_read(metadata: dict[str, Any], write: Write, scanned: Scanned) -> None:
    write("a.ipynb", notebook(code("{}[1]", ERROR, **metadata)))
    (failure,) = scanned().failures
    assert (failure.timestamp or "")[:19] == "2026-09-21T14:13:20"
