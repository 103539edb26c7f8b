"""The shape of a statement, which stands for it where its names and values do not matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.errors.shape import shape_of, subscript_of


@pytest.mark.parametrize(
    ("statement", "shape"),
    [
        ("assert len(rows) == 3, f'{rows}'", "assert len(_) == _, _"),
        ("assert isinstance(x, int)", "assert isinstance(_)"),
        ("assert found is not None", "assert _ is not None"),
        ("total = store.daily('a', start=3)", "_.daily(_)"),
        ("return frame.groupby('a').sum()", "_.groupby(_).sum()"),
        ("if not rows:", "if not _"),
        ("elif load(path):", "if load(_)"),
        ("for row in rows:", "for _ in _"),
        ("raise error", None),
        ("row['close']", None),
        ("x", None),
        ("frame.pivot(", None),
        ("else:", None),
        ("", None),
    ],
)
def test_names_and_values_are_masked_and_what_is_called_stays(statement: str, shape: str | None) -> None:
    assert shape_of(statement) == shape


@pytest.mark.parametrize(
    ("statement", "shape"),
    [
        ("key = os.environ['KEY']", "_.environ[_]"),
        ("x = response.json()['data']", "_.json()[_]"),
        ("x = row['close']", None),
        ("x = a.b['c'] + d.e['f']", None),
        ("x = rows.pop('c')", None),
    ],
)
def test_a_key_is_looked_up_in_what_is_no_plain_name(statement: str, shape: str | None) -> None:
    assert subscript_of(statement) == shape


@given(st.text())
def test_no_text_breaks_it(statement: str) -> None:
    shape_of(statement)
    subscript_of(statement)
    shape_of("f(" + "(" * len(statement) * 10)
