"""Reports read back."""

from __future__ import annotations

import datetime

import pytest

from skills_lint.place import InputError
from skills_lint.report.figures import Validation, figures_of, frontmatter
from skills_lint.report.history import read_reports

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
    assert f"{path}{place}" in str(error.value)
    assert found in str(error.value)
    assert "skills-lint report --date 2026-11-20" in str(error.value)
