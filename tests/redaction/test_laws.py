"""What holds for any text: no crash, nothing new in a second pass, nothing lost beside a secret."""

from __future__ import annotations

import json
import string
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skills_lint.redaction import Redactor

REDACTOR = Redactor(b"k" * 32)
SECRET = "ghp" + "_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
PIECES = """password token API_KEY Authorization: Bearer Cookie: sid= = : " ' \\ @ / - /home/ /Users/ C:\\Users\\ https://
    postgres://app: x@y.dev Author: < > ls $ -----BEGIN PRIVATE KEY----- [redacted:password:3f9a] [user:3f9a] [redacted:
    ] * **** ssh mysql -p é jdoe42 Hunter7#zz9Q eyJhbGciOiJIUzI1NiJ9 aGVsbG8gd29ybGQ """.split()  # noqa: SIM905
FRAGMENTS = st.sampled_from([*PIECES, SECRET, "[withheld: x]", "\ud800", "\n", " ", ": ", " = "])
TEXTS = st.text(st.characters(), max_size=200) | st.lists(
    FRAGMENTS | st.text(string.printable, max_size=12), max_size=30
).map("".join)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def shape(value: Any) -> Any:
    if isinstance(value, dict):
        return [shape(item) for item in value.values()]
    if isinstance(value, list):
        return [shape(item) for item in value]
    return str if isinstance(value, str) else value


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_second_pass_changes_nothing(text: str) -> None:
    once = REDACTOR.text(text)

    assert REDACTOR.text(once) == once


@settings(max_examples=200, deadline=None)
@given(VALUES)
def test_a_json_value_keeps_its_shape_and_a_second_pass_changes_nothing(value: Any) -> None:
    once = REDACTOR.value(value)

    assert shape(once) == shape(value)
    assert REDACTOR.value(once) == once


@settings(max_examples=100, deadline=None)
@given(
    st.text(st.characters(exclude_characters=string.ascii_letters + string.digits + "_-"), max_size=60),
    st.text(" \n", min_size=1),
)
def test_a_secret_is_found_in_any_surroundings(around: str, gap: str) -> None:
    assert SECRET not in REDACTOR.text(around + gap + SECRET + gap + around)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(string.ascii_lowercase, max_size=12), max_size=30))
def test_plain_words_stay_as_they_are(words: list[str]) -> None:
    text = " ".join(words)

    assert REDACTOR.text(text) == text


def test_keys_and_values_of_json_are_redacted_also_where_only_the_key_tells() -> None:
    value = {"password": 'Spring7"x\\y', SECRET: 1, "argv": ["mysql", "-u", "root", "-pHunter7zz9Q"], "n": [1.5, None]}

    redacted = REDACTOR.value(value)

    assert list(redacted)[::2] == ["password", "argv"]
    text = json.dumps(redacted)
    assert SECRET not in text
    assert "ring7" not in text
    assert "x\\" not in text
    assert "Hunter" not in text
    assert redacted["argv"][:3] == ["mysql", "-u", "root"]
    assert redacted["n"] == [1.5, None]


def test_a_text_that_cannot_be_searched_in_time_is_withheld() -> None:
    hurried = Redactor(b"k" * 32, patience=1e-9)

    withheld = hurried.text(f"before {SECRET} after" * 1000)

    assert withheld.startswith("[withheld: ")
    assert SECRET not in withheld
    assert REDACTOR.text(withheld) == withheld
    assert SECRET not in json.dumps(hurried.value({SECRET: [SECRET, 1]}))


def test_a_value_nested_too_deeply_is_withheld() -> None:
    value: Any = SECRET
    for _ in range(5000):
        value = [value]

    assert REDACTOR.value({"a": value}) == "[withheld: nested too deeply to be searched for secrets]"


def test_short_texts_are_shown_though_a_long_one_beside_them_takes_too_long() -> None:
    hurried = Redactor(b"k" * 32, patience=0.1)
    value = {"event": "tool_end", "output": f"password=Hunter7{SECRET} " * 100_000, "n": 1}

    redacted = hurried.value(value)

    assert (redacted["event"], redacted["n"]) == ("tool_end", 1)
    assert redacted["output"].startswith("[withheld: ")


def test_a_long_line_does_not_leak() -> None:
    for filling in ("a", " ", "password", "key='", "cookie: a=b; ", "@", "/home/", "x@", "\\"):
        text = filling * (200_000 // len(filling)) + " " + SECRET
        assert SECRET not in REDACTOR.text(text)


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ("export KEY={}", SECRET),
        ("curl -u bot:{} https://ci.acme.dev", "Hunter7#zz9Q"),
        ('mysql -u root -p"{}" shop', "Hunter7#zz9Q"),
        ('{{"password": "{}"}}', "Hunter7#zz9Q"),
        ("{}@thinkpad:~/src$ make", "jdoe42"),
        ("C:\\Users\\{}\\src", "jdoe42"),
        ("/home/{}/src", "jdoe42"),
    ],
)
def test_json_within_json_hides_nothing_and_stays_json(depth: int, line: str, secret: str) -> None:
    text = f"before\n{line.format(secret)}\nafter git@github.com:acme/river.git"
    for _ in range(depth):
        text = json.dumps({"out": text})

    redacted = REDACTOR.text(text)

    assert secret not in redacted
    for _ in range(depth):
        redacted = json.loads(redacted)["out"]
    assert redacted.startswith("before\n" + line.split("{}")[0].replace("{{", "{"))
    assert redacted.endswith("\nafter git@github.com:acme/river.git")


@settings(max_examples=100, deadline=None)
@given(st.lists(VALUES, max_size=20))
def test_many_values_are_redacted_as_each_by_itself(values: list[Any]) -> None:
    assert REDACTOR.values(values) == [REDACTOR.value(value) for value in values]


def test_long_values_among_many_are_redacted_as_each_by_itself() -> None:
    values = ["export DB_PASSWORD=hunter7is-secret", "words " * 4000, {"api_key": SECRET, "note": "x" * 9000}] * 3

    assert REDACTOR.values(values) == [REDACTOR.value(value) for value in values]
