"""A skill's page: findings at their lines, how it was used, what it costs, and who changed it when."""

from __future__ import annotations

import datetime
import re
import subprocess
from dataclasses import replace

import pytest

from skills_lint.evidence import SessionRecord
from skills_lint.lint.diagnostic import Edit, Fix
from skills_lint.place import Span
from skills_lint.site.differences import differences_of
from skills_lint.site.history import Commit, commits_of
from skills_lint.skills.parse import parse_skill


def words(html):
    from html import unescape

    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


BODY = """---
name: dates
description: Dates.
---

# Dates

First paragraph
on two lines.

- item one
- item two
  - inner item
- item three

| a | b |
|---|---|
| 1 | 2 |

```python
x = 1
```

Last words.
"""


@pytest.fixture
def noted(facts, pages, tmp_path):
    """The HTML of a skill with a finding on each of some lines."""

    def page(*lines, **changes):
        path = tmp_path / "skills" / "dates" / "SKILL.md"
        path.write_text(BODY, encoding="utf-8")
        skill = parse_skill(path, str(path))
        (one,) = facts.diagnostics
        found = tuple(replace(one, file=skill.file, line=line, message=f"found on {line}", **changes) for line in lines)
        return pages(replace(facts, skills=(facts.skills[0], skill), diagnostics=found))["skills/dates.md"]

    return page


def body(html):
    return html[html.index("<article") :]


@pytest.mark.parametrize(
    ("line", "before", "after"),
    [
        (6, "Dates</h2>", "First paragraph"),
        (9, "on two lines.", "item one"),
        (11, "item one", "item two"),
        (12, "inner item", "item three"),  # the item, with what is in it
        (13, "inner item", "item three"),
        (18, "<td>2</td>", '<div class="highlight">'),
        (21, "</code></pre>", "Last words."),
        (24, "Last words.", "</article>"),
        (10, "on two lines.", "item one"),  # a blank line
    ],
)
def test_a_finding_stands_behind_what_it_is_about(noted, line, before, after):
    html = body(noted(line))
    at = html.index('id="sl-finding-1"')
    assert html.rindex(before, 0, at) < at < html.index(after, at)


def test_a_finding_in_a_list_stays_within_its_item(noted):
    html = body(noted(11))
    item = html[html.index("item one") : html.index("item two")]
    assert item.index("sl-finding") < item.index("</li>")


def test_all_findings_are_listed_above_and_lead_to_their_notes(noted):
    html = noted(3, 9, 9, 21)
    assert 'href="#sl-finding-1"' not in html  # in the frontmatter, which is not rendered
    for number in (2, 3, 4):
        assert f'href="#sl-finding-{number}"' in html
        assert f'id="sl-finding-{number}"' in html
    assert "found on 3" not in body(html)
    assert body(html).count("found on 9") == 2


def test_a_finding_tells_its_rule_its_way_out_and_its_fix(noted):
    fix = Fix("write `y`", (Edit(Span(9, 1, 9, 2), "y"),), safe=True)
    html = body(noted(9, fix=fix))
    assert '<a href="reference/rules/sk101.md">SK101</a>' in html
    assert "error line 9 found on 9 write y Fix: write y , with skills-lint check --fix" in words(html)
    assert "--unsafe-fixes" in body(noted(9, fix=replace(fix, safe=False)))


def record(session, *, offered=(), loaded=(), failures=()):
    return SessionRecord(
        session, datetime.date(2026, 11, 20), "codex", None, 3, dict.fromkeys(failures, 1), offered, loaded
    )


def test_a_skill_tells_how_often_it_was_loaded_and_failed_nevertheless(facts, pages):
    records = (
        record("a", offered=("sql-store", "dates"), loaded=("sql-store",), failures=("sql-binder",)),
        record("b", offered=("sql-store",), loaded=("sql-store",), failures=("date-dtype-mismatch",)),
        record("c", offered=("sql-store",), failures=("sql-binder",)),
        record("d", loaded=("unknown",)),
    )
    html = pages(replace(facts, records=records))
    text = words(html["skills/sql-store.md"])
    assert "Loaded 2 of 4 sessions; offered in 3" in text
    assert "Failed nevertheless 1 of 2 that loaded it" in text
    row = words(html["skills/index.md"].partition("skills/sql-store.md")[2].partition("</tr>")[0])
    assert row.endswith("2 1")


def test_without_records_nothing_is_said_of_use(facts, pages):
    html = pages(replace(facts, records=()))
    assert "Loaded" not in words(html["skills/sql-store.md"])
    assert "<th>Loaded</th>" not in html["skills/index.md"]


def test_a_skill_tells_what_it_costs_and_when_that_is_too_much(facts, pages, tmp_path):
    path = tmp_path / "skills" / "dates" / "SKILL.md"
    path.write_text("---\nname: dates\ndescription: x\n---\n" + "word " * 5_000, encoding="utf-8")
    html = pages(replace(facts, skills=(facts.skills[0], parse_skill(path, str(path)))))
    assert "Tokens 6,250 about, in 1 line, when loaded; more than the recommended 5,000 in 500" in words(
        html["skills/dates.md"]
    )
    assert "long" in html["skills/index.md"].partition("skills/dates.md")[2]


def test_commits_are_shown_with_the_causes_that_they_name(facts, pages):
    commit = Commit("abc1234", "2026-11-20", "Warn <b>of</b> dates", ("sql-binder", "other"))
    html = pages(replace(facts, commits={facts.skills[0].file: (commit,)}))["skills/sql-store.md"]
    assert "2026-11-20 Warn <b>of</b> dates abc1234 Column not found in SQL , other" in words(html)
    assert "<b>of" not in html


@pytest.fixture
def git(tmp_path):
    def run(*arguments):
        settings = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *settings, *arguments], cwd=tmp_path, check=True, capture_output=True)

    run("init", "-q")
    return run


def write(folder, name, text):
    path = folder / "skills" / name / "SKILL.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return parse_skill(path, f"shown/{name}")


def test_git_tells_the_last_commits_of_each_skill_with_their_trailers(tmp_path, git):
    skills = [write(tmp_path, name, "# One\n") for name in ("a", "b ü")]
    git("add", "-A")
    git("commit", "-q", "-m", "Begin\n\nText.\n\nBucket: x\nBucket: y-z\n")
    write(tmp_path, "a", "# Two\n")
    git("commit", "-q", "-a", "-m", "Change a")
    found = commits_of(skills, tmp_path)
    assert [commit.subject for commit in found["shown/a"]] == ["Change a", "Begin"]
    (begun,) = found["shown/b ü"]
    assert begun.buckets == ("x", "y-z")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", begun.day)


def test_a_root_below_the_top_of_the_repo_is_asked_about_as_such(tmp_path, git):
    skill = write(tmp_path / "inner", "a", "# One\n")
    git("add", "-A")
    git("commit", "-q", "-m", "Begin")
    assert [c.subject for c in commits_of([skill], tmp_path / "inner")["shown/a"]] == ["Begin"]


def test_no_more_than_some_commits_are_told_of_a_skill(tmp_path, git):
    for number in range(12):
        skill = write(tmp_path, "a", f"# {number}\n")
        git("add", "-A")
        git("commit", "-q", "-m", f"Change {number}")
    assert [commit.subject for commit in commits_of([skill], tmp_path)["shown/a"]][:2] == ["Change 11", "Change 10"]
    assert len(commits_of([skill], tmp_path)["shown/a"]) == 8


def test_of_many_skills_git_is_asked_about_their_folder(tmp_path, git):
    skills = [write(tmp_path, f"s{number}", f"# {number}\n") for number in range(205)]
    git("add", "-A")
    git("commit", "-q", "-m", "Begin")
    found = commits_of(skills, tmp_path)
    assert len(found) == 205


def test_without_a_history_there_is_none(tmp_path):
    assert commits_of([write(tmp_path, "a", "# One\n")], tmp_path) == {}


def test_a_report_tells_what_changed_since_the_one_before(facts, pages):
    (report,) = facts.reports
    sql, dates, _ = report.buckets
    first = replace(report, date=report.date.replace(day=1), file="2026-11-01.md", buckets=(dates,))
    second = replace(report, date=report.date.replace(day=8), file="2026-11-08.md", buckets=(sql,))
    third = replace(report, date=report.date.replace(day=15), file="2026-11-15.md", buckets=(sql, dates))
    found = differences_of((first, second, third))
    assert "2026-11-01.md" not in found
    assert [(c.id, c.movement) for c in found["2026-11-08.md"].changes] == [
        ("sql-binder", "new"), ("date-dtype-mismatch", "gone")
    ]  # fmt: skip
    assert [(c.id, c.movement, c.before, c.now) for c in found["2026-11-15.md"].changes] == [
        ("date-dtype-mismatch", "back", 0, 3)
    ]
    html = pages(replace(facts, publish="counts", reports=(first, second, third)))
    assert "1 new, 1 gone" in words(html["reports/index.md"])
    text = words(html["reports/2026-11-15.md"])
    assert "Since the report of 2026-11-08 " in text
    assert "Date dtype mismatch came back 0 3" in text


def test_what_only_another_pipeline_hashed_otherwise_is_no_change(facts):
    (report,) = facts.reports
    hashed = replace(report.buckets[2], id="0123456789ab")
    other = replace(hashed, id="fedcba987654")
    earlier = replace(report, date=report.date.replace(day=1), file="2026-11-01.md", buckets=(hashed,))
    now = replace(report, buckets=(other,), pipeline=report.pipeline + 1)
    assert differences_of((earlier, now))[now.file].changes == ()
    assert len(differences_of((earlier, replace(now, pipeline=report.pipeline)))[now.file].changes) == 2
