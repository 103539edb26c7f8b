"""Pictures tell what they show without colour, say it in words, and have their numbers beside them."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.site.pictures.bars import bar, columns, spark
from skills_lint.site.pictures.interval import Interval, intervals
from skills_lint.site.pictures.marks import mark
from skills_lint.site.pictures.trend import trend

HOSTILE = '"><script>alert(1)</script>'
DAYS = [(f"2026-11-{day:02}", float(day % 4)) for day in range(1, 31)]
REPORTS = [("2026-11-09", 24.8), ("2026-11-16", 27.3), ("2026-11-23", 28.2)]
INTERVALS = [Interval("After against before", 0.42, 0.2, 0.88, 0.975), Interval("Hint", 0.1, 0.0, None, 0.95)]
PICTURES = {
    "bar": bar(0.6, "60 %"),
    "columns": columns(DAYS, "Failures by day"),
    "spark": spark([1, 0, 3], "Failures by day"),
    "trend": trend(REPORTS, "Failures per 100 executions"),
    "intervals": intervals(INTERVALS, "Failures"),
    **{f"mark {kind}": mark(kind) for kind in ("covers", "owes", "none")},
}


def svg(html: str) -> ElementTree.Element:
    """Return the picture in some HTML, as XML."""
    return ElementTree.fromstring(html[html.index("<svg") : html.index("</svg>") + 6])  # noqa: S314 - our own


def table(html: str) -> list[list[str]]:
    return [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in html.split("<tr>")[2:]]


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_has_a_name_and_nothing_that_a_strict_policy_forbids(name):
    html = PICTURES[name]
    drawn = svg(html)
    assert drawn.get("role") == "img"
    assert drawn.get("aria-label") or drawn.findtext("title")
    for forbidden in ("style=", "<script", "<style", "onload", "href", "url("):
        assert forbidden not in html


@pytest.mark.parametrize("name", ["columns", "trend", "intervals"])
def test_a_chart_says_what_one_sees_and_has_its_numbers_as_a_table(name):
    html = PICTURES[name]
    assert svg(html).findtext("desc")
    assert html.index("</svg>") < html.index("<table>")
    assert "<th>" in html


def test_columns_are_as_high_as_their_values_and_the_table_has_every_day():
    html = columns([("1", 1), ("2", 4), ("3", 0)], "Failures by day")
    drawn = [float(height) for height in re.findall(r'class="sl-one"[^>]* height="([\d.]+)"', html)]
    assert drawn[1] == 4 * drawn[0]
    assert drawn[2] == 0
    assert table(html) == [["1", "1"], ["2", "4"], ["3", "0"]]


def test_points_of_a_trend_stand_in_the_ratio_of_their_values_and_bear_them():
    html = trend([("a", 10.0), ("b", 20.0)], "Rate")
    foot = float(re.search(r'class="sl-base"[^>]* y1="([\d.]+)"', html)[1])
    low, high = (foot - float(y) for y in re.findall(r'class="sl-dot"[^>]* cy="([\d.]+)"', html))
    assert high == pytest.approx(2 * low)
    assert re.findall(r'class="sl-value"[^>]*>([^<]*)<', html) == ["10", "20"]


def test_of_many_points_only_the_first_the_highest_and_the_last_bear_numbers():
    html = trend([(str(at), float(at % 7)) for at in range(20)], "Rate")
    assert re.findall(r'class="sl-value"[^>]*>([^<]*)<', html) == ["0", "6", "5"]


def test_an_interval_stands_on_the_side_of_one_that_it_is_on():
    html = intervals([Interval("Less", 0.5, 0.3, 0.8, 0.95), Interval("More", 2.0, 1.5, 4.0, 0.95)], "Failures")
    one = float(re.search(r'class="sl-one-line" x1="([\d.]+)%"', html)[1])
    less, more = (
        (float(x1), float(x2))
        for x1, x2 in re.findall(r'class="sl-way" x1="([\d.]+)%" y1="[\d.]+" x2="([\d.]+)%"', html)
    )
    assert max(less) < one < min(more)
    assert "Less: × 0.50 (0.30 to 0.80)" in html


def test_an_interval_without_an_end_points_beyond_the_picture():
    html = intervals([Interval("Any", 1.0, 0.0, None, 0.95)], "Failures")
    assert "◂" in html
    assert "▸" in html
    assert "0.00 to ∞" in html


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.one_of(st.none(), st.floats(0, 1e6)), st.floats(0.5, 0.999))
def test_any_interval_can_be_drawn_within_the_picture(value, low, high, level):
    html = intervals([Interval("Any", value, low, high, level)], "Failures")
    places = [float(x) for x in re.findall(r' (?:x|x1|x2)="([-\d.e+]+)%"', html)]
    assert all(0 <= place <= 100 for place in places)


@given(st.lists(st.tuples(st.text(max_size=5), st.integers(0, 10**6)), max_size=40))
def test_any_row_of_numbers_can_be_drawn_within_the_picture(points):
    for html in (columns(points, "What"), trend(points, "What")):
        assert all(0 <= float(x) <= 100 for x in re.findall(r' (?:x|x1|x2|cx)="([-\d.e+]+)%"', html))


def test_nothing_is_drawn_of_nothing():
    assert columns([], "What") == columns([("a", 0)], "What") == spark([], "What") == intervals([], "What") == ""
    assert trend([("a", 1.0)], "What") == ""


def test_marks_differ_in_their_shapes_and_not_in_colours_alone():
    shapes = {
        re.search(r"</title><(\w+) [^>]*?(?:r=\"([\d.]+)\"|d=)", mark(kind)).groups()
        for kind in ("covers", "owes", "none")
    }
    assert len(shapes) == 3


def test_a_hostile_label_is_text():
    for html in (bar(1, HOSTILE), columns([(HOSTILE, 1)], HOSTILE), spark([1], HOSTILE)):
        assert "<script" not in html
    assert "<script" not in intervals([Interval(HOSTILE, 1, 0.5, 2, 0.95)], HOSTILE)
    assert "<script" not in trend([(HOSTILE, 1), (HOSTILE, 2)], HOSTILE)
