"""A failure read step by step, and how each step says what it found."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skills_lint.errors.fault import Fault
from skills_lint.errors.reading import Reading, Step

TRACEBACK = """\
Traceback (most recent call last):
  File "<stdin>", line 2, in <module>
  File "/venv/lib/python3.11/site-packages/pandas/core/frame.py", line 4102, in __getitem__
    indexer = self.columns.get_loc(key)
KeyError: 'close'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "<stdin>", line 5, in <module>
    raise RuntimeError("cannot load") from error
RuntimeError: cannot load
"""


def test_each_step_says_what_it_found_and_what_it_went_by() -> None:
    code = "import pandas as pd\nprint(pd.DataFrame()['close'])"
    reading = Reading(Fault("RuntimeError", "RuntimeError", "cannot load", TRACEBACK, code))
    assert reading.steps("exception: KeyError") == (
        Step("error", "KeyError", "what RuntimeError was raised from"),
        Step("message", "missing-key (key close)", "'close'"),
        Step("class", "LookupError", "the bases of KeyError"),
        Step("bucket", "exception: KeyError"),
        Step(
            "origin",
            "library pandas; at print(pd.DataFrame()['close'])",
            "the frame /venv/lib/python3.11/site-packages/pandas/core/frame.py:4102 and the code",
        ),
        Step("signature", "KeyError: '*' in pandas", f"pipeline 2, {reading.signature.key}"),
    )


def test_a_step_that_abstains_says_so() -> None:
    steps = Reading(Fault("Wrong", "app.Wrong", "it is so", None, None)).steps()
    assert [step.name for step in steps if step.found is None] == ["message", "class", "bucket", "origin"]


def test_a_run_without_an_exception_is_read_by_its_end() -> None:
    reading = Reading(Fault(None, None, None, None, None, 137))
    assert (reading.part("code"), reading.part("signal")) == ("137", "SIGKILL")
    assert reading.steps()[0] == Step("error", None)


def test_notes_below_a_message_are_none_of_it() -> None:
    reading = Reading(Fault("ZeroDivisionError", "ZeroDivisionError", "division by zero\nrow 3 of prices", None, None))
    assert reading.said is not None
    assert reading.signature.text == "ZeroDivisionError: division by zero"


def test_what_the_repo_says_comes_before_what_is_guessed() -> None:
    fault = Fault("TypeError", "TypeError", "f() got an unexpected keyword argument 'x'", None, "def f(): pass")
    assert Reading(fault).part("callee-is") == "own"
    assert Reading(fault, {"callee-is": "repo"}).part("callee-is") == "repo"
    assert Reading(fault).part("module") is None


LENGTH = 1_000_000  # characters; time that grows with the square of this would be seen
HEADER = "Traceback (most recent call last):\n"
DIRECT = "The above exception was the direct cause of the following exception:\n"
PIECES = [
    *("'", '"', "[", "(", "{'a': ", "\\", "<", "`", "“", "(', ", "' \"", "a.", "a: ", "/a", "1,", "1.", "a@", "0x"),
    *("\n", "x\n", "é", "\ue000", "a_b", " at 0x", "2024-01-", "[redacted:", "with name ", "KeyError: ", "KeyError('"),
    *("Error: ", "failed: ", "[SQL: \n", "(sqlite3.OperationalError) ", "Execution failed on sql '': "),
    *("'<' not supported between ", HEADER, DIRECT, '  File "a.py", line 1, in f\n'),
    *("  + Exception Group " + HEADER, "+-+---------------- 1 ----------------\n"),
    *("python -c '", "python <<EOF\n", "if x:\n ", "f(", "x=1;", "not ", "lambda:", "%a\n"),
]  # fmt: skip


def read_all(fault: Fault) -> None:
    Reading(fault).steps()


@pytest.mark.parametrize("type_", [None, "RuntimeError", "KeyError", "ValueError", "SyntaxError", "ExceptionGroup"])
@pytest.mark.parametrize("piece", PIECES)
def test_a_long_hostile_text_is_read_at_once(piece: str, type_: str | None) -> None:
    text = piece * (LENGTH // len(piece))
    read_all(Fault(type_, type_, text, None, None))
    read_all(Fault(type_, type_, "no", HEADER + text[:-60] + f"\n{DIRECT}\n{HEADER}{type_}: no", text))


@settings(max_examples=200)
@given(
    st.text(), st.text(), st.text(), st.sampled_from([None, "KeyError", "RuntimeError", "a.b.Wrong", "ExceptionGroup"])
)
def test_no_text_breaks_a_step(message: str, traceback: str, code: str, type_: str | None) -> None:
    name = type_.rpartition(".")[2] if type_ else None
    read_all(Fault(name, type_, message, f"{HEADER}{traceback}\n{DIRECT}{HEADER}{name}: {message}", code))


def test_reading_twice_gives_the_same() -> None:
    fault = Fault("RuntimeError", "RuntimeError", "cannot load", TRACEBACK, None)
    assert Reading(fault).steps() == Reading(fault).steps()
