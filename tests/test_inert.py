from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.inert import inert, inert_json, one_line


def test_escape_sequences_and_bidirectional_tricks_are_spelled_out() -> None:
    assert inert("\x1b[31mred\x1b[0m \u202eevil") == "\\x1b[31mred\\x1b[0m \\u202eevil"


def test_characters_that_nobody_sees_are_spelled_out() -> None:
    assert inert("a\xadb\u2028c\U000e0041") == "a\\xadb\\u2028c\\U000e0041"


@given(st.text(st.characters(codec=None), max_size=60), st.integers(1, 40))
def test_a_line_is_one_line_of_printable_text(text: str, width: int) -> None:
    line = one_line(text, width)
    assert "\n" not in line
    assert "\x1b" not in line
    assert len(line) <= width
    line.encode("utf-8")


@pytest.mark.parametrize("unseen", "\u034f\u115f\u180e\u206a\u3164\ufe00\ufe0f\U000e0100")
def test_no_character_is_passed_on_unseen(unseen: str) -> None:
    assert inert(f"a{unseen}b") == f"a{unseen.encode('unicode_escape').decode()}b"


@pytest.mark.parametrize("emoji", ["⚠\ufe0f", "❤\ufe0f", "1\ufe0f\u20e3"])
def test_an_emoji_stays_one(emoji: str) -> None:
    assert inert(emoji) == emoji


def test_json_says_the_same_without_such_characters() -> None:
    value = {"a": "x\x9b\u202e\U000e0041\ufe0f", "b": ["plain", "é"]}
    document = inert_json(json.dumps(value, ensure_ascii=False))
    assert json.loads(document) == value
    assert not set("\x9b\u202e\U000e0041") & set(document)
    assert "é" in document
