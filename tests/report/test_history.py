"""Reports read back."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from skills_lint.errors.signature import PIPELINE, is_key
from skills_lint.place import InputError, shown
from skills_lint.report.figures import BucketFigures, SuiteRun, Validation, figures_of, frontmatter
from skills_lint.report.history import read_reports
from skills_lint.report.renamed import renamed
from skills_lint.triage.link import Links

DAY = datetime.date(2026, 11, 20)


@pytest.fixture
def figures(bucket, triage, coverage):
    one = bucket()
    return figures_of(
        DAY, triage(one), coverage(one), files=18, publish="counts", validation=Validation("make: 'x'", -9, "Killed")
    )


def test_what_was_written_is_read_back(figures, tmp_path):
    (tmp_path / "2026-11-20.md").write_text(frontmatter(figures) + "\n# Report\n", encoding="utf-8")
    (read,) = read_reports(tmp_path)
    assert read.file == "2026-11-20.md"
    assert frontmatter(read) == frontmatter(figures)


def test_reports_come_by_their_day_and_other_files_are_none(figures, tmp_path):
    for name in ("2026-11-20.md", "2026-11-03.md", "index.md", "notes.txt"):
        text = frontmatter(figures).replace("'2026-11-20'", f"'{name[:10]}'", 1)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert [report.file for report in read_reports(tmp_path)] == ["2026-11-03.md", "2026-11-20.md"]


def test_no_folder_means_no_reports(tmp_path):
    assert read_reports(tmp_path / "reports") == ()


def test_days_may_stand_without_quotes(figures, tmp_path):
    text = frontmatter(figures).replace("'", "").replace("make: x", "x")
    (tmp_path / "2026-11-20.md").write_text(text, encoding="utf-8")
    assert read_reports(tmp_path)[0].date == DAY


@pytest.mark.parametrize(
    ("broken", "place", "found"),
    [
        (("sessions: 20", "sessions: many"), ":9:", "`sessions` is the text `many`; expected a whole number"),
        (("pipeline: 1\n", ""), ":2:", "`pipeline` is missing in the frontmatter"),
        (("sessions: 20", "sessions: [20"), ":9:11", "the bracket that opens here is never closed"),
        (("---\n", "", 1), ":1:", "no frontmatter"),
        (("'2026-11-20'", "'2026-02-30'", 1), ": ", "day is out of range"),
    ],
)
def test_a_broken_report_is_named_with_the_line_and_the_way_out(figures, tmp_path, broken, place, found):
    path = tmp_path / "2026-11-20.md"
    path.write_text(frontmatter(figures).replace(*broken), encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_reports(tmp_path)
    assert f"{shown(path)}{place}" in str(error.value)
    assert found in str(error.value)
    assert "skills-lint report --date 2026-11-20" in str(error.value)


def test_what_tests_came_to_is_read_back_and_reports_without_it_are_too(figures, tmp_path):
    whole = replace(figures, tests=SuiteRun("out/junit.xml", 12, 1, 2, 3))
    (tmp_path / "2026-11-20.md").write_text(frontmatter(whole), encoding="utf-8")
    (tmp_path / "2026-11-13.md").write_text(frontmatter(figures).replace("tests: null\n", ""), encoding="utf-8")
    assert [report.tests for report in read_reports(tmp_path)] == [None, whole.tests]


def test_only_earlier_reports_are_read_where_that_is_asked_so_that_a_broken_one_can_be_written_again(figures, tmp_path):
    (tmp_path / "2026-11-13.md").write_text(frontmatter(figures), encoding="utf-8")
    (tmp_path / "2026-11-20.md").write_text("broken", encoding="utf-8")
    assert [report.file for report in read_reports(tmp_path, before=DAY)] == ["2026-11-13.md"]


def test_groups_of_old_reports_go_by_the_buckets_that_they_have_today(figures):
    keys = ("0123456789ab", "ba9876543210", "aaaaaaaaaaaa")
    assert all(is_key(key) for key in keys)
    old = tuple(BucketFigures(key, f"{key} (no bucket yet)", 2, 1, 0.2, False) for key in keys)
    links = Links({keys[0]: {"sql-binder": 2}}, {keys[1]: {"other": 1}, keys[2]: {keys[2]: 1}})
    report = replace(figures, pipeline=PIPELINE - 1, buckets=(*figures.buckets, *old))
    (read,) = renamed([report], links)
    found = {bucket.id: (bucket.count, bucket.sessions, bucket.covered) for bucket in read.buckets}
    assert found == {"sql-binder": (8, 5, False), "other": (2, 1, False), keys[2]: (2, 1, False)}
    assert read.pipeline == PIPELINE
    (unlinked,) = renamed([report], Links({}, links.now))
    assert unlinked.pipeline == PIPELINE - 1
    (now,) = renamed([replace(report, pipeline=PIPELINE)], links)
    assert [bucket.id for bucket in now.buckets] == ["sql-binder", keys[0], "other", keys[2]]
