"""Each kind of page says what it has to, and says plainly what does not exist."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from skills_lint.lint.registry import rules
from skills_lint.place import NotAssessedError
from skills_lint.site.facts import Assessment
from skills_lint.traces.result import Session

NOT_ASSESSED = NotAssessedError(
    "not assessed: there are no traces and no evidence; looked in traces",
    way_out="name the traces (`skills-lint triage PATH`)",
)


def words(html: str) -> str:
    """Return the text of a page, spaces folded."""
    from html import unescape

    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def test_the_overview_says_what_fails_the_gate_and_the_command_that_mends_it(facts, pages):
    text = words(pages(facts)["index.md"])
    assert "The gate fails. Date dtype mismatch is not covered by any skill." in text
    assert "coverage failed: 1 of 2 top buckets covered" in text
    assert "Next: skills-lint upgrade date-dtype-mismatch --write the gate fails for it: Date dtype mismatch" in text


def test_the_overview_says_how_much_was_read_of_what(facts, pages):
    text = words(pages(facts)["index.md"])
    assert "20 of 20 sessions, 22 Oct 2026 to 20 Nov 2026; 18 trace files, 1 line skipped" in text
    assert "Executions that failed 12 % 10 of 80" in text
    assert "9 failures of other tools, not analysed." in text


def test_the_overview_says_what_was_read_of_each_format_and_why_records_were_not(facts, pages):
    session = Session("s", ("traces/a.jsonl",), "codex", None, None, None, 3, 1, (), (), tool_calls=5)
    other = replace(session, id="t", files=("traces/b.jsonl",))
    scan = replace(facts.scan, sessions=(session, other))
    text = words(pages(replace(facts, scan=scan))["index.md"])
    assert "Format Files Sessions Tool calls Executions Failures codex 2 2 10 6 2" in text
    assert "1 record: not JSON" in text


def test_the_overview_shows_each_top_cause_with_a_labelled_bar(facts, pages):
    html = pages(facts)["index.md"]
    assert html.count('class="sl-card"') == 2
    assert 'aria-label="60 %"' in html
    assert "These 2 explain 9 of 10 failures (90 %)." in words(html)


def test_the_overview_from_evidence_alone_says_so(facts, pages):
    triage = replace(facts.assessment.triage, from_traces=0, from_evidence=20)
    alone = replace(facts, scan=None, assessment=replace(facts.assessment, triage=triage))
    assert "20 Nov 2026, from the evidence; the traces are not here" in words(pages(alone)["index.md"])


def test_two_reports_make_a_trend(facts, pages):
    (report,) = facts.reports
    earlier = replace(report, date=report.date.replace(day=1), file="2026-11-01.md", failures=20)
    html = pages(replace(facts, reports=(earlier, report)))["index.md"]
    assert "Failures per 100 executions, 2026-11-01 to 2026-11-20; at most 25" in html


def test_a_cause_has_its_numbers_and_texts(facts, pages):
    text = words(pages(facts)["causes/sql-binder.md"])
    for part in (
        "sql-binder covered top root cause declared here",
        "Failures 6 of 10",
        "Sessions 4 of 20",
        "BinderError: column <name> not found",
        "Cause The query names a column that prices does not have.",
        "Fix Read the schema first.",
        "Hint Run DESCRIBE prices.",
        "Cured in a skill",
        "read the schema first. skills/sql-store/SKILL.md:18",
        "From the traces, redacted; 1 of 6 failures.",
        "Asked for: Plot foo",
        "The next execution succeeded.",
    ):
        assert part in text


def test_examples_are_folded(facts, pages):
    html = pages(facts)["causes/sql-binder.md"]
    assert '<details class="sl-example">' in html
    assert "con" in html[html.index("<details") :]


def test_cause_and_skill_link_to_each_other(facts, pages):
    html = pages(facts)
    assert 'href="skills/sql-store.md#common-pitfalls-from-traces"' in html["causes/sql-binder.md"]
    assert 'href="causes/sql-binder.md"' in html["skills/sql-store.md"]


def test_a_skill_shows_its_body_and_findings(facts, pages):
    html = pages(facts)["skills/sql-store.md"]
    assert '<a href="reference/rules/sk101.md">SK101</a>' in html
    assert "found x" in words(html)
    assert '<h3 id="when-to-use">When to use</h3>' in html


def test_a_finding_outside_the_skills_is_in_the_list_of_skills(facts, pages):
    (found,) = facts.diagnostics
    in_buckets = replace(found, file=str(facts.root / "buckets.yaml"), line=4)
    text = words(pages(replace(facts, diagnostics=(found, in_buckets)))["skills/index.md"])
    assert "Findings outside the skills Place Rule Severity Finding buckets.yaml:4 SK101 error found x" in text


def test_a_link_between_skills_leads_to_the_page_and_one_to_a_file_is_text(facts, pages):
    html = pages(facts)["skills/sql-store.md"]
    assert '<a href="skills/dates.md#when-to-use">the other skill</a> and a script.' in html


def test_a_declared_cause_that_was_not_seen_has_a_page(facts, pages):
    html = pages(facts)
    assert "Not seen in the window." in words(html["causes/never-seen.md"])
    assert "Declared, and not seen in the window" in html["causes/index.md"]


def test_every_link_between_pages_leads_to_a_page_and_an_anchor_that_exist(facts, pages):
    html = pages(facts)
    written = {"reports/2026-11-20.md"}
    for uri, page in html.items():
        for target in re.findall(r'href="([^"#]+\.md)(#[^"]*)?"', page):
            assert target[0] in html.keys() | written, (uri, target)
            if target[1] and target[0] in html:
                assert f'id="{target[1][1:]}"' in html[target[0]], (uri, target)


@pytest.fixture
def nothing(facts):
    return replace(
        facts, skills=(), diagnostics=(), buckets=(), scan=None, assessment=NOT_ASSESSED, reports=(), publish="counts"
    )


def test_without_traces_and_evidence_nothing_is_assessed_and_the_way_out_is_named(nothing, pages):
    html = pages(nothing)
    assert "Not assessed: there are no traces and no evidence" in words(html["index.md"])
    assert "skills-lint triage PATH" in html["index.md"]
    assert "There is no report yet." in words(html["index.md"])
    assert "There are no skills here." in words(html["skills/index.md"])
    assert "There is no report yet." in words(html["reports/index.md"])
    assert "No root cause is known yet" in words(html["causes/index.md"])


def test_without_failures_the_gate_passes_and_nothing_stands_out(facts, pages):
    triage = replace(facts.assessment.triage, buckets=(), failures=0, other=0)
    calm = replace(facts, assessment=Assessment(triage, replace(facts.assessment.coverage, buckets=())))
    text = words(pages(calm)["index.md"])
    assert "The gate passes. No root cause stands out." in text
    assert "None stands out among 0 failures." in text


def test_a_report_that_shows_more_than_the_site_may_is_cut_to_its_figures(facts, pages):
    html = pages(replace(facts, publish="counts"))["reports/2026-11-20.md"]
    assert "Only the figures are shown" in html
    assert "6 of 10" in html


def test_the_schema_reference_names_keys_types_and_meanings(facts, pages):
    text = words(pages(facts)["reference/schemas.md"])
    assert "buckets[].share number yes Its share of all failures. (at least 0, at most 1)" in text
    assert "window.start string or null yes" in text


def test_the_schema_reference_names_no_single_rule(facts, pages):
    html = pages(facts)["reference/schemas.md"]
    text = words(html)
    assert "select array of rule no Rules to run; all if not set." in text
    assert "severity object no Severity of rules." in text
    assert "SK101" not in text


def test_the_list_of_rules_tells_what_runs_what_is_mended_and_how_precise_it_is(facts, pages):
    rows = pages(facts)["reference/rules/index.md"].split("<tr")
    for rule in rules():
        row = next(row for row in rows if f">{rule.code}</a>" in row)
        runs, fix = "on trial" if rule.preview else "always", rule.fix or "none"
        assert f"<td>{rule.severity}</td><td>{runs}</td><td>{fix}</td>" in row
        assert ("<td>a fact</td>" in row) == (rule.precision is None)
    assert {rule.preview for rule in rules()} == {True, False}
    assert {rule.fix for rule in rules()} == {"safe", "unsafe", None}


def test_the_list_of_skills_says_how_much_the_baseline_keeps(facts, pages):
    assert "Not counted: 3 of the findings in the baseline" in pages(replace(facts, known=3))["skills/index.md"]
    assert "baseline" not in pages(facts)["skills/index.md"]


def test_each_rule_has_a_page(facts, pages):
    html = pages(facts)
    assert '<h2 id="bad">Bad</h2>' in html["reference/rules/sk101.md"]
    assert "frontmatter-schema" in html["reference/rules/index.md"]
