"""The report as its readers see it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

from inline_snapshot import snapshot

from skills_lint.report.changes import Changes, CodeChange, SkillChange
from skills_lint.report.figures import Validation, figures_of
from skills_lint.report.page import Report, report_page

DAY = datetime.date(2026, 11, 20)
CHANGES = Changes(
    datetime.date(2026, 11, 1),
    (CodeChange(("src/a.py", "src/b.py"), ("Close the store after use",)),),
    (SkillChange("sql-store", ("pitfall `sql-binder` added",)),),
)


def render(triage, coverage, *, publish="examples", changes=CHANGES, validation=None):
    figures = figures_of(DAY, triage, coverage, files=18, publish=publish, validation=validation)
    return report_page(Report(Path.cwd(), figures, triage, coverage, changes))


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
    text = render(triage(found, declared), coverage(found, declared), publish="counts")
    assert canary not in text
    assert "BinderError (abc123)" in text


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
