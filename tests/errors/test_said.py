"""CPython's own messages are read alike, whichever version words them."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from string import Formatter

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.errors.forms import FORMS
from skills_lint.errors.said import Said, read_exit, read_message

HERE = Path(__file__).parent / "said"
RECORDED = [json.loads(line) for line in (HERE / "recorded.jsonl").read_text(encoding="utf-8").splitlines()]
DOCUMENTED = yaml.safe_load((HERE / "documented.yaml").read_text(encoding="utf-8"))
NEAR = yaml.safe_load((HERE / "near.yaml").read_text(encoding="utf-8"))
TYPES = sorted({name for form in FORMS for name in form.types})


@pytest.mark.parametrize("form", sorted({record["form"] for record in RECORDED}))
def test_every_recorded_message_is_read_as_its_form_in_every_version(form):
    for record in RECORDED:
        if record["form"] == form:
            for seen in record["seen"]:
                assert read_message(seen["type"], seen["message"]) == Said(form, seen["parts"]), record["snippet"]


def test_every_form_of_an_exception_was_recorded():
    recorded = {record["form"] for record in RECORDED}
    assert {form.name for form in FORMS if form.types} - recorded == {"ssl-error"}


@pytest.mark.parametrize("told", DOCUMENTED, ids=lambda told: told["message"])
def test_every_documented_message_of_a_newer_version_is_read_as_its_form(told):
    assert read_message(told["type"], told["message"]) == Said(told["form"], told["parts"])


@pytest.mark.parametrize("told", NEAR, ids=lambda told: told["message"])
def test_what_only_resembles_a_message_of_cpython_is_none(told):
    assert read_message(told["type"], told["message"]) is None


def test_a_message_of_one_exception_is_not_read_from_another():
    for record in RECORDED:
        for seen in record["seen"]:
            assert read_message("MyOwnError", seen["message"]) is None
            assert read_message(None, seen["message"]) is None


@pytest.mark.parametrize(
    ("type_", "message", "parts"),
    [
        ("AttributeError", "'str' object has no attribute 'decode'. Did you mean: 'encode'?", {"attribute": "decode"}),
        ("NameError", "name 'sys' is not defined. Did you forget to import 'sys'?", {"name": "sys"}),
        (
            "NameError",
            "name 'tim' is not defined. Did you mean: 'time'? Or did you forget to import 'tim'?",
            {"name": "tim"},
        ),
        ("TypeError", "unhashable type: 'list'\nwhen serializing dict item 'a'", {"owner": "list"}),
        ("SyntaxError", "'(' was never closed (<string>, line 3)", {"reason": "unmatched-bracket"}),
        ("builtins.SyntaxError", "invalid syntax (a b.py, line 12)", {"reason": "other"}),
        ("ModuleNotFoundError", "  No module named 'yaml'\n", {"module": "yaml"}),
    ],
)
def test_suggestions_notes_and_places_are_no_part_of_a_message(type_, message, parts):
    said = read_message(type_, message)
    assert said is not None
    assert parts.items() <= said.parts.items()


def test_a_certificate_that_is_not_trusted_is_an_error_of_the_secure_connection():
    message = "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate (_ssl.c:1007)"
    said = read_message("SSLCertVerificationError", message)
    assert said is not None
    assert (said.form, said.parts["code"]) == ("ssl-error", "CERTIFICATE_VERIFY_FAILED")
    assert read_message("URLError", f"<urlopen error {message}>") == said


def test_a_port_in_use_is_an_error_of_the_system():
    message = "[Errno 98] error while attempting to bind on address ('127.0.0.1', 8000): address already in use"
    assert read_message("OSError", message) == Said("os-error", {"errno": "98", "reason": "address already in use"})


@pytest.mark.parametrize("key", ["price", "Total Revenue (USD)", "Unnamed: 0", "a.b.c", "2024-01-01", "", "id"])
def test_a_key_is_read_whatever_it_holds(key):
    assert read_message("KeyError", repr(key)) == Said("missing-key", {"key": key})


@pytest.mark.parametrize(
    "key", ["1", "None", "('a', 1)", "datetime.date(2024, 1, 1)", "Timestamp('2024-01-01 00:00:00')"]
)
def test_a_key_that_is_no_text_is_read_as_python_writes_it(key):
    assert read_message("KeyError", key) == Said("missing-key", {"key": key})


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (
            "python: can't open file '/w/run.py': [Errno 2] No such file or directory",
            Said("cannot-open-file", {"path": "/w/run.py", "errno": "2", "reason": "No such file or directory"}),
        ),
        ("/usr/bin/python3: No module named black", Said("no-main-module", {"module": "black"})),
        (
            "/usr/bin/python3: No module named app.__main__; 'app' is a package and cannot be directly executed",
            Said("no-main-module", {"module": "app"}),
        ),
        (
            "run.py: error: unrecognized arguments: --fast",
            Said("bad-usage", {"program": "run.py", "argument": "--fast", "reason": "unrecognized-arguments"}),
        ),
        (
            "tool sub: error: the following arguments are required: --out",
            Said("bad-usage", {"program": "tool sub", "argument": "--out", "reason": "missing-arguments"}),
        ),
        (
            "run.py: error: argument -n/--number: invalid int value: 'x'",
            Said("bad-usage", {"program": "run.py", "argument": "-n/--number", "reason": "invalid-value"}),
        ),
        ("Fatal Python error: Segmentation fault", Said("fatal", {"reason": "Segmentation fault"})),
        ("run.py: error: nothing to do", Said("bad-usage", {"program": "run.py", "reason": "other"})),
    ],
)
def test_what_ends_a_run_without_an_exception_is_read(message, said):
    assert read_message(None, message) == said
    assert read_exit(2, message) == said


@pytest.mark.parametrize(
    ("code", "message", "parts"),
    [
        (None, None, {"code": "?"}),
        (1, None, {"code": "1"}),
        (124, "", {"code": "124"}),
        (137, None, {"code": "137", "signal": "SIGKILL"}),
        (-11, None, {"code": "-11", "signal": "SIGSEGV"}),
        (200, None, {"code": "200"}),
        (None, "bash: line 1:    12 Killed                  python run.py", {"code": "?", "signal": "SIGKILL"}),
    ],
)
def test_an_exit_says_its_code_and_signal(code, message, parts):
    assert read_exit(code, message) == Said("exit", parts)


def test_no_two_forms_word_a_message_alike():
    worded = [(name, wording.text) for form in FORMS for wording in form.wordings for name in wording.types or ("",)]
    assert [one for one, other in pairwise(sorted(worded)) if one == other] == []


def test_parts_never_stand_side_by_side():
    for form in FORMS:
        for wording in form.wordings:
            pieces = [*Formatter().parse(wording.text)]
            assert all(words or one[1] is None for one, (words, *_) in pairwise(pieces)), wording.text


def test_a_hostile_message_is_read_in_no_time():
    for hostile in (
        "'" * 1_000_000,
        "' object has no " * 60_000,
        "a.b" * 300_000,
        "('" * 500_000,
        " at position 1" * 60_000,
    ):
        for name in TYPES:
            read_message(name, hostile)
            read_message(name, f"'{hostile}")


@given(st.sampled_from([*TYPES, "", "MyError"]), st.text())
def test_any_text_is_read_or_not_but_never_breaks(name, message):
    said = read_message(name, message)
    assert said is None or said.form in {form.name for form in FORMS}
