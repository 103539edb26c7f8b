"""Pages of sessions: failures are marked, and lead to each other and to their causes."""

from __future__ import annotations

import json
import re

import pytest
from markupsafe import escape

from skills_lint.project import open_project
from skills_lint.site.build import build_site
from skills_lint.site.facts import gather

CANARY = "CANARYz9k"
EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:x) {{ 7*7 }} \x1b[31m \u202e </details>"
ERROR = "TypeError: '<' not supported between instances of 'str' and 'int'"
TRACEBACK = f'Traceback (most recent call last):\n  File "<stdin>", line 1, in <module>\n{ERROR}'


def talk(session, *, text="Filter it", code="a < b", fails=2, error=TRACEBACK):
    """Return a session of chat messages that fails so often and then does not."""
    lines = [{"role": "user", "content": text}]
    for n in range(fails + 1):
        call = {"id": f"c{n}", "function": {"name": "run_python", "arguments": json.dumps({"code": f"{code}  # {n}"})}}
        failed = n < fails
        content = {"success": not failed, "error" if failed else "output": error if failed else "fine"}
        lines.append({"role": "assistant", "content": f"Attempt {n}: {text}", "tool_calls": [call]})
        lines.append({"role": "tool", "tool_call_id": f"c{n}", "content": json.dumps(content)})
    start = 1_795_000_000 + 86_400 * session
    return "".join(
        json.dumps({"session_id": f"s{session}", "ts": start + n, **line}) + "\n" for n, line in enumerate(lines)
    )


def pages_in(folder):
    """Return the HTML of every page by its address, as it is made from a repo in a folder; links are addresses."""
    facts = gather(open_project(folder))
    site = build_site(facts, overview="index.md", documents={})
    links = site.links(lambda uri: uri)
    return {page.uri: str(page.body(links)) for page in site.pages}, site


def config(publish):
    return f'publish = "{publish}"\nbuckets = "buckets.yaml"\n'


@pytest.fixture
def told(tmp_path, repo):
    """The pages of a repo with three sessions in which the same happens."""
    files = {f"traces/{n}.jsonl": talk(n) for n in range(3)}
    pages, site = pages_in(repo(tmp_path, {"skills-lint.toml": config("sessions"), **files}))
    return pages, site


def transcripts(pages):
    return [html for uri, html in pages.items() if uri.startswith("sessions/") and not uri.endswith("index.md")]


def test_each_failure_leads_to_its_cause_and_to_the_next_one(told):
    html = transcripts(told[0])[0]
    assert html.count("sl-step--failed") == 2
    assert html.count('<a href="causes/date-dtype-mismatch.md">Date dtype mismatch</a>') == 2
    assert '<a href="#step-5">next failure</a>' in html
    assert '<a href="#step-3">previous failure</a>' in html
    assert 'id="step-3"' in html
    assert 'id="step-5"' in html


def test_a_transcript_tells_what_was_said_run_and_printed_and_where_it_stands(told):
    html = transcripts(told[0])[0]
    for part in ("Filter it", "Attempt 1: Filter it", "run_python", str(escape(ERROR)), "fine", "line 3"):
        assert part in html, part
    assert "all shown" in html
    assert "Redacted" in html


def test_an_example_of_a_cause_leads_to_its_step(told):
    pages, site = told
    html = pages["causes/date-dtype-mismatch.md"]
    linked = re.findall(r'href="(sessions/[^"#]+)#([^"]+)"', html)
    assert {uri for uri, _ in linked} == set(site.sessions.values())
    assert all(f'id="{anchor}"' in pages[uri] for uri, anchor in linked)


def test_the_line_that_failed_is_marked(tmp_path, repo):
    error = TRACEBACK.replace("line 1", "line 2")
    files = {f"traces/{n}.jsonl": talk(n, code="a = 1\na < 'b'\nc = 2", error=error) for n in range(3)}
    pages, _ = pages_in(repo(tmp_path, {"skills-lint.toml": config("sessions"), **files}))
    marked = re.findall(r'<mark class="sl-failing">(.*?)</mark>', transcripts(pages)[0])
    assert ["".join(re.sub("<[^>]*>", "", line).split()) for line in marked] == ["a&lt;'b'"] * 2


def test_every_session_of_an_example_has_a_page_that_links_know(told):
    pages, site = told
    assert len(site.sessions) == 3
    assert set(site.sessions.values()) < pages.keys()
    assert all(f'href="{uri}"' in pages["sessions/index.md"] for uri in site.sessions.values())


@pytest.mark.parametrize("publish", ["counts", "examples"])
def test_unless_sessions_are_published_there_are_no_pages_of_them(tmp_path, repo, publish):
    files = {f"traces/{n}.jsonl": talk(n, text=f"Say {CANARY}") for n in range(3)}
    pages, site = pages_in(repo(tmp_path, {"skills-lint.toml": config(publish), **files}))
    assert site.sessions == {}
    assert not any(uri.startswith("sessions/") for uri in pages)
    assert not any("Attempt 1: " in html for html in pages.values())
    if publish == "counts":
        assert not any(CANARY in html for html in pages.values())


def test_secrets_are_on_no_page(tmp_path, repo):
    secret = "ghp_" + "x7Kq2Lm9Zt4Rw8Yb3Nd6Vc1Hf5Js0Pa7Ge2U"
    files = {f"traces/{n}.jsonl": talk(n, text=secret, code=f"t = '{secret}'; a < b") for n in range(3)}
    pages, _ = pages_in(repo(tmp_path, {"skills-lint.toml": config("sessions"), **files}))
    assert len(transcripts(pages)) == 3
    assert not any(secret[4:] in html for html in pages.values())


def test_a_hostile_session_is_inert(tmp_path, repo):
    error = TRACEBACK + EVIL
    files = {f"traces/{n}.jsonl": talk(n, text=EVIL, code=f"a < b # {EVIL}", error=error) for n in range(3)}
    pages, _ = pages_in(repo(tmp_path, {"skills-lint.toml": config("sessions"), **files}))
    for html in transcripts(pages):
        assert "&lt;script&gt;" in html
        assert not re.search(r"<(?:script|img)", html)
        assert 'href="javascript:' not in html
        assert not set(html) & {"\x1b", "\u202e"}
        assert html.count("<details") == html.count("</details>")
        assert html.count("<li") == html.count("</li>")


def test_a_line_of_five_megabytes_makes_a_short_page(tmp_path, repo):
    files = {f"traces/{n}.jsonl": talk(n, text="y" * 5_000_000) for n in range(3)}
    pages, _ = pages_in(repo(tmp_path, {"skills-lint.toml": config("sessions"), **files}))
    for html in transcripts(pages):
        assert len(html) < 100_000
        assert "characters left out" in html


def test_something_long_is_folded_after_its_first_lines_and_nothing_of_it_is_lost(tmp_path, repo):
    text = "\n".join(f"  line {n}" for n in range(40))
    files = {f"traces/{n}.jsonl": talk(n, text=text) for n in range(3)}
    pages, _ = pages_in(repo(tmp_path, {"skills-lint.toml": config("sessions"), **files}))
    said = transcripts(pages)[0].partition("<strong>User</strong>")[2]
    shown, _, folded = said.partition("<details")
    assert "line 9" in shown
    assert "line 10" not in shown
    assert "  line 10" in folded
    assert "line 39" in folded


def test_pages_of_sessions_are_the_same_twice(told, tmp_path):
    again, _ = pages_in(tmp_path)
    assert again == told[0]


def test_a_skill_that_was_loaded_links_to_the_session_and_back(tmp_path, repo):
    reads = json.dumps({"command": "cat skills/dates/SKILL.md"})
    lines = [
        {
            "role": "assistant",
            "content": "",
            "tool_calls": [{"id": "r", "function": {"name": "bash", "arguments": reads}}],
        },
        {"role": "tool", "tool_call_id": "r", "content": "# Dates"},
    ]
    first = "".join(
        json.dumps({"session_id": "s0", "ts": 1_794_999_990 + n, **line}) + "\n" for n, line in enumerate(lines)
    )
    files = {"traces/0.jsonl": first + talk(0), **{f"traces/{n}.jsonl": talk(n) for n in (1, 2)}}
    pages, site = pages_in(repo(tmp_path, {"skills-lint.toml": config("sessions"), **files}))
    (uri,) = [uri for uri in site.sessions.values() if "reads the skill" in pages[uri]]
    assert 'href="skills/dates.md"' in pages[uri]
    assert f'href="{uri}"' in pages["skills/dates.md"]
    assert ">1</dd>" in pages["skills/dates.md"]


def test_only_so_many_sessions_have_a_page(facts, bucket, failure):
    from skills_lint.site.told import _wanted
    from skills_lint.triage.result import Assigned

    def examples(name):
        return tuple(Assigned(failure(session_key=f"{name}-{n}"), "x", "y", name) for n in range(10))

    buckets = [bucket(f"b{n}", "B", 10, examples=examples(f"b{n}")) for n in range(150)]
    keys = list(_wanted(buckets))
    assert len(keys) == 200
    assert {f"b{n}-0" for n in range(150)} < set(keys)


def test_transcripts_are_on_the_site_and_not_in_its_search_index(tmp_path, repo, build):
    files = {f"traces/{n}.jsonl": talk(n, text=f"Say {CANARY}") for n in range(3)}
    done = build(repo(tmp_path, {"skills-lint.toml": config("sessions"), **files}))
    assert done.returncode == 0, done.stderr
    built = list((tmp_path / "site" / "sessions").glob("*/index.html"))
    assert len(built) == 3
    assert all(CANARY in page.read_text(encoding="utf-8") for page in built)
    index = json.loads((tmp_path / "site/search/search_index.json").read_text(encoding="utf-8"))
    assert any(doc["location"].startswith("causes/") for doc in index["docs"])
    assert not any(re.match(r"sessions/\d", doc["location"]) for doc in index["docs"])
