"""The section that tells how agents got out of a root cause."""

from __future__ import annotations

from dataclasses import replace

from skills_lint.errors.fault import Fault
from skills_lint.traces.result import Attempt
from skills_lint.triage.result import Assigned

ADDRESS = "causes/sql-binder.md"
HOSTILE = "<script>alert(1)</script>\x1b[2J"


def with_recovery(facts, failure, wrong="con.sql('select foo')", right="con.sql('select bar')"):
    failures = (
        failure(
            fault=Fault("BinderError", None, "column foo not found", None, wrong),
            next=(Attempt(14, None, False, right, None),),
        ),
    )
    assigned = tuple(Assigned(item, "BinderError", "abc123", "sql-binder") for item in failures)
    triage = replace(facts.assessment.triage, assigned=assigned)
    return replace(facts, assessment=replace(facts.assessment, triage=triage))


def test_the_page_of_a_cause_shows_wrong_and_right_with_counts_and_places(facts, pages, failure):
    html = pages(with_recovery(facts, failure))[ADDRESS]
    section = html.partition('id="how-agents-got-out-of-it"')[2].partition("<h2")[0]
    assert "1 of 1 failure (100 %), after 1 attempt (median)" in section
    assert section.index("select foo") < section.index("Right, 1 time") < section.index("select bar")
    assert "a.jsonl:12" in section


def test_edits_are_withheld_where_no_text_of_a_trace_is_published(facts, pages, failure):
    html = pages(replace(with_recovery(facts, failure), publish="counts"))[ADDRESS]
    assert "1 of 1 failure" in html
    assert "select foo" not in html
    assert "select bar" not in html


def test_a_hostile_edit_is_inert(facts, pages, failure):
    html = pages(with_recovery(facts, failure, f"f('{HOSTILE}')", f"f('{HOSTILE}', 1)"))[ADDRESS]
    assert "<script>" not in html
    assert "\x1b" not in html
    assert "Right, 1 time" in html


def test_a_cause_without_traces_has_no_such_section(facts, pages):
    assert "how-agents-got-out-of-it" not in pages(facts)[ADDRESS]
