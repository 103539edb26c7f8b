"""The page of a root cause: whether its pitfall helped, its examples, how it was grouped, and what is beside it."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

import pytest

from skills_lint.buckets.bucket import Bucket
from skills_lint.coverage.cover import cover
from skills_lint.effect.result import Contrast, Effect, GoingOn, Tally
from skills_lint.errors.reading import Step
from skills_lint.evidence import SessionRecord
from skills_lint.place import InputError
from skills_lint.site.example import snippet
from skills_lint.site.facts import Effects
from skills_lint.site.overview import next_step
from skills_lint.skills.parse import parse_skill
from skills_lint.triage.result import Alike

CANARY = "canary5317"
DAY = datetime.date(2026, 11, 20)
PAGE = "causes/sql-binder.md"
EFFECT = Effect(
    "sql-binder",
    datetime.date(2026, 11, 10),
    Tally(40, 200, 30),
    Tally(30, 150, 5),
    "reduced",
    "it became rarer relative to other causes",
    rate_ratio=0.25,
    interval=(0.1, 0.6),
    level=0.99,
    loaded=Contrast(Tally(10, 50, 1), Tally(20, 100, 4), 0.5, (0.02, None)),
)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def section(html: str, name: str) -> str:
    return html.partition(f'id="{name}"')[2].partition("<h2")[0]


@pytest.fixture
def told(facts, failure):
    """Facts in which every text that comes from a trace has a canary."""
    assessment = facts.assessment
    fault = replace(failure().fault, message=CANARY, traceback=f"BinderError: {CANARY}", code=f"x = 1\n{CANARY} = 2")
    attempt = replace(failure().next[0], code=f"print('{CANARY}')")
    failed = failure(fault=fault, user_request=CANARY, next=(attempt,), file=f"traces/{CANARY}.jsonl")
    buckets = tuple(
        replace(
            bucket,
            signature=f"BinderError: {CANARY}",
            title=f"BinderError: {CANARY}" if bucket.source == "discovered" else bucket.title,
            details=(f"no attribute {CANARY}",),
            examples=tuple(replace(item, failure=failed, signature=CANARY) for item in bucket.examples),
        )
        for bucket in assessment.triage.buckets
    )
    alike = (Alike(("abc123", "sql-binder"), 0.8, f"all say {CANARY}"),)
    assigned = tuple(item for bucket in buckets for item in bucket.examples)
    triage = replace(assessment.triage, buckets=buckets, alike=alike, assigned=assigned)
    by_id = {bucket.id: bucket for bucket in buckets}
    covered = tuple(replace(item, bucket=by_id[item.bucket.id]) for item in assessment.coverage.buckets)
    example = buckets[0].examples[0]
    return replace(
        facts,
        assessment=replace(assessment, triage=triage, coverage=replace(assessment.coverage, buckets=covered)),
        records=(SessionRecord("1", DAY, "codex", None, 5, {"sql-binder": 2, "abc123": 1}, loaded=("sql-store",)),),
        effects=Effects({"sql-binder": EFFECT}, {"sql-binder": (GoingOn("sql-binder", "ignored", 5, 4, example),)}),
        grouped={"sql-binder": (Step("error", f"{CANARY} in words", f"the line {CANARY}"),)},
    )


def test_counts_show_no_text_of_a_trace_on_any_page(told, pages):
    for uri, html in pages(replace(told, publish="counts")).items():
        assert CANARY not in html, uri


def test_counts_still_show_every_number(told, pages):
    text = words(pages(replace(told, publish="counts"))[PAGE])
    for part in (
        "Failures 6 of 10",
        "reduced It became rarer",
        "Loaded and ignored.",
        "codex 1 of 1",
        "In the same sessions",
    ):
        assert part in text


def test_where_texts_may_be_shown_the_page_has_them_all(told, pages):
    html = pages(told)[PAGE]
    for name in ("signature", "examples", "how-it-was-grouped", "neighbours"):
        assert CANARY in section(html, name), name


def test_an_effect_is_drawn_with_its_interval_and_told_in_numbers(told, pages):
    html = section(pages(told)[PAGE], "did-it-help")
    assert "After against before: × 0.25 (0.10 to 0.60)" in html
    assert "Skill loaded against not loaded: × 0.50 (0.02 to ∞)" in html
    assert "before the pitfall 40 200 30 15.0 after it 30 150 5 3.3 skill loaded 10 50 1 2.0" in words(html)
    assert "The pitfall is there since 2026-11-10." in words(html)


def test_why_a_cause_goes_on_is_told_without_a_place_in_a_trace(told, pages):
    html = section(pages(told)[PAGE], "why-it-goes-on")
    assert "Loaded and ignored. 5 failures in 4 sessions" in words(html)
    assert ".jsonl" not in html


def test_without_a_history_of_git_the_page_says_why_there_is_no_effect(told, pages):
    unknown = InputError("no git history tells since when buckets are covered")
    html = pages(replace(told, effects=Effects(unknown=unknown)))[PAGE]
    assert "Not known: no git history tells since when buckets are covered." in words(section(html, "did-it-help"))


def test_an_example_marks_the_line_that_failed_and_shows_what_worked(facts, pages):
    html = section(pages(facts)[PAGE], "examples")
    marked = re.search(r'<mark class="sl-failing">(.*?)</mark>', html)
    assert words(marked[1]).replace(" ", "") == "con.sql('selectfoo')"
    assert html.index("</mark>") < html.index("The next execution succeeded.") < html.rindex("bar")


def test_an_example_leads_to_its_session_where_that_has_a_page(facts, failure, bucket):
    from skills_lint.site.build import build_site

    triage = facts.assessment.triage
    example = replace(triage.buckets[0].examples[0], failure=failure(session_key="k1"))
    seen = replace(facts.assessment.coverage.buckets[0], bucket=replace(triage.buckets[0], examples=(example,)))
    coverage = replace(facts.assessment.coverage, buckets=(seen,))
    site = build_site(
        replace(facts, assessment=replace(facts.assessment, coverage=coverage)), overview="index.md", documents={}
    )
    links = replace(site.links(lambda uri: uri), sessions={"k1": "sessions/one.md"})
    html = next(str(page.body(links)) for page in site.pages if page.uri == PAGE)
    assert '<a href="sessions/one.md">the whole session</a>' in html


def test_of_long_code_the_lines_around_the_failing_one_are_shown():
    code = "\n".join(f"step_{number}()" for number in range(500))
    shown = snippet(code, "step_300()")
    assert shown.text.split("\n")[shown.failing - 1] == "step_300()"
    assert shown.text.count("\n") < 50
    assert shown.left_out == 500 - shown.text.count("\n") - 1


def test_neighbours_are_groups_that_look_alike_and_causes_of_the_same_sessions(told, pages):
    html = section(pages(told)[PAGE], "neighbours")
    assert html.count('href="causes/abc123.md"') == 2
    assert "in 1 of its 4" in html


def test_the_next_step_is_what_fails_the_gate_then_a_report_then_what_got_worse_then_the_next_cause(facts):
    from skills_lint.site.cause import causes_of
    from skills_lint.site.changes import development_of

    causes, triage = causes_of(facts, development_of(facts)), facts.assessment.triage
    assert next_step(facts, causes, triage).command == "skills-lint upgrade date-dtype-mismatch --write"
    calm = [replace(cause, failing=False) for cause in causes]
    assert next_step(replace(facts, reports=()), calm, triage).command == "skills-lint report"
    assert next_step(facts, calm, triage).command == "skills-lint upgrade date-dtype-mismatch --write"
    done = [replace(cause, command=None) for cause in calm]
    worse = [replace(cause, effect=replace(EFFECT, verdict="worse")) for cause in calm]
    assert next_step(facts, worse, triage).cause == worse[0]
    assert next_step(facts, done, triage).why == "nothing to do until there are new sessions"


def test_the_matrix_tells_which_skill_has_the_pitfall(facts, pages):
    html = section(pages(facts)["index.md"], "who-covers-what")
    assert ">sql-store</a></th><td>" in html
    assert html.count('aria-label="covered"') == 2  # in the row, and in the legend
    assert "dates</a></th>" not in html.partition("sl-legend")[0]


def test_the_advice_of_a_pitfall_is_shown_as_its_skill_shows_it_and_its_links_lead_where_they_lead_there(facts, pages):
    old = facts.skills[0]
    advice = (
        "see [dates](../dates/SKILL.md#when-to-use), [above](#when-to-use) and *then* `DESCRIBE`, never [x](../x.md)."
    )
    old.path.write_text(old.text.replace("read the schema first.", advice), encoding="utf-8")
    skill = parse_skill(old.path, old.file)
    coverage = cover(facts.assessment.triage, (), (skill, facts.skills[1]))
    told = replace(facts, skills=(skill, facts.skills[1]), assessment=replace(facts.assessment, coverage=coverage))
    covered_by = section(pages(told)[PAGE], "covered-by")
    assert '<a href="skills/dates.md#when-to-use">dates</a>' in covered_by
    assert '<a href="skills/sql-store.md#when-to-use">above</a>' in covered_by
    assert "see dates , above and then DESCRIBE , never x." in words(covered_by)


@pytest.mark.parametrize(
    "advice",
    [
        "<img src=x onerror=alert(1)>",
        "[run](javascript:alert(1))",
        "![pic](http://elsewhere.example/p.png)",
        "# Big\n\n  <script>alert(1)</script>",
        "[up](../../../../etc/passwd)",
    ],
)
def test_nothing_in_the_advice_of_a_pitfall_takes_effect(facts, pages, advice):
    old = facts.skills[0]
    old.path.write_text(old.text.replace("read the schema first.", f"look. {advice}"), encoding="utf-8")
    skill = parse_skill(old.path, old.file)
    coverage = cover(facts.assessment.triage, (), (skill, facts.skills[1]))
    told = replace(facts, skills=(skill, facts.skills[1]), assessment=replace(facts.assessment, coverage=coverage))
    quoted = section(pages(told)[PAGE], "covered-by").partition("<blockquote>")[2].partition("</blockquote>")[0]
    assert "look." in quoted
    assert not re.search(r"<(?:img|script|a|h1)\b", quoted)


def test_a_cause_that_some_of_its_skills_lack_is_partly_covered(facts, pages):
    declared = (Bucket("sql-binder", "SQL", (), "c", "f", "h", skills=("sql-store", "dates")),)
    coverage = cover(facts.assessment.triage, declared, facts.skills)
    told = replace(facts, assessment=replace(facts.assessment, coverage=coverage))
    html = pages(told)
    assert "partly covered" in words(html[PAGE].partition("<dl")[0])
    assert "partly covered" in words(section(html["skills/sql-store.md"], "sl-covers"))


def test_the_overview_says_what_became_of_a_top_cause_since_its_pitfall(told, pages):
    card = pages(told)["index.md"].partition('href="causes/sql-binder.md"')[2].partition("</li>")[0]
    assert "since its pitfall: reduced" in words(card)
    waiting = replace(told, effects=Effects({"sql-binder": replace(EFFECT, verdict="no-evidence")}))
    assert "since its pitfall" not in words(pages(waiting)["index.md"])


def test_it_is_said_of_which_sessions_the_numbers_of_a_cause_are(told, pages):
    html = pages(told)[PAGE]
    assert "Failures since 2026-11-10, in sessions before the window too." in words(section(html, "why-it-goes-on"))
    assert "In the sessions of the window." in words(section(html, "where"))
