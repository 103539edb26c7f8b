"""Buckets over the reports."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace

import pytest

from skills_lint.report.figures import BucketFigures, ReportFigures
from skills_lint.report.movement import Point, histories
from skills_lint.report.over_time import moved, moved_line, movement_of, table

FIRST = datetime.date(2026, 9, 1)
WINDOW = datetime.timedelta(days=29)


def report(day: int, *, executions: int = 1000, **counts: int | tuple[int, int]) -> ReportFigures:
    """Return a report so many days after the first; a bucket has failures, or failures and sessions."""
    date = FIRST + datetime.timedelta(days=day)
    numbers = {id_: value if isinstance(value, tuple) else (value, value) for id_, value in counts.items()}
    buckets = tuple(
        BucketFigures(id_, f"{id_} on day {day}", count, sessions, 0.1, False)
        for id_, (count, sessions) in numbers.items()
    )
    return ReportFigures(date, date - WINDOW, date, 1, "counts", 1, 100, executions, 50, buckets)


def movements(*reports: ReportFigures) -> dict[str, str]:
    return {history.id: history.movement for history in histories(reports)}


def test_a_bucket_is_new_once_gone_when_it_is_missing_and_back_when_it_is_seen_again() -> None:
    reports = [report(0, a=3, b=3), report(7, a=3), report(14, a=3, b=3, c=1), report(21, a=3, b=3, c=1)]
    assert movements(*reports[:2]) == {"a": "steady", "b": "gone"}
    assert movements(*reports[:3]) == {"a": "steady", "b": "back", "c": "new"}
    assert movements(*reports) == {"a": "steady", "b": "steady", "c": "steady"}


def test_what_went_long_ago_stays_gone_with_its_last_day() -> None:
    found = histories([report(0, a=3), report(7), report(14, b=1), report(21, b=1)])
    assert [(history.id, history.movement, history.last) for history in found] == [
        ("b", "steady", FIRST + datetime.timedelta(days=21)),
        ("a", "gone", FIRST),
    ]


def test_a_group_whose_hash_another_pipeline_made_neither_came_nor_went() -> None:
    then, now = report(0, **{"0123456789ab": 4, "a": 3}), report(7, fedcba987654=4, b=3)
    assert moved(histories([then, now])) == moved(histories([report(0, a=1), then, now]))
    assert {kind: len(found) for kind, found in moved(histories([then, now])).items()} == {"new": 2, "gone": 2}
    found = histories([then, replace(now, pipeline=2)])
    assert {kind: [item.id for item in items] for kind, items in moved(found).items()} == {"new": ["b"], "gone": ["a"]}
    line = moved_line(found)
    assert line is not None
    assert line.endswith("new: `b`; gone: `a`. Left out: 2 groups that an earlier pipeline hashed otherwise.")
    assert movement_of("fedcba987654", found) is None
    assert "| `fedcba987654` |  | 0 | 4 (<1 %) |" in list(table(found))
    later = histories([then, replace(now, pipeline=2), replace(report(14, fedcba987654=4), pipeline=2)])
    assert movement_of("fedcba987654", later) == "steady; failures in the last 3 reports: 0, 4, 4"


def test_each_report_is_a_point_and_the_newest_names_the_bucket() -> None:
    (history,) = histories([report(0, a=(8, 2)), report(7, executions=500), report(14, a=1)])
    assert history.title == "a on day 14"
    assert history.points == (
        Point(FIRST, 8, 1000, 2),
        Point(FIRST + datetime.timedelta(days=7), 0, 500, 0),
        Point(FIRST + datetime.timedelta(days=14), 1, 1000, 1),
    )


def test_the_last_of_several_reports_of_one_day_counts() -> None:
    (history,) = histories([report(0, a=3), report(7), report(7, a=4)])
    assert [point.failures for point in history.points] == [3, 4]


@pytest.mark.parametrize(
    ("then", "now", "executions", "expected"),
    [
        (10, 30, 1000, "growing"),
        (30, 10, 1000, "falling"),
        (10, 15, 1000, "steady"),
        (0, 5, 1000, "steady"),  # 1 of 32 to either side: 6 %
        (0, 6, 1000, "growing"),  # 1 of 64: 3 %
        (10, 30, 3000, "steady"),  # as often as before
        (10, 10, 4000, "falling"),
        ((10, 3), (30, 9), 1000, "steady"),  # in few sessions
        ((10, 2), (400, 3), 1000, "steady"),  # two sessions that failed again and again
        (10, 30, 0, "steady"),
    ],
)
def test_a_rate_moves_where_it_differs_by_more_than_chance(then, now, executions, expected) -> None:
    earlier = (report(0, a=then), report(20, a=1)) if then else (report(0), report(20, a=1))
    assert movements(*earlier, report(30, executions=executions, a=now))["a"] == expected


def test_a_rate_is_held_against_the_newest_report_whose_window_does_not_overlap() -> None:
    overlapping = (report(0, a=10), report(30, a=30), report(50, a=30), report(60, a=30))
    assert movements(*overlapping)["a"] == "steady"
    assert movements(*overlapping[:2])["a"] == "growing"
    assert movements(*overlapping[:3])["a"] == "growing"  # day 30 overlaps with day 50


def test_without_reports_there_is_no_history() -> None:
    assert histories([]) == ()
    assert movements(report(0, a=1)) == {"a": "new"}


def test_where_nothing_changes_a_movement_is_told_in_at_most_five_per_cent() -> None:
    """Sessions fail alike in both windows, several times each; in the second half the windows share most of them."""
    chance = random.Random(7)  # noqa: S311
    for shared in (0, 70):
        moved = 0
        for _ in range(1000):
            sessions = [chance.choice((1, 1, 2, 3)) if chance.random() < 0.3 else 0 for _ in range(200 - shared)]
            before, after = sessions[:100], sessions[-100:]
            sides = [(sum(side), sum(map(bool, side))) for side in (before, after)]
            moved += movements(report(0, a=sides[0]), report(30, a=sides[1]))["a"] != "steady"
        assert moved <= 50


def test_large_counts_are_judged_as_quickly_as_small_ones() -> None:
    assert movements(report(0, executions=9**9, a=9**7), report(30, executions=9**9, a=9**7 + 9**4))["a"] == "growing"
