"""The report as its readers see it."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path

from inline_snapshot import snapshot

from skills_lint.report.changes import Changes, CodeChange, SkillChange
from skills_lint.report.figures import BucketFigures, SuiteRun, Validation, figures_of
from skills_lint.report.movement import histories
from skills_lint.report.output import as_json
from skills_lint.report.page import Report, report_page, report_text
from skills_lint.report.summary import report_summary

DAY = datetime.date(2026, 11, 20)
CHANGES = Changes(
    datetime.date(2026, 11, 1),
    (CodeChange(("src/a.py", "src/b.py"), ("Close the store after use",)),),
    (SkillChange("sql-store", ("pitfall `sql-binder` added",)),),
)


def render(triage, coverage, *, publish="examples", changes=CHANGES, validation=None):
    figures = figures_of(DAY, triage, coverage, files=18, publish=publish, validation=validation)
    return report_page(Report(Path.cwd(), figures, triage, coverage, changes))


def over_time(*buckets, triage, coverage, publish="examples", **more):
    """Return a report with two before it: `sql-binder` was there in the first, `old` in both, `gone` in the second."""
    now = figures_of(DAY, triage(*buckets), coverage(*buckets), files=18, publish=publish, **more)
    counts = ({"sql-binder": 3, "old": 2, "went`|": 4}, {"old": 2, "gone": 1})
    days = (datetime.date(2026, 11, 6), datetime.date(2026, 11, 13))
    before = [
        replace(now, date=day, buckets=tuple(BucketFigures(id_, id_, n, n, 0.1, False) for id_, n in found.items()))
        for day, found in zip(days, counts, strict=True)
    ]
    shown = histories([*before, now])
    return Report(Path.cwd(), now, triage(*buckets), coverage(*buckets), CHANGES, histories=shown)


def test_a_report_tells_each_bucket_over_the_reports_and_what_came_and_went(bucket, triage, coverage):
    text = report_text(over_time(bucket(), bucket(id="new-one", top=False), triage=triage, coverage=coverage))
    assert "- Movement: back; failures in the last 3 reports: 3, 0, 6\n" in text
    assert text.split("### Over the reports\n\n")[1].split("\n## ")[0] == snapshot("""\
Since the last report, 2026-11-13: new: `new-one`; back: `sql-binder`; gone: `gone`, `old`.

| cause | movement | 2026-11-06 | 2026-11-13 | 2026-11-20 |
| --- | --- | --: | --: | --: |
| `sql-binder` | back | 3 (4 %) | 0 | 6 (8 %) |
| `new-one` | new | 0 | 0 | 6 (8 %) |
| `gone` | gone | 0 | 1 (1 %) | 0 |
| `old` | gone | 2 (2 %) | 2 (2 %) | 0 |
| <code>went&#96;&#124;</code> | gone | 4 (5 %) | 0 | 0 |

Failures in the window of each report, and their share of its executions.
""")


def test_the_summary_is_the_report_in_a_screen(bucket, triage, coverage):
    tooling = bucket(id="tool", title="A tool | broken", remedy="tooling", count=1, sessions=1)
    run, tests = Validation("make check", 1, "1 failed"), SuiteRun("out.xml", 4, 1, 0, 0)
    report = over_time(bucket(), tooling, triage=triage, coverage=coverage, validation=run, tests=tests)
    assert report_summary(report) == snapshot("""\
## Trace failure triage, 2026-11-20

**The gate passes.**
10 of 80 Python executions (12 %) failed in 20 sessions, 2026-10-22 to 2026-11-20.

| cause | failures | sessions | movement | covered by |
| --- | --: | --: | --- | --- |
| Column not found in SQL (`sql-binder`) | 6 | 4 | back | `sql-store` |
| A tool &#124; broken (`tool`) | 1 | 1 | new | cured in the tooling |

Since the last report, 2026-11-13: new: `tool`; back: `sql-binder`; gone: `gone`, `old`.

- Skills upgraded since 2026-11-01: `sql-store`
- Files of code changed: 2
- `make check` ended with 1
- `out.xml`: 4 tests, 1 failed, 0 errors, 0 skipped
""")
    red = coverage(bucket(), covered=False)
    text = report_summary(replace(report, coverage=red))
    assert "**The gate fails: `sql-binder`.**" in text
    assert "| nobody: `skills-lint upgrade sql-binder --write` |" in text


def test_changes_name_the_buckets_that_they_are_for(bucket, triage, coverage):
    changes = Changes(
        datetime.date(2026, 11, 1),
        (CodeChange(("src/a.py",), ("Close it",), ("sql-binder", "other")),),
        (SkillChange("sql-store", ("pitfall `sql-binder` added",), ("sql-binder", "other")),),
    )
    one = bucket()
    text = render(triage(one), coverage(one), changes=changes)
    assert "- `src/a.py`: Close it (for `sql-binder`, `other`)\n" in text
    assert "- `sql-store`: pitfall `sql-binder` added (for `other`)\n" in text


def test_what_tests_came_to_stands_beside_the_command(bucket, triage, coverage):
    one = bucket()
    tests = SuiteRun("build/junit.xml", 1200, 2, 1, 3)
    figures = figures_of(DAY, triage(one), coverage(one), files=18, publish="counts", tests=tests)
    text = report_text(Report(Path.cwd(), figures, triage(one), coverage(one), CHANGES))
    assert text.endswith("## Validation\n\n`build/junit.xml`: 1,200 tests, 2 failed, 1 error, 3 skipped\n")


def test_a_report_has_its_figures_and_the_four_parts(bucket, triage, coverage):
    one = bucket()
    text = render(triage(one), coverage(one), validation=Validation("make check", 0, "4 passed"))
    assert text == snapshot("""\
---
date: '2026-11-20'
window:
  start: '2026-10-22'
  end: '2026-11-20'
pipeline: 1
publish: examples
files: 18
sessions: 20
executions: 80
failures: 10
buckets:
- id: sql-binder
  title: Column not found in SQL
  count: 6
  sessions: 4
  share: 0.6
  covered: true
validation:
  command: make check
  exit_status: 0
  last_line: 4 passed
tests: null
---

# Trace failure triage, 2026-11-20

Window: 2026-10-22 to 2026-11-20.
Read: 18 sessions known from 18 trace files, 2 from the evidence alone; 20 of them in the window.
Failed: 10 of 80 Python executions (12 %).

## Root causes

### 1. Column not found in SQL

- Bucket: `sql-binder`
- Signature: <code>BinderError: column &#60;name&#62; not found</code>
- Cause: The query names a column that `prices` does not have.
- Fix: Read the schema first.
- Count: 6 of 10 failures (60 %), in 4 of 20 sessions
- Places: `traces/a.jsonl:12`
- Covered by: `sql-store`

Together they explain 6 of 10 failures (60 %); other causes explain 4.

## Code changes

- `src/a.py`, `src/b.py`: Close the store after use

## Skills upgraded

- `sql-store`: pitfall `sql-binder` added

## Validation

`make check` ended with exit status 0; its last line: `4 passed`
""")


def test_a_report_from_traces_counts_what_was_not_read(bucket, triage, coverage):
    one = bucket()
    figures = figures_of(DAY, triage(one), coverage(one), files=18, publish="counts")
    text = report_page(Report(Path.cwd(), figures, triage(one), coverage(one), CHANGES, not_read=3))
    assert "in the window.\nNot read: 3 records.\nFailed: 10 of 80" in text


def test_a_report_without_validation_says_not_run(bucket, triage, coverage):
    one = bucket()
    assert render(triage(one), coverage(one)).endswith("## Validation\n\nNot run.\n")


def test_a_report_says_why_changes_are_not_known(bucket, triage, coverage):
    one = bucket()
    text = render(triage(one), coverage(one), changes=Changes(None, unknown="there is no earlier report"))
    assert text.count("Not known: there is no earlier report.") == 2


def test_a_report_names_the_command_for_a_cause_that_no_skill_covers(bucket, triage, coverage):
    one = bucket()
    text = render(triage(one), coverage(one, covered=False))
    assert "- Covered by: no skill; run `skills-lint upgrade sql-binder --write`" in text


def test_with_counts_nothing_of_a_trace_is_shown(bucket, triage, coverage, example):
    canary = "CANARY"
    found = bucket(
        id="abc123",
        source="discovered",
        title=canary,
        signature=canary,
        cause=canary,
        fix=canary,
        hint=canary,
        examples=(example(canary, file=f"traces/{canary}.jsonl"),),
    )
    declared = bucket(signature=canary, examples=(example(canary),))
    report = over_time(found, declared, triage=triage, coverage=coverage, publish="counts")
    for shown in (report_page(report), report_summary(report), json.dumps(as_json(report, "x.md"))):
        assert canary not in shown
        assert "BinderError (abc123)" in shown.replace("`", "")


def test_with_examples_signature_and_places_are_shown(bucket, triage, coverage):
    one = bucket()
    text = render(triage(one), coverage(one), publish="examples")
    assert "- Signature: <code>BinderError: column &#60;name&#62; not found</code>" in text
    assert "- Places: `traces/a.jsonl:12`" in text


def test_places_are_told_from_the_root_of_the_repo_and_never_by_a_path_of_the_machine(
    bucket, triage, coverage, example, tmp_path, monkeypatch
):
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    places = (example("x", file="../traces/a.jsonl"), example("x", file="/elsewhere/b.jsonl"))
    one = bucket(examples=places)
    figures = figures_of(DAY, triage(one), coverage(one), files=2, publish="examples")
    text = report_page(Report(tmp_path, figures, triage(one), coverage(one), CHANGES))
    assert "- Places: `traces/a.jsonl:12`, `b.jsonl:12`" in text


def test_no_failures_at_all_are_said_plainly(triage, coverage):
    none = replace(triage(), failures=0, other=0)
    assert "None stands out among 0 failures." in render(none, coverage())


def test_long_lists_of_changes_are_cut_and_counted(bucket, triage, coverage):
    one = bucket()
    code = tuple(
        CodeChange(tuple(f"src/{group}/{file}.py" for file in range(8)), (f"Change {group}",)) for group in range(17)
    )
    text = render(triage(one), coverage(one), changes=Changes(DAY, code))
    assert "`src/0/4.py` and 3 more: Change 0" in text
    assert "- and 16 more files" in text


def test_how_the_repos_own_api_is_misused_is_shown_where_traces_may_be(bucket, triage, coverage):
    one = bucket(details=("no attribute `query` in `Store`; did you mean `sql`?",))
    cause = "- Cause: The query names a column that `prices` does not have."
    shown = f"{cause} No attribute `query` in `Store`; did you mean `sql`?\n"
    assert shown in render(triage(one), coverage(one))
    assert f"{cause}\n" in render(triage(one), coverage(one), publish="counts")
