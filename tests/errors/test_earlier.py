"""Signatures of earlier pipelines: what was recorded or pinned then is known again."""

from __future__ import annotations

import pytest

from skills_lint.errors.earlier import earlier_keys
from skills_lint.errors.fault import Fault
from skills_lint.errors.signature import is_catch_all, key_of

FIRST = [
    ("KeyError", "'close'", None, "KeyError: '*'"),
    ("KeyError", "\"None of ['a'] are in the [columns]\"", None, "KeyError: '*'"),
    ("ModuleNotFoundError", "No module named 'yaml'", None, "ModuleNotFoundError: No module named '*'"),
    (
        "AttributeError",
        "'A' object has no attribute 'b'. Did you mean: 'c'?",
        None,
        "AttributeError: '*' object has no attribute '*'",
    ),
    ("ValueError", "row 3 of /data/prices.csv at 0x7f is 1.5", None, "ValueError: row * of * at * is *"),
    ("ValueError", "settings USE_I18N and utf8", None, "ValueError: settings USE_I18N and utf*"),
    (
        "RuntimeError",
        "=====\n  cannot load: name 'x' is not defined\nmore",
        None,
        "RuntimeError: cannot load: name '*' is not defined",
    ),
    ("RuntimeError", "a" * 300, None, f"RuntimeError: {'a' * 200}"),
    ("AssertionError", "", None, "AssertionError"),
    (None, "python: can't open file 'a.py': [Errno 2] No such file or directory", 2, "exit:2"),
    (None, None, None, "exit:?"),
]


@pytest.mark.parametrize(("type_", "message", "exit_code", "text"), FIRST)
def test_the_first_pipeline_signed_it_so(
    type_: str | None, message: str | None, exit_code: int | None, text: str
) -> None:
    assert earlier_keys(Fault(type_, type_, message, None, None, exit_code)) == (key_of(text),)


def test_a_plain_exit_status_named_no_cause_then_either() -> None:
    assert is_catch_all(earlier_keys(Fault(None, None, "x.py: error: unrecognized arguments: --y", None, None, 2))[0])


def test_traceback_and_code_made_no_difference_then() -> None:
    plain = Fault("KeyError", "KeyError", "'a'", None, None)
    told = Fault("KeyError", "KeyError", "'a'", "Traceback (most recent call last):\nKeyError: 'a'\n", "row['a']")
    assert earlier_keys(plain) == earlier_keys(told)
