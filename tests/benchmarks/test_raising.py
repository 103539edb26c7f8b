"""How a snippet is run: in an interpreter with the libraries, away from the caller, always the same way."""

from __future__ import annotations

import pytest

from benchmarks.causes.raised import raise_error
from benchmarks.causes.sandbox import VENV

pytestmark = pytest.mark.skipif(not VENV.exists(), reason="there is no .venv-causes: make causes")


def raised(snippet: str) -> dict[str, object]:
    record = raise_error(snippet)
    assert record is not None
    return record


def test_an_error_is_recorded_with_its_classes_and_without_the_machine() -> None:
    record = raised("import json\njson.loads('{')\n")
    assert record["exception_type"] == "json.decoder.JSONDecodeError"
    assert record["bases"] == ["json.decoder.JSONDecodeError", "ValueError", "Exception", "BaseException"]
    assert str(VENV.parent) not in str(record)


def test_the_same_snippet_gives_the_same_record() -> None:
    snippet = "import os\nprint(os.getcwd(), hash('a'))\nraise ValueError(object())\n"
    assert raised(snippet) == raised(snippet)


def test_a_snippet_sees_nothing_of_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("API_TOKEN", "of-the-caller")
    assert raised("import os\nos.environ['API_TOKEN']\n")["exception_type"] == "KeyError"
    assert raised("import os\nassert not os.listdir(), os.listdir()\nraise EOFError\n")["exception_type"] == "EOFError"


def test_a_snippet_that_ends_well_raises_nothing() -> None:
    assert raise_error("print('Error: all is well')\n") is None


@pytest.mark.parametrize(
    ("snippet", "message", "exit_code"),
    [
        ("$ python run.py", "python: can't open file '/tmp/run/run.py': [Errno 2] No such file or directory", 2),
        ("import os\nos.kill(os.getpid(), 9)\n", None, 137),
        ("$ timeout 0.2 python -c 'while True: pass'", None, 124),
    ],
)
def test_an_end_without_an_exception_is_told_by_its_status(snippet: str, message: str | None, exit_code: int) -> None:
    record = raised(snippet)
    assert (record["exception_type"], record["message"], record["exit_code"]) == (None, message, exit_code)
