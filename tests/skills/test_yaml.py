"""YAML with its marks: two parsers, of which the slow one tells what the fast one may say."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from skills_lint.yamlmarks import YAML_ERRORS, Marked, read_yaml

FRONT = """name: etf-data
description: >-
  Read ETF prices.
metadata:
  a: 'é'
  "b": &b "x"
  c: [*b, {d: 1}]
tags:
- x
- y: 2024-01-02
"""


def read(text: str) -> Marked | None:
    try:
        return read_yaml(text)
    except YAML_ERRORS:
        return None


def read_slowly(text: str) -> Marked | None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "__with_libyaml__", False)
        return read(text)


@given(
    st.integers(0, len(FRONT)),
    st.integers(0, 3),
    st.text("\t\n\r  :-?[]{},#&*!|>'\"%@`éa1~\x85\u2028\ufeff\x7f.\\<=\ud800", max_size=4),
)
@example(0, 0, "\ufeff")
@example(len(FRONT), 0, "a: b\tc\n")
def test_what_the_slow_parser_reads_the_fast_one_reads_alike(at: int, left_out: int, put: str) -> None:
    text = FRONT[:at] + put + FRONT[at + left_out :]
    assert read_slowly(text) in (None, read(text))


@pytest.mark.parametrize("level", ["[", "{a: ", "- ", "? ", "-\t", "{"])
def test_what_is_nested_too_deep_does_not_end_the_process(level: str) -> None:
    assert read(level * 300_000) is None


def test_a_list_of_many_items_is_read() -> None:
    assert len(read_yaml("- a\n" * 5_000).value) == 5_000
