"""Times as traces write them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.traces.clock import utc
from skills_lint.triage.assign import day_of

SECOND = "2026-09-21T14:13:20.000Z"


@pytest.mark.parametrize(
    "value",
    [1790000000, 1790000000000, 1790000000 * 10**6, 1790000000 * 10**9, "1790000000", "2026-09-21T16:13:20+02:00"],
)
def test_a_time_has_one_form(value: Any) -> None:
    assert utc(value) == SECOND


@pytest.mark.parametrize(
    "value", ["0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00", 1e14 - 1, True, "", "x", {}]
)
def test_what_no_trace_can_mean_is_no_time(value: Any) -> None:
    assert utc(value) is None


@given(st.datetimes().map(lambda moment: moment.isoformat()) | st.integers() | st.floats() | st.text())
def test_any_value_has_a_day_or_none(value: Any) -> None:
    day = day_of(utc(value))
    assert day is None or 1970 <= day.year <= 2200
