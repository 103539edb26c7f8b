from __future__ import annotations

import pytest

from skills_lint.errors.fault import Fault
from skills_lint.errors.signature import is_catch_all, signature


def sign(type_: str | None, message: str | None, exit_code: int | None = None) -> str:
    return signature(Fault(type_, type_, message, None, None, exit_code)).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("KeyError", "'ts_code'"), ("KeyError", "'trade_date'")),
        (("ValueError", "shapes (3,) (4,)"), ("ValueError", "shapes (30,) (41,)")),
        (("FileNotFoundError", "No such file: /a/b/c.csv"), ("FileNotFoundError", "No such file: /x/y")),
        (("RuntimeError", "at 0x7f01"), ("RuntimeError", "at 0xdead")),
        (("RuntimeError", "first line\nsecond"), ("RuntimeError", "first line\nother")),
        (("ValueError", "[withheld: not searched for secrets within 20 s]"), ("ValueError", "[user:ab12]")),
        (("NameError", "name 'x' is not defined"), ("NameError", "name 'y' is not defined. Did you mean: 'z'?")),
        (("KeyError", "'a'"), ("KeyError", '"it\'s"')),
        (("E", "cannot get https://a.b/c?d=1"), ("E", "cannot get http://e.f")),
        (("E", "=====\nfailed"), ("E", "failed")),
        (("ValueError", "key [redacted:token:ab12] is bad"), ("ValueError", "key [redacted:token:ff00] is bad")),
    ],
)
def test_failures_that_differ_in_values_only_have_one_signature(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert sign(*one) == sign(*other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("KeyError", "'a'"), ("NameError", "'a'")),
        (("ValueError", "cannot convert"), ("ValueError", "cannot reindex")),
        ((None, None, 124), (None, None, 1)),
    ],
)
def test_failures_that_differ_in_kind_have_two_signatures(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert sign(*one) != sign(*other)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (
            "Model class B doesn't declare an app_label, and isn't in 'apps'",
            "doesn't declare an app_label, and isn't in '*'",
        ),
        ("settings USE_I18N and utf8 for row 12", "settings USE_I18N and utf8 for row *"),
        ("takes 3 positional arguments", "takes * positional arguments"),
    ],
)
def test_what_is_no_value_stays_readable(message: str, text: str) -> None:
    assert sign("ValueError", message).endswith(text)


def test_a_failure_without_an_exception_is_signed_by_its_exit_status() -> None:
    assert sign(None, None, 124) == "exit:124"
    assert sign(None, None) == "exit:?"


def test_a_plain_exit_status_names_no_cause_and_a_time_limit_does() -> None:
    assert is_catch_all(signature(Fault(None, None, None, None, None, 1)).key)
    assert not is_catch_all(signature(Fault(None, None, None, None, None, 124)).key)
