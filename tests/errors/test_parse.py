"""What ended a run, read from what it printed: one case a form that errors have in the wild."""

from __future__ import annotations

import pytest

from skills_lint.errors.parse import Frame, parse_error

TRACEBACK = """Traceback (most recent call last):
  File "/work/load.py", line 12, in <module>
    main()
  File "/work/load.py", line 8, in main
    return row["close"]
           ~~~^^^^^^^^^
KeyError: 'close'
"""

CHAIN = """Traceback (most recent call last):
  File "a.py", line 2, in <module>
    {}["date"]
KeyError: 'date'

{marker}

Traceback (most recent call last):
  File "a.py", line 4, in <module>
    raise RuntimeError("no frame") from error
RuntimeError: no frame
"""

GROUP = """  + Exception Group Traceback (most recent call last):
  |   File "/work/tasks.py", line 9, in <module>
  |     asyncio.run(main())
  | ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "/work/tasks.py", line 3, in first
    |     int("x")
    | ValueError: invalid literal for int() with base 10: 'x'
    +---------------- 2 ----------------
    | Traceback (most recent call last):
    |   File "/work/tasks.py", line 6, in second
    |     [][1]
    | IndexError: list index out of range
    +------------------------------------
"""

IPYTHON = """---------------------------------------------------------------------------
\x1b[0;31mZeroDivisionError\x1b[0m                         Traceback (most recent call last)
Cell \x1b[0;32mIn[3], line 2\x1b[0m
\x1b[1;32m      1\x1b[0m rows = 0
\x1b[0;32m----> 2\x1b[0m 1 / rows

\x1b[0;31mZeroDivisionError\x1b[0m: division by zero"""

PYTEST = """F.                                                                       [100%]
=================================== FAILURES ===================================
_________________________________ test_close ___________________________________

    def test_close():
        row = {"open": 1}
>       assert row["close"] == 1
E       KeyError: 'close'

test_prices.py:4: KeyError
=========================== short test summary info ============================
FAILED test_prices.py::test_close - KeyError: 'close'
1 failed, 1 passed in 0.02s
"""

UNITTEST = """E.
======================================================================
ERROR: test_close (test_prices.Prices.test_close)
----------------------------------------------------------------------
Traceback (most recent call last):
  File "/work/test_prices.py", line 7, in test_close
    row["close"]
KeyError: 'close'

----------------------------------------------------------------------
Ran 2 tests in 0.001s

FAILED (errors=1)
"""

WORKER = """Traceback (most recent call last):
  File "train.py", line 4, in <module>
    for batch in loader:
KeyError: Caught KeyError in DataLoader worker process 0.
Original Traceback (most recent call last):
  File "/site/torch/utils/data/worker.py", line 308, in _worker_loop
    data = fetcher.fetch(index)
KeyError: 'label'
"""

CASES = {
    "pytest.fail": (
        "    def test_a():\n>       pytest.fail('no')\nE       Failed: no\n\na.py:3: Failed\n",
        "Failed",
        "no",
    ),
    "the tail of an error in conftest": (
        "conftest.py:1: in <module>\n    import nope\nE   ModuleNotFoundError: No module named 'nope'",
        "ModuleNotFoundError",
        "No module named 'nope'",
    ),
    "a repr": ("ValueError('two\\nlines')", "ValueError", "two\nlines"),
    "a repr of several arguments": ("OSError(28, 'No space')", "OSError", "28, 'No space'"),
    "a group behind a tool's words": (
        "Code output:   + Exception Group Traceback (most recent call last):\n" + "\n".join(GROUP.split("\n")[1:]),
        "ExceptionGroup",
        "unhandled errors in a TaskGroup (2 sub-exceptions)",
    ),
    "a class of any name without a message": (
        'Traceback (most recent call last):\n  File "a.py", line 3, in <module>\n    raise Halt\nHalt\n\nrows: 3',
        "Halt",
        "",
    ),
    "a traceback": (TRACEBACK, "KeyError", "'close'"),
    "a traceback with CRLF": (TRACEBACK.replace("\n", "\r\n"), "KeyError", "'close'"),
    "a coloured traceback": (TRACEBACK.replace("KeyError", "\x1b[1;35mKeyError\x1b[0m"), "KeyError", "'close'"),
    "one raised from another": (
        CHAIN.replace("{marker}", "The above exception was the direct cause of the following exception:"),
        "RuntimeError",
        "no frame",
    ),
    "one raised while handling another": (
        CHAIN.replace("{marker}", "During handling of the above exception, another exception occurred:"),
        "RuntimeError",
        "no frame",
    ),
    "several tracebacks, of which the last counts": (
        TRACEBACK + "retrying\n" + TRACEBACK.replace("KeyError: 'close'", "ValueError: bad"),
        "ValueError",
        "bad",
    ),
    "an exception group": (GROUP, "ExceptionGroup", "unhandled errors in a TaskGroup (2 sub-exceptions)"),
    "IPython's form": (IPYTHON, "ZeroDivisionError", "division by zero"),
    "IPython's form of a class with any name": (
        IPYTHON.replace("ZeroDivisionError", "FeatureNotFound"),
        "FeatureNotFound",
        "division by zero",
    ),
    "IPython's form cut off at the tail": ("\n".join(IPYTHON.split("\n")[:4]), "ZeroDivisionError", ""),
    "IPython's syntax error": (
        "  Cell In[1], line 1\n    x = = 1\n        ^\nSyntaxError: invalid syntax\n",
        "SyntaxError",
        "invalid syntax",
    ),
    "pytest": (PYTEST, "KeyError", "'close'"),
    "pytest cut down to its summary": (
        "FAILED test_prices.py::test_close - KeyError: 'close'\n1 failed in 0.02s\n",
        "KeyError",
        "'close'",
    ),
    "pytest on a bare assert": (
        ">       assert 1 == 2\nE       assert 1 == 2\n\ntest_x.py:2: AssertionError\n=== 1 failed in 0.01s ===\n",
        "AssertionError",
        "assert 1 == 2",
    ),
    "pytest on a conftest": (
        "ImportError while loading conftest '/work/conftest.py'.\nconftest.py:1: in <module>\n    import duckdb\n"
        "E   ModuleNotFoundError: No module named 'duckdb'\n",
        "ModuleNotFoundError",
        "No module named 'duckdb'",
    ),
    "unittest": (UNITTEST, "KeyError", "'close'"),
    "a worker's nested traceback": (WORKER, "KeyError", "Caught KeyError in DataLoader worker process 0."),
    "a syntax error": (
        '  File "/work/x.py", line 1\n    def f(:\n          ^\nSyntaxError: invalid syntax\n',
        "SyntaxError",
        "invalid syntax",
    ),
    "a syntax error whose indentation was stripped": (
        'File "/work/x.py", line 1\n    a = 737,015\n            ^\nSyntaxError: leading zeros are not permitted',
        "SyntaxError",
        "leading zeros are not permitted",
    ),
    "a type with its module": (
        'Traceback (most recent call last):\n  File "m.py", line 1, in <module>\n    go()\n'
        "django.core.exceptions.ImproperlyConfigured: Requested setting USE_TZ\n",
        "ImproperlyConfigured",
        "Requested setting USE_TZ",
    ),
    "a type in lower case": (
        'Traceback (most recent call last):\n  File "m.py", line 1, in <module>\n    go()\nzlib.error: Error -3\n',
        "error",
        "Error -3",
    ),
    "a class of the agent's own": (
        'Traceback (most recent call last):\n  File "m.py", line 1, in <module>\n    go()\n__main__.NoRows: empty\n',
        "NoRows",
        "empty",
    ),
    "no message": (
        'Traceback (most recent call last):\n  File "m.py", line 1, in <module>\n    go()\nKeyboardInterrupt\n',
        "KeyboardInterrupt",
        "",
    ),
    "a message of many lines": (
        'Traceback (most recent call last):\n  File "m.py", line 1, in <module>\n    go()\n'
        "duckdb.BinderException: Binder Error: no column\n\nLINE 1: select clos from t\n               ^\n",
        "BinderException",
        "Binder Error: no column\n\nLINE 1: select clos from t\n               ^",
    ),
    "a message that begins on the next line": (
        'Traceback (most recent call last):\n  File "m.py", line 1, in <module>\n    go()\n'
        "AssertionError: \nArrays are not equal\n\nMismatched elements: 1 / 2\n",
        "AssertionError",
        "Arrays are not equal\n\nMismatched elements: 1 / 2",
    ),
    "fields of a validation": (
        'Traceback (most recent call last):\n  File "m.py", line 1, in <module>\n    go()\n'
        "pydantic_core._pydantic_core.ValidationError: 1 validation error for Row\nclose\n  Field required\n",
        "ValidationError",
        "1 validation error for Row\nclose\n  Field required",
    ),
    "output inside the traceback": (
        'Traceback (most recent call last):\n  File "m.py", line 1, in <module>\nrows read: 3\n    go()\n'
        '  File "m.py", line 9, in go\n    raise ValueError("bad")\n{"rows": 3}\nValueError: bad\n',
        "ValueError",
        "bad",
    ),
    "output after the traceback": (TRACEBACK + "rows read: 3\ndone\n", "KeyError", "'close'"),
    "a quotation mark in the file's name": (
        'Traceback (most recent call last):\n  File "/work/the "best" poem", line 8, in <module>\n    go()\n'
        "TypeError: 'NoneType' object is not iterable\n",
        "TypeError",
        "'NoneType' object is not iterable",
    ),
    "the head cut off": ("\n".join(TRACEBACK.split("\n")[3:]), "KeyError", "'close'"),
    "all but the end cut off": (
        "    obj, end = self.scan(s, idx)\n               ^^^^^^^^^\njson.decoder.JSONDecodeError: Expecting value",
        "JSONDecodeError",
        "Expecting value",
    ),
    "the tail cut off, but told by the tool first": (
        "KeyError: KeyError: 'close'\n" + "\n".join(TRACEBACK.split("\n")[:4]),
        "KeyError",
        "'close'",
    ),
    "a tool's prefix before the traceback": ("KeyError: KeyError: 'close'\n" + TRACEBACK, "KeyError", "'close'"),
    "a tool's words glued to the traceback": ("Error executing tool run: " + TRACEBACK, "KeyError", "'close'"),
    "a tool's words before the exception": (
        "Code execution failed at line 3 due to: duckdb.CatalogException: Table x does not exist",
        "CatalogException",
        "Table x does not exist",
    ),
    "an exception alone": ("ValueError: 3 is not a valid Side", "ValueError", "3 is not a valid Side"),
}


@pytest.mark.parametrize(("text", "type_", "message"), CASES.values(), ids=CASES.keys())
def test_the_error_that_ended_the_run_is_found_in(text: str, type_: str, message: str) -> None:
    error = parse_error(text)
    assert error is not None
    assert (error.type, error.message) == (type_, message)


NO_ERRORS = {
    "nothing": "",
    "plain output": "rows: 3\nok\n",
    "a warning": "/work/x.py:2: DeprecationWarning: old call\n  warnings.warn('old call')\n",
    "grep's output": "3:Traceback (most recent call last):\n4-  File \"/app.py\", line 10, in run\n6-KeyError: 'x'\n",
    "a diff": "+Traceback (most recent call last):\n+KeyError: 'x'\n",
    "source code": 'if "Traceback (most recent call last)" in text:\n    return True\n',
    "a status in words": "Timeout",
    "an error of another program": "Error: no such option: --rows\n",
    "an error that the interpreter ignored": (
        "Exception ignored in: <function Pool.__del__ at 0x7f>\nTraceback (most recent call last):\n"
        '  File "pool.py", line 3, in __del__\n    self.close()\nAttributeError: gone\n'
    ),
    "the interpreter's own complaint": "python: can't open file '/work/x.py': [Errno 2] No such file or directory\n",
    "argparse": "usage: x.py [-h]\nx.py: error: unrecognized arguments: --lines\n",
}


@pytest.mark.parametrize("text", NO_ERRORS.values(), ids=NO_ERRORS.keys())
def test_no_exception_is_read_from(text: str) -> None:
    assert parse_error(text) is None


def test_the_qualified_name_is_kept_beside_the_type() -> None:
    error = parse_error(CASES["a type with its module"][0])
    assert error is not None
    assert error.qualified == "django.core.exceptions.ImproperlyConfigured"


def test_frames_come_outermost_first_with_their_source() -> None:
    error = parse_error(TRACEBACK)
    assert error is not None
    assert error.frames == (
        Frame("/work/load.py", 12, "<module>", "main()"),
        Frame("/work/load.py", 8, "main", 'return row["close"]'),
    )


def test_the_frame_of_a_cell_has_the_line_that_the_arrow_points_at() -> None:
    error = parse_error(IPYTHON)
    assert error is not None
    assert error.frames == (Frame("Cell In[3]", 2, None, "1 / rows"),)


def test_what_an_error_was_raised_from_is_its_cause() -> None:
    error = parse_error(CASES["one raised from another"][0])
    assert error is not None
    assert error.cause is not None
    assert (error.cause.type, error.cause.message) == ("KeyError", "'date'")


def test_the_cause_of_a_group_is_the_first_exception_in_it() -> None:
    error = parse_error(GROUP)
    assert error is not None
    assert error.cause is not None
    assert error.cause.type == "ValueError"


def test_a_workers_own_error_is_the_cause_of_the_one_that_carries_it() -> None:
    error = parse_error(WORKER)
    assert error is not None
    assert error.cause is not None
    assert error.cause.message == "'label'"
