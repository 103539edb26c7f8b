"""The error that counts: wrappers, chains, groups and preambles that only pass another one on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.errors.fault import Fault
from skills_lint.errors.thrown import Thrown, thrown

DIRECT = "The above exception was the direct cause of the following exception:"
WHILE = "During handling of the above exception, another exception occurred:"
MISSING = "FileNotFoundError: [Errno 2] No such file or directory: 'prices.csv'"
LIBRARY = "/venv/lib/python3.11/site-packages/storage/read.py"


def error(name: str, message: str, traceback: str | None = None) -> Thrown:
    return thrown(Fault(name.rpartition(".")[2], name, message, traceback, None))


def block(last: str, source: str, *, function: str = "load", file: str = "/work/load.py") -> str:
    return f'Traceback (most recent call last):\n  File "{file}", line 4, in {function}\n    {source}\n{last}\n'


def chain(
    tie: str, outer: str, *, source: str = "raise error", function: str = "load", file: str = "/work/load.py"
) -> str:
    inner = block(MISSING, "open(path)")
    return f"{inner}\n{tie}\n\n{block(outer, source, function=function, file=file)}"


TOLD = {
    "SQLAlchemy's": (
        "sqlalchemy.exc.OperationalError",
        "(sqlite3.OperationalError) no such table: prices\n[SQL: SELECT * FROM prices]\n"
        "(Background on this error at: https://sqlalche.me/e/20/e3q8)",
        "sqlite3.OperationalError",
        "no such table: prices",
    ),
    "SQLAlchemy's of a builtin": (
        "sqlalchemy.exc.StatementError",
        "(builtins.TypeError) SQLite Date type only accepts Python date objects as input.\n[SQL: INSERT]",
        "TypeError",
        "SQLite Date type only accepts Python date objects as input.",
    ),
    "pandas' for SQL": (
        "pandas.errors.DatabaseError",
        "Execution failed on sql 'SELECT * FROM x WHERE a = 'b': ': no such column: a",
        "sqlite3.OperationalError",
        "no such column: a",
    ),
    "pandas' for SQL with a syntax error": (
        "pandas.errors.DatabaseError",
        "Execution failed on sql 'SELEC 1': near \"SELEC\": syntax error",
        "sqlite3.OperationalError",
        'near "SELEC": syntax error',
    ),
    "a tool's": ("ToolException", "Error executing tool run: KeyError: 'x'", "KeyError", "'x'"),
    "a tool's with a repr": ("ToolError", "run failed with ValueError('bad side')", "ValueError", "bad side"),
    "an interpreter's": (
        "InterpreterError",
        "Code execution failed at line 'x = 1 / 0' due to: ZeroDivisionError: division by zero",
        "ZeroDivisionError",
        "division by zero",
    ),
    "a task's words": (
        "RuntimeError",
        "step 3 failed: name 'x' is not defined",
        "NameError",
        "name 'x' is not defined",
    ),
    "a task's words before a missing file": (
        "Exception",
        "cannot load: [Errno 2] No such file or directory: 'a.csv'",
        "FileNotFoundError",
        "[Errno 2] No such file or directory: 'a.csv'",
    ),
    "tenacity's": (
        "tenacity.RetryError",
        "RetryError[<Future at 0x7f state=finished raised KeyError>]",
        "KeyError",
        "",
    ),
    "Ray's": (
        "ray.exceptions.RayTaskError",
        'ray::f() (pid=3, ip=1.2.3.4)\n  File "a.py", line 3, in f\n    1 / 0\nZeroDivisionError: division by zero',
        "ZeroDivisionError",
        "division by zero",
    ),
    "a notebook runner's": (
        "nbclient.exceptions.CellExecutionError",
        "An error occurred while executing the following cell:\n------------------\nx\n------------------\n\n"
        "---------------------------------------------------------------------------\n"
        "NameError                                 Traceback (most recent call last)\n"
        "Cell In[1], line 1\n----> 1 x\n\nNameError: name 'x' is not defined\n",
        "NameError",
        "name 'x' is not defined",
    ),
}


@pytest.mark.parametrize(("name", "message", "inner", "told"), TOLD.values(), ids=TOLD.keys())
def test_a_message_tells_the_error_that_it_passes_on(name: str, message: str, inner: str, told: str) -> None:
    found = error(name, message)
    assert (found.qualified, found.message) == (inner, told)
    assert found.by is not None


OWN = {
    "an error of the task": ("ValueError", "cannot load: prices"),
    "a library's error about a value": ("ValueError", "time data '3' does not match format '%Y': KeyError: 'x'"),
    "a generic error that names no other": ("RuntimeError", "CUDA error: device-side assert triggered"),
    "a generic error that ends in a word": ("RuntimeError", "expected one of cpu, cuda: gpu"),
    "a parenthesis that is no class": ("ValueError", "(3) is not a side"),
    "a test that compares tracebacks": ("AssertionError", f"assert '{block(MISSING, 'x')}' == ''"),
    "CPython's own of a generic class": ("RuntimeError", "dictionary changed size during iteration"),
}


@pytest.mark.parametrize(("name", "message"), OWN.values(), ids=OWN.keys())
def test_an_error_that_speaks_for_itself_stays(name: str, message: str) -> None:
    assert error(name, message) == Thrown(name, name, message, None)


CHAINED = {
    "a generic error raised from it": chain(DIRECT, "RuntimeError: cannot load"),
    "a generic error raised by its handler": chain(
        WHILE, "RuntimeError: cannot load", source="raise RuntimeError(text)"
    ),
    "a bare error": chain(WHILE, "RuntimeError"),
    "an exit with a number": chain(WHILE, "SystemExit: 1"),
    "a message that ends in its own": chain(
        WHILE, "ValueError: cannot load: [Errno 2] No such file or directory: 'prices.csv'"
    ),
    "a message that ends in its repr": chain(
        DIRECT, "ValueError: cannot load: FileNotFoundError(2, 'No such file or directory')"
    ),
    "a class of the task whose message ends in its own": chain(
        DIRECT, "app.errors.LoadError: no prices ([Errno 2] No such file or directory: 'prices.csv')"
    ),
    "its own message under another class": chain(WHILE, MISSING.replace("FileNotFoundError", "RuntimeError")),
    "a runner's error raised from it": chain(DIRECT, "tenacity.RetryError: RetryError[<Future at 0x7f raised it>]"),
    "two links": f"{chain(DIRECT, 'RuntimeError: cannot load')}\n{DIRECT}\n\n{block('Exception: job failed', 'run()')}",
}


@pytest.mark.parametrize("traceback", CHAINED.values(), ids=CHAINED.keys())
def test_a_chain_is_looked_through_for(traceback: str) -> None:
    name, _, message = traceback.rstrip().rpartition("\n")[2].partition(": ")
    found = error(name, message, traceback)
    assert (found.type, found.message) == ("FileNotFoundError", "[Errno 2] No such file or directory: 'prices.csv'")
    assert found.by is not None
    assert found.frames[0].source == "open(path)"


KEPT = {
    "an error in a handler": chain(
        WHILE, "AttributeError: 'Logger' object has no attribute 'eror'", source="log.eror()"
    ),
    "an error of its own words": chain(DIRECT, "ValueError: no prices"),
    "a generic error of another function": chain(WHILE, "RuntimeError: server is down", function="fetch"),
    "a library's class": chain(
        DIRECT, "requests.exceptions.ConnectionError: no: [Errno 2] No such file or directory: 'prices.csv'"
    ),
    "a library's builtin error": chain(
        DIRECT, "ValueError: no: [Errno 2] No such file or directory: 'prices.csv'", file=LIBRARY
    ),
    "a library's error of a name like a runner's": chain(
        DIRECT, "requests.exceptions.RetryError: Max retries exceeded"
    ),
    "the same error again": chain(WHILE, MISSING),
}


@pytest.mark.parametrize("traceback", KEPT.values(), ids=KEPT.keys())
def test_a_chain_is_not_looked_through_for(traceback: str) -> None:
    name, _, message = traceback.rstrip().rpartition("\n")[2].partition(": ")
    assert error(name, message, traceback).by is None


def group(*parts: str, count: int | None = None) -> tuple[str, str]:
    """Return the message and the traceback of a group of exceptions."""
    size = len(parts) if count is None else count
    message = f"unhandled errors in a TaskGroup ({size} sub-exception{'s' if size > 1 else ''})"
    lines = [
        "  + Exception Group Traceback (most recent call last):",
        '  |   File "/work/run.py", line 9, in <module>',
        "  |     asyncio.run(main())",
        f"  | ExceptionGroup: {message}",
    ]
    for number, part in enumerate(parts, 1):
        lines.append(f"  {'+-' if number == 1 else '  '}+---------------- {number} ----------------")
        lines += [f"    | {line}" for line in block(part, "fetch()").splitlines()]
    lines.append("    +------------------------------------")
    return message, "\n".join(lines) + "\n"


@pytest.mark.parametrize("parts", [("KeyError: 'a'",), ("KeyError: 'a'", "KeyError: 'b'", "KeyError: 'c'")])
def test_of_a_group_of_one_kind_the_first_counts(parts: tuple[str, ...]) -> None:
    found = error("ExceptionGroup", *group(*parts))
    assert (found.type, found.message) == ("KeyError", "'a'")
    assert found.by is not None
    assert "ExceptionGroup" in found.by


@pytest.mark.parametrize("told", [group("KeyError: 'a'", "ValueError: b"), group("KeyError: 'a'", count=3)])
def test_a_group_of_several_kinds_or_that_is_cut_stays(told: tuple[str, str]) -> None:
    assert error("ExceptionGroup", *told).type == "ExceptionGroup"


def test_what_a_worker_raised_counts() -> None:
    inner = block("KeyError: 'label'", "return row['label']").replace("Traceback", "Original Traceback", 1)
    outer = block("KeyError: Caught KeyError in DataLoader worker process 0.", "raise exception")
    found = error("KeyError", "Caught KeyError in DataLoader worker process 0.", outer + inner)
    assert found.message == "'label'"


def test_what_a_pool_raised_again_is_what_its_worker_raised() -> None:
    inner = block("KeyError: 'label'", "return row['label']")
    outer = block(
        "KeyError: 'label'", "raise self._value", file="/venv/lib/python3.11/site-packages/joblib/parallel.py"
    )
    found = error(
        "KeyError", "'label'", f'multiprocessing.pool.RemoteTraceback: \n"""\n{inner}"""\n\n{DIRECT}\n\n{outer}'
    )
    assert (found.type, found.by) == ("KeyError", "what the worker of KeyError raised")
    assert found.frames[0].source == "return row['label']"


def test_the_traceback_of_another_error_changes_nothing() -> None:
    assert error("KeyError", "'x'", chain(DIRECT, "RuntimeError: cannot load")).by is None


def test_a_run_without_an_exception_has_no_error() -> None:
    assert thrown(Fault(None, None, None, None, None, 137)) == Thrown(None, None, None, None)


@given(st.text(), st.text(), st.sampled_from(["RuntimeError", "ToolError", "ExceptionGroup", "KeyError"]))
def test_no_text_breaks_it(message: str, traceback: str, name: str) -> None:
    error(name, message, f"{traceback}\n{DIRECT}\n{traceback}")
