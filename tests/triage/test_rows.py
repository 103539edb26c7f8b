"""Failures from anywhere: what a line tells, and which lines are none."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.errors.fault import Fault
from skills_lint.errors.limit import LONGEST
from skills_lint.redaction import open_redactor
from skills_lint.triage.rows import RowError, in_batches, read_row, redacted

TRACEBACK = """\
Traceback (most recent call last):
  File "<stdin>", line 1, in <module>
json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)
"""


def read(**row: Any) -> Fault:
    return read_row(json.dumps(row))


def test_a_row_of_an_error_tracker_may_hold_whatever_else() -> None:
    fault = read(exception_type="a.b.MergeError", message="no", event_id="7", tags=[["k", "v"]], exit_code=1)
    assert fault == Fault("MergeError", "a.b.MergeError", "no", None, None, 1)


@pytest.mark.parametrize("named", [{}, {"exception_type": None}, {"exception_type": ""}])
def test_an_exception_that_is_not_named_is_read_from_the_traceback(named: dict[str, Any]) -> None:
    fault = read(**named, message=None, traceback=TRACEBACK)
    assert (fault.type, fault.qualified) == ("JSONDecodeError", "json.decoder.JSONDecodeError")
    assert fault.message == "Expecting value: line 1 column 1 (char 0)"


def test_a_run_without_an_exception_has_its_exit_status() -> None:
    assert read(exit_code=137) == Fault(None, None, None, None, None, 137)
    assert (
        read(message="python: can't open file 'x.py'", exception_type=None).message == "python: can't open file 'x.py'"
    )


def test_long_texts_are_cut_to_their_head_and_tail() -> None:
    fault = read(exception_type="E", message=f"head{'x' * 10**6}tail", code="c" * 10**6)
    assert fault.message is not None
    assert (len(fault.message), fault.message[:4], fault.message[-4:]) == (LONGEST, "head", "tail")
    assert len(fault.code or "") == 2 * LONGEST


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("\udc80", "not JSON"),
        ('{"message": 1e99999999, "x": ' + "9" * 5000 + "}", "not JSON"),
        ("[]", "the line is a list, expected an object"),
        ("null", "the line is null, expected an object"),
        ("{}", "are all missing"),
        ('{"code": "x"}', "are all missing"),
        ('{"exception_type": 7}', "`exception_type` is a whole number, expected a text or null"),
        ('{"exception_type": "E", "traceback": ["a"]}', "`traceback` is a list, expected a text or null"),
        ('{"exit_code": true}', "`exit_code` is true or false, expected a whole number or null"),
        ('{"exit_code": "1"}', "`exit_code` is a text, expected a whole number or null"),
    ],
)
def test_a_line_that_is_no_failure_is_told_with_the_reason(line: str, says: str) -> None:
    with pytest.raises(RowError, match=says):
        read_row(line)


@given(st.binary(max_size=60) | st.text(max_size=60))
def test_any_line_is_a_failure_or_a_clear_error(line: bytes | str) -> None:
    with contextlib.suppress(RowError):
        read_row(line)


@given(st.lists(st.builds(Fault, *[st.none() | st.text(max_size=9)] * 5), max_size=600))
def test_batches_hold_all_failures_in_their_order(faults: list[Fault]) -> None:
    batches = list(in_batches(faults))
    assert [fault for batch in batches for fault in batch] == faults
    assert all(batches)


def test_secrets_and_people_are_taken_out_wherever_they_stand(tmp_path: Path) -> None:
    fault = Fault(
        "E", "E", "bob.smith@corp.io", "at /home/bobsmith/x.py", "token='ghp_012345678901234567890123456789abcdef'"
    )
    other = Fault("KeyError", "KeyError", "'price'", None, None, 1)
    hidden, plain = redacted([fault, other], open_redactor(tmp_path))
    assert plain == other
    for text in (hidden.message, hidden.traceback):
        assert "bob" not in (text or "bob")
    assert hidden == redacted([hidden], open_redactor(tmp_path))[0]
