"""What a format declares of its records is read from JSON, or from plain values, the same way."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.traces.formats import all_formats
from skills_lint.traces.mark import checksum
from skills_lint.traces.sources.fields import Raw, fitted, plain, read
from tests.traces.respelled import any_style, respelled

RECORDS = [format_.record for format_ in all_formats() if format_.record is not Any]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


def like(kind: Any, dice: Random, value: Any) -> Any:
    """Return JSON with the fields of a record, of which some have another type than theirs."""
    return _like(msgspec.inspect.type_info(kind), dice, value)


def _like(kind: Any, dice: Random, value: Any) -> Any:
    if dice.random() < 0.1:
        return value
    if isinstance(kind, msgspec.inspect.UnionType):
        return _like(dice.choice(kind.types), dice, value)
    if isinstance(kind, msgspec.inspect.StructType):
        fields = [field for field in kind.fields if dice.random() < 0.6]
        return {field.encode_name: _like(field.type, dice, value) for field in fields}
    if isinstance(kind, msgspec.inspect.ListType):
        return [_like(kind.item_type, dice, value) for _ in range(dice.randint(0, 2))]
    simple: dict[type, Any] = {
        msgspec.inspect.StrType: "text", msgspec.inspect.IntType: 7, msgspec.inspect.FloatType: 1000.0,
        msgspec.inspect.BoolType: True, msgspec.inspect.NoneType: None,
    }  # fmt: skip
    return simple.get(type(kind), value)


def as_plain(value: Any) -> Any:
    """Return a record with its raw fields read."""
    if isinstance(value, msgspec.Struct):
        return {name: as_plain(getattr(value, name)) for name in value.__struct_fields__}
    return [as_plain(item) for item in value] if isinstance(value, list) else plain(value)


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__module__.rpartition(".")[2])
@given(value=JSON, dice=st.randoms(use_true_random=True))
def test_plain_values_fit_as_json_is_read(kind: Any, value: Any, dice: Random) -> None:
    told = like(kind, dice, value)
    text = respelled(told, any_style(dice), dice)
    assert as_plain(read(Raw(text.encode()), kind)) == as_plain(fitted(json.loads(text), kind))


@pytest.mark.parametrize("text", ["1e400", "NaN", "9" * 5000, '"\\ud800"', '["\\ud800", 1e400]'])
def test_what_breaks_the_standard_is_read(text: str) -> None:
    assert plain(Raw(text.encode())) is not None


def test_an_item_that_does_not_fit_is_empty() -> None:
    assert fitted([None, "a"], list[str]) == ["", "a"]


def test_texts_that_are_no_unicode_differ_by_their_checksums() -> None:
    assert checksum({"code": "\ud800 1"}) != checksum({"code": "\ud800 2"})
