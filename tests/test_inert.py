from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from skills_lint.inert import inert, one_line


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
