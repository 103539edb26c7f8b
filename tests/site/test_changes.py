"""What changed since the last report: today's figures beside those that were written."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from skills_lint.report.figures import BucketFigures
from skills_lint.report.over_time import moved
from skills_lint.site.changes import development_of, series

EARLIER = datetime.date(2026, 11, 1)


def earlier(facts, *buckets: BucketFigures, **changes):
    """Return the facts with a report of a month ago that had these buckets."""
    (report,) = facts.reports
    window = {"date": EARLIER, "start": EARLIER - datetime.timedelta(days=29), "end": EARLIER}
    before = replace(report, file="2026-11-01.md", buckets=buckets, **window, **changes)
    return replace(facts, reports=(before, report))


def figures(name: str, count: int, title: str = "Some cause") -> BucketFigures:
    return BucketFigures(name, title, count, min(count, 20), count / 10, False)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def changed(html: str) -> str:
    return words(html.partition('id="what-changed"')[2].partition("<h2")[0])


def test_todays_figures_take_the_place_of_todays_report(facts):
    (report,) = facts.reports
    assert [item.date for item in series(facts)] == [report.date]
    assert [item.file for item in series(earlier(facts))] == ["2026-11-01.md", ""]
    assert series(earlier(facts))[-1].failures == facts.assessment.triage.failures


def test_one_report_alone_shows_no_development(facts, pages):
    assert development_of(facts).by_bucket is None
    assert "There is no earlier report to compare with." in words(pages(facts)["index.md"])


def test_what_is_new_and_what_is_gone_is_told_with_its_numbers(facts, pages):
    before = earlier(facts, figures("sql-binder", 6), figures("never-seen", 4), pipeline=1)
    text = changed(pages(before)["index.md"])
    assert "Since the report of 2026-11-01" in text
    assert "new Date dtype mismatch 0 → 3 failures KeyError: &#39;foo&#39; 0 → 1 failure" in text
    assert "gone Never seen 4 → 0 failures" in text
    assert "Column not found in SQL" not in text.partition("Failures per 100")[0]


def test_what_grew_beyond_chance_is_told_on_the_overview_and_on_its_page(facts, pages):
    before = earlier(facts, figures("sql-binder", 1), executions=2_000)
    html = pages(before)
    assert "growing Column not found in SQL 1 → 6 failures" in changed(html["index.md"])
    assert ">growing</span>" in html["causes/sql-binder.md"]
    assert "Failures per 100 executions" in html["causes/sql-binder.md"]


def test_what_went_long_ago_is_no_change(facts):
    (report,) = facts.reports
    facts = earlier(facts, figures("never-seen", 4))
    between = replace(report, date=datetime.date(2026, 11, 10), file="2026-11-10.md")
    told = development_of(replace(facts, reports=(facts.reports[0], between, report)))
    assert "never-seen" in told.by_bucket
    assert "gone" not in moved(tuple(told.by_bucket.values()))


def test_groups_that_an_earlier_pipeline_named_otherwise_are_left_out_and_counted(facts, pages):
    before = earlier(facts, figures("sql-binder", 6), figures("0123456789ab", 4), pipeline=0)
    text = changed(pages(before)["index.md"])
    assert "0123456789ab" not in text
    assert "1 group without a bucket left out" in text


def test_a_group_without_a_page_is_called_by_its_title_only_where_texts_may_be_shown(facts, pages):
    before = earlier(facts, figures("0123456789ab", 4, "KeyError: &#39;secret&#39;"), pipeline=1)
    assert "secret" in changed(pages(before)["index.md"])
    told = changed(pages(replace(before, publish="counts"))["index.md"])
    assert "secret" not in told
    assert "gone 0123456789ab 4 → 0 failures" in told
