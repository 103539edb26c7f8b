"""The stable identity of a failure: what varies is masked, what tells the cause stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.errors.fault import Fault
from skills_lint.errors.masks import mask
from skills_lint.errors.reading import Reading
from skills_lint.errors.signature import PIPELINE, Signature, is_catch_all, is_key, key_of


def signature(fault: Fault) -> Signature:
    return Reading(fault).signature


def sign(type_: str | None, message: str | None, exit_code: int | None = None, code: str | None = None) -> str:
    name = type_.rpartition(".")[2] if type_ else None
    return signature(Fault(name, type_, message, None, code, exit_code)).text


ALIKE = [
    (("KeyError", "'ts_code'"), ("KeyError", "'trade_date'")),
    (("KeyError", "'a'"), ("KeyError", '"it\'s"')),
    (("KeyError", "17"), ("KeyError", "('a', 'b')")),
    (("ValueError", "shapes (3,) (4,)"), ("ValueError", "shapes (30,) (41,)")),
    (("ValueError", "shapes (3,4) (5,)"), ("ValueError", "shapes (1, 2, 3) (4,)")),
    (("FileNotFoundError", "No such file: /a/b/c.csv"), ("FileNotFoundError", "No such file: /x/y")),
    (("E", "cannot read data/prices.csv"), ("E", "cannot read ../raw/2024/prices.parquet")),
    (("E", "cannot read C:\\data\\a.csv"), ("E", "cannot read a.csv")),
    (("RuntimeError", "at 0x7f01"), ("RuntimeError", "at 0xdead")),
    (("RuntimeError", "first line\nsecond"), ("RuntimeError", "first line\nother")),
    (("ValueError", "[withheld: not searched for secrets within 20 s]"), ("ValueError", "[user:ab12]")),
    (("ValueError", "key [redacted:token:ab12] is bad"), ("ValueError", "key [redacted:token:ff00] is bad")),
    (("NameError", "name 'x' is not defined"), ("NameError", "name 'y' is not defined. Did you mean: 'z'?")),
    (("E", "cannot get https://a.b/c?d=1"), ("E", "cannot get http://e.f")),
    (("E", "=====\nfailed to join"), ("E", "failed to join")),
    (("E", "Error:\n  the index is empty"), ("E", "the index is empty")),
    (("E", "no row on 2024-01-02"), ("E", "no row on 2023-11-30 09:31:00+08:00")),
    (("E", "job 550e8400-e29b-41d4-a716-446655440000 died"), ("E", "job a1b2c3d4e5f60718 died")),
    (("E", "Tried to allocate 20.00 MiB"), ("E", "Tried to allocate 1.5 GiB")),
    (("E", "took 1,234.5 seconds"), ("E", "took 3s")),
    (("E", "needs numpy>=1.26.4"), ("E", "needs numpy>=2.0.0rc1")),
    (("E", "columns ['a', 'b'] are missing"), ("E", "columns ['c'] are missing")),
    (("E", "got {'a': 1, 'b': [1, 2]} back"), ("E", "got {'x': 'y'} back")),
    (("E", "no such table: users"), ("E", "no such table: main.orders_2")),
    (("E", "got <app.Row object at 0x7f>"), ("E", "got <Row object at 0x8f>")),
    (("E", "key 'a' of “b” and `c` is bad"), ("E", 'key "x" of “y” and `z` is bad')),
    (("E", "write to a.b@example.org failed here"), ("E", "write to c@example.com failed here")),
    (("E", "('Could not convert', 'row 3')"), ("E", "Could not convert")),
    (
        ("KeyError", "\"None of ['a'] are in the [columns]\""),
        ("KeyError", "\"None of ['b', 'c'] are in the [columns]\""),
    ),
    (
        (None, "python: can't open file '/a/b.py': [Errno 2] No such file or directory", 2),
        (None, "python3: can't open file 'c.py': [Errno 2] No such file or directory", 2),
    ),
    (("AttributeError", "'Row' object has no attribute 'a'"), ("AttributeError", "'Row' object has no attribute 'b'")),
    (
        ("TypeError", "Store.daily() got an unexpected keyword argument 'a'"),
        ("TypeError", "daily() got an unexpected keyword argument 'b'"),
    ),
    (
        ("TypeError", "f() missing 1 required positional argument: 'x'"),
        ("TypeError", "f() missing 2 required positional arguments: 'x' and 'y'"),
    ),
    (
        ("ValueError", "too many values to unpack (expected 2)"),
        ("ValueError", "too many values to unpack (expected 3, got 4)"),
    ),
    (
        ("TypeError", 'can only concatenate str (not "int") to str'),
        ("TypeError", "unsupported operand type(s) for +: 'str' and 'int'"),
    ),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_failures_that_differ_in_values_only_have_one_signature(
    one: tuple[str | None, str], other: tuple[str | None, str]
) -> None:
    assert sign(*one) == sign(*other)


DIFFERENT = [
    (("KeyError", "'a'"), ("NameError", "'a'")),
    (("ValueError", "cannot convert"), ("ValueError", "cannot reindex")),
    ((None, None, 124), (None, None, 1)),
    (
        (None, "python: can't open file 'a.py': [Errno 2] No such file", 2),
        (None, "a.py: error: unrecognized arguments: --b", 2),
    ),
    (
        ("AttributeError", "'NoneType' object has no attribute 'a'"),
        ("AttributeError", "'str' object has no attribute 'a'"),
    ),
    (
        ("AttributeError", "module 'numpy' has no attribute 'a'"),
        ("AttributeError", "module 'pandas' has no attribute 'a'"),
    ),
    (
        ("TypeError", "unsupported operand type(s) for -: 'str' and 'str'"),
        ("TypeError", "unsupported operand type(s) for -: 'str' and 'int'"),
    ),
    (("ModuleNotFoundError", "No module named 'yaml'"), ("ModuleNotFoundError", "No module named 'src'")),
    (
        ("ModuleNotFoundError", "No module named 'sklearn'"),
        ("ModuleNotFoundError", "No module named 'sklearn.externals'"),
    ),
    (
        ("TypeError", "daily() got an unexpected keyword argument 'a'"),
        ("TypeError", "weekly() got an unexpected keyword argument 'a'"),
    ),
    (
        ("TypeError", "__init__() got an unexpected keyword argument 'a'"),
        ("TypeError", "__init__() got an unexpected keyword argument 'b'"),
    ),
    (
        ("ValueError", "too many values to unpack (expected 2)"),
        ("ValueError", "not enough values to unpack (expected 2, got 1)"),
    ),
    (
        ("E", "Invalid comparison between dtype=datetime64[ns] and date"),
        ("E", "Invalid comparison between dtype=int64 and date"),
    ),
    (("E", "Expected 2D array, got 1D array instead"), ("E", "Expected 1D array, got 2D array instead")),
    (("E", "[Errno 2] it failed to open"), ("E", "[Errno 13] it failed to open")),
    (("E", "404 Client Error: for url"), ("E", "429 Client Error: for url")),
    (("E", "Client error '401 Unauthorized' for it"), ("E", "Client error '404 Not Found' for it")),
    (
        ("ValidationError", "1 validation error for Row\na\n  Field required [type=missing, b]"),
        ("ValidationError", "1 validation error for Row\na\n  No [type=int_parsing, b]"),
    ),
    (("E", "Cannot cast type 'str' to type 'int'"), ("E", "Cannot cast type 'int' to type 'str'")),
    (("SyntaxError", "unterminated string literal (detected at line 3)"), ("SyntaxError", "'(' was never closed")),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_failures_that_differ_in_kind_have_two_signatures(
    one: tuple[str | None, str], other: tuple[str | None, str]
) -> None:
    assert sign(*one) != sign(*other)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (
            "Model class B doesn't declare an app_label, and isn't in 'apps'",
            "doesn't declare an app_label, and isn't in '*'",
        ),
        ("settings USE_I18N and utf8 for row 12", "settings USE_I18N and utf8 for row *"),
        ("data of float64, int8 and large_list in utf-8", "data of float64, int8 and large_list in utf-8"),
        ("Length of values (3) does not match length of index (4)", "(*) does not match length of index (*)"),
        ("cannot join <class 'int'> to <lambda>", "cannot join <class 'int'> to <*>"),
        ("<urlopen error unknown url type>", "<urlopen error unknown url type>"),
        ("Max retries exceeded with url: / (Caused by SSLError('x'))", "with url: * (Caused by SSLError('*'))"),
    ],
)
def test_what_is_no_value_stays_readable(message: str, text: str) -> None:
    assert sign("ValueError", message).endswith(text)


def test_a_name_that_the_code_itself_defines_is_masked() -> None:
    message = "total() missing 1 required positional argument: 'rows'"
    assert (
        sign("TypeError", message, code="def total(rows): ...\ntotal()") == "TypeError: *() missing required arguments"
    )
    assert sign("TypeError", message, code="total()") == "TypeError: total() missing required arguments"


def raised(type_: str, message: str, statement: str, *library: str) -> str:
    frames = [f'  File "<stdin>", line 3, in <module>\n    {statement}\n']
    frames += [
        f'  File "/venv/lib/python3.11/site-packages/{name}/core.py", line 4, in f\n    go()\n' for name in library
    ]
    error = f"{type_}: {message}" if message else type_
    traceback = f"Traceback (most recent call last):\n{''.join(frames)}{error}\n"
    return signature(Fault(type_, type_, message, traceback, None)).text


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (("KeyError", "'close'", "df['close']", "pandas"), "KeyError: '*' in pandas"),
        (("KeyError", "'HOME_'", "os.environ['HOME_']"), "KeyError: '*' at _.environ[_]"),
        (("KeyError", "'close'", "row['close']"), "KeyError: '*'"),
        (("AssertionError", "", "assert len(rows) == 3"), "AssertionError at assert len(_) == _"),
        (("AssertionError", "", "assert isinstance(x, int)", "torch"), "AssertionError in torch"),
        (("AssertionError", "", "raise error"), "AssertionError"),
        (("AssertionError", "frames are not alike", "assert alike(3)"), "AssertionError: frames are not alike"),
        (("AssertionError", "assert 2 == 3", "assert n == 3"), "AssertionError: assert * == * at assert _ == _"),
        (("ValueError", "cannot reindex on it", "go(3)", "pandas"), "ValueError: cannot reindex on it"),
        (("Exception", "7", "go(load(3))"), "Exception: * at go(load(_))"),
    ],
)
def test_where_it_happened_is_added_where_the_message_says_nothing(told: tuple[str, ...], text: str) -> None:
    assert raised(*told) == text


def test_an_attribute_without_its_owner_stays_readable() -> None:
    assert sign("AttributeError", "_decompose") == "AttributeError: _decompose"
    assert sign("AttributeError", "_decompose") != sign("AttributeError", "shape")


def test_a_failure_without_an_exception_is_signed_by_its_exit_status() -> None:
    assert sign(None, None, 124) == "exit:124"
    assert sign(None, None) == "exit:?"


def test_a_plain_exit_status_names_no_cause_and_a_time_limit_does() -> None:
    assert is_catch_all(signature(Fault(None, None, None, None, None, 1)).key)
    assert not is_catch_all(signature(Fault(None, None, None, None, None, 124)).key)


def test_a_signature_carries_its_hash_and_the_version_of_the_pipeline() -> None:
    signed = signature(Fault("KeyError", "KeyError", "'a'", None, None))
    assert signed == Signature("KeyError: '*'", key_of("KeyError: '*'"), PIPELINE)
    assert is_key(signed.key)
    assert not is_key("missing-key")


WORDS = st.sampled_from(["cannot", "join", "table", "the", "index", "of", "is", "empty", "not", "read"])
VALUES = st.one_of(
    st.integers(0, 10**9).map(str),
    st.floats(0, 10**6).map("{:.3f}".format),
    st.from_regex(r"'[a-z]{1,8}_[a-z]{1,8}'", fullmatch=True),
    st.from_regex(r"/[a-z]{1,8}/[a-z]{1,8}/[a-z]{1,8}\.csv", fullmatch=True),
    st.dates().map(str),
    st.uuids().map(str),
)


@given(st.lists(WORDS, min_size=2, max_size=5), st.lists(VALUES, min_size=2, max_size=2))
def test_values_do_not_change_a_signature(words: list[str], values: list[str]) -> None:
    one, other = (mask(f"{' '.join(words)} {value} there").replace("'*'", "*") for value in values)
    assert one == other


@given(st.text(), st.sampled_from([None, "KeyError", "ValueError", "RuntimeError", "SyntaxError", "app.Wrong"]))
def test_no_text_breaks_it_and_it_is_one_line(message: str, type_: str | None) -> None:
    text = sign(type_, message)
    assert text == sign(type_, message)
    assert len(text.splitlines()) <= 1


@given(st.text(alphabet=st.characters(min_codepoint=0xDC00, max_codepoint=0xDFFF, categories=["Cs"]) | st.characters()))
def test_lone_surrogates_and_characters_for_private_use_are_texts_too(message: str) -> None:
    assert is_key(signature(Fault("ValueError", "ValueError", f"\ue000 {message} 3", None, None)).key)
