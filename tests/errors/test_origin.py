"""Where a failure comes from: library, statement, and what is missing, called or owned."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.errors.fault import Fault
from skills_lint.errors.names import standard
from skills_lint.errors.origin import Origin
from skills_lint.errors.ran import read_code
from skills_lint.errors.reading import Reading

PANDAS = "/venv/lib/python3.11/site-packages/pandas/core/frame.py"


def read(name: str, message: str, *frames: tuple[str, str | None], code: str | None = None) -> Origin:
    lines = ["Traceback (most recent call last):"] if frames else []
    for file, source in frames:
        lines += [f'  File "{file}", line 2, in f', *([f"    {source}"] if source else [])]
    traceback = "\n".join([*lines, f"{name}: {message}", ""]) if frames else None
    return Reading(Fault(name.rpartition(".")[2], name, message, traceback, code)).origin


MODULES = {
    "placeholder": ["your_module", "my_package", "path.to.module", "foo", "module_name", "mymodule", "example_app"],
    "removed": ["distutils.core", "imp", "cgi", "urllib2", "sklearn.cross_validation", "sklearn.externals.joblib"],
    "broken": ["numpy.core._multiarray_umath", "_ctypes", "_sqlite3", "_bz2", "lzma", "tkinter"],
    "optional": ["pandas", "yaml", "sklearn", "cv2", "google.cloud"],
    "task": ["src.models", "tests", "utils", "config"],
    None: ["tomllib", "unheardof", "sklearn.foo", "mysql.connector"],
}


@pytest.mark.parametrize(("kind", "module"), [(kind, module) for kind, names in MODULES.items() for module in names])
def test_a_missing_module_is_known_by_its_name(kind: str | None, module: str) -> None:
    assert read("ModuleNotFoundError", f"No module named '{module}'").facts.get("module-is") == kind


def test_the_standard_library_is_known_whole_whichever_python_runs() -> None:
    assert {name for name in sys.stdlib_module_names if not name.startswith("_")} <= standard()
    assert {"annotationlib", "compression", "distutils", "tomllib"} <= standard()


@pytest.mark.parametrize(
    "code",
    [
        "import sys\nsys.path.insert(0, '/repo/prices/src')\nimport prices",
        "cd prices/ && python run.py",
        "python prices.py",
    ],
)
def test_a_module_that_the_code_shows_a_file_of_is_one_of_the_task(code: str) -> None:
    assert read("ModuleNotFoundError", "No module named 'prices'", code=code).facts == {"module-is": "task"}


def test_a_module_that_the_traceback_shows_a_folder_of_is_one_of_the_task() -> None:
    found = read("ModuleNotFoundError", "No module named 'prices'", ("/work/prices/run.py", "import prices"))
    assert found.facts == {"module-is": "task"}


@pytest.mark.parametrize(
    ("callee", "code", "whose"),
    [
        ("f", "def f(): pass\nf(x=3)", "own"),
        ("Store.__init__", "class Store: pass\nStore(x=3)", "own"),
        ("read_csv", "import pandas as pd\npd.read_csv('a', x=3)", "library"),
        ("get", "from requests import get\nget(x=3)", "library"),
        ("DataFrame.drop", None, "library"),
        ("dumps", "import json\njson.dumps(x=3)", "builtin"),
        ("print", "print(x=3)", "builtin"),
        ("daily", "store.daily(x=3)", None),
        ("daily", None, None),
        ("daily", "this is no Python", None),
    ],
)
def test_whose_it_is_what_was_called(callee: str, code: str | None, whose: str | None) -> None:
    found = read("TypeError", f"{callee}() got an unexpected keyword argument 'x'", code=code)
    assert found.facts.get("callee-is") == whose


@pytest.mark.parametrize(
    ("message", "code", "whose"),
    [
        ("'NoneType' object has no attribute 'x'", None, "builtin"),
        ("'DataFrame' object has no attribute 'x'", None, "library"),
        ("module 'pandas' has no attribute 'x'", None, "module"),
        ("'Row' object has no attribute 'x'", "class Row: pass", "own"),
        ("'Session' object has no attribute 'x'", "from requests import Session", "library"),
        ("'Store' object has no attribute 'x'", None, None),
    ],
)
def test_whose_class_an_object_is_of(message: str, code: str | None, whose: str | None) -> None:
    assert read("AttributeError", message, code=code).facts.get("owner-is") == whose


@pytest.mark.parametrize(("file", "whose"), [("<string>", "run"), ("/work/prices.py", "imported"), (None, "run")])
def test_whether_code_that_does_not_parse_is_what_was_run(file: str | None, whose: str) -> None:
    shown = f'  File "<string>", line 1, in <module>\n  File "{file}", line 1\n    f(\n     ^\n' if file else ""
    traceback = f"Traceback (most recent call last):\n{shown}SyntaxError: invalid syntax" if file else None
    assert (
        Reading(Fault("SyntaxError", "SyntaxError", "invalid syntax", traceback, None)).origin.facts["file-is"] == whose
    )


LIBRARIES = {
    "a frame of a package": ([("<stdin>", None), (PANDAS, "raise x")], "pandas"),
    "what a package called in the standard library": ([(PANDAS, "go()"), ("/usr/lib/python3.11/re.py", "x")], "pandas"),
    "a package in a virtual environment of a package": (
        [("/x/site-packages/a/lib/python3.9/site-packages/b/c.py", "x")],
        "b",
    ),
    "a compiled package": ([("<stdin>", None), ("pandas/_libs/index.pyx", None)], "pandas"),
    "a package on Windows": ([("C:\\py\\Lib\\site-packages\\polars\\frame.py", "x")], "polars"),
    "a package of one file": ([("/usr/lib/python3/dist-packages/six.py", "x")], "six"),
    "own code that a package called": ([(PANDAS, "f(row)"), ("/work/a.py", "row + 1")], None),
    "the standard library": ([("/usr/lib/python3.11/json/decoder.py", "raise x")], None),
    "frozen modules": ([("/work/a.py", "import x"), ("<frozen importlib._bootstrap>", None)], None),
}


@pytest.mark.parametrize(("frames", "library"), LIBRARIES.values(), ids=LIBRARIES.keys())
def test_the_library_is_the_one_whose_code_raised_it(frames: list[tuple[str, str | None]], library: str | None) -> None:
    assert read("ValueError", "no", *frames).library == library


@pytest.mark.parametrize(
    ("name", "library"),
    [
        ("pyarrow.lib.ArrowInvalid", "pyarrow"),
        ("_duckdb.BinderException", "duckdb"),
        ("json.decoder.JSONDecodeError", None),
        ("app.errors.Wrong", None),
        ("__main__.Wrong", None),
        ("ValueError", None),
    ],
)
def test_a_class_tells_the_library_where_frames_do_not(name: str, library: str | None) -> None:
    assert read(name, "no").library == library


CODE = "import json\nrow = json.loads(text)['price']\n"
STATEMENTS = {
    "a cell": (("Cell In[3]", None), CODE),
    "standard input": (("<stdin>", None), f"python - <<'EOF'\n{CODE}EOF"),
    "a string": (("<string>", None), 'python3 -c "' + CODE + '"'),
    "a temporary file": (("/tmp/tmpab12.py", None), CODE),
    "a kernel's file": (("/tmp/ipykernel_17/23.py", None), "%matplotlib inline\n" + CODE.partition("\n")[2]),
    "a file of the repo": (("/work/load.py", "row = json.loads(text)['price']"), None),
}


@pytest.mark.parametrize(("frame", "code"), STATEMENTS.values(), ids=STATEMENTS.keys())
def test_the_failing_statement_stands_for_the_frame_of(frame: tuple[str, str | None], code: str | None) -> None:
    found = read("KeyError", "'price'", ("/usr/lib/python3.11/runpy.py", "x"), frame, code=code)
    assert found.statement == "row = json.loads(text)['price']"


def test_pytest_shows_the_failing_statement() -> None:
    shown = (
        ">       assert total(rows) == 3\nE       assert 2 == 3\n\ntest_x.py:5: AssertionError\n= 1 failed in 0.01s =\n"
    )
    found = Reading(Fault("AssertionError", "AssertionError", "assert 2 == 3", shown, None)).origin
    assert found.statement == "assert total(rows) == 3"


def test_nothing_is_read_from_a_file_that_the_code_is_not() -> None:
    assert read("KeyError", "'price'", ("/work/other.py", None), code=CODE).statement is None


@pytest.mark.parametrize(
    "code", ["(" * 10_000, "x = " + "-" * 20_000 + "1", "\0", "ls | grep 'x", "9" * 20_000, "a." * 9_000]
)
def test_code_that_cannot_be_read_says_nothing(code: str) -> None:
    assert read_code(code) is None


@given(st.text(), st.text(), st.sampled_from(["KeyError", "AssertionError", "app.Wrong"]))
def test_no_text_breaks_it(text: str, code: str, name: str) -> None:
    read(name, text, ("<stdin>", text), code=code)
    read(name, text, code=f"python -c '{code}'")
