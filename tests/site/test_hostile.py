"""Hostile texts of traces, skills and buckets stay text on every page."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from skills_lint.site.names import addresses, page_title
from skills_lint.site.page import headings
from skills_lint.skills.parse import parse_skill
from skills_lint.triage.result import Assigned

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "</details></article></div><h1>out</h1>",
    "</title><script>alert(1)</script>",
    "<!-- comment",
    "]]> <![CDATA[ x",
    "{{ config }} {% raw %} {# x #}",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt:alert(1)) <javascript:alert(1)>",
    "[click](data:text/html,<script>alert(1)</script>)",
    "[click](vbscript:x) [click](file:///etc/passwd)",
    "![x](https://example.org/pixel.png)",
    "[a]: javascript:alert(1)\n\n[a]",
    "<iframe src=https://example.org></iframe>",
    "<style>*{display:none}</style>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "# Heading\n\n- item",
    "```html\n<script>alert(1)</script>\n```",
    '~~~"><script>\nx\n~~~',
    "| <b>a</b> | b |\n|---|---|\n| <script>x</script> | c |",
    "\x1b[31mred\x1b[0m \x1b]8;;https://example.org\x07link\x1b]8;;\x07",
    "\u202egnirts\u202c \u2066x\u2069",
    "a\x00b\x07c\x9bd",
    "zero\u200bwidth\ufeff",
    "x" * 100_000,
    "<" * 10_000,
    "`" * 3_000,
    "[" * 3_000,
    "![](" * 1_000,
    "\ud800 lone",
]
ALLOWED = {
    *("a", "article", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "figcaption"),
    *("figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "rect", "s", "span", "strong"),
    *("summary", "svg", "table", "tbody", "td", "th", "thead", "title", "tr", "ul"),
    *("circle", "desc", "line", "path", "text"),  # of pictures
    "mark",
}
VOID = {"br", "hr"}
HIDDEN = "\x1b\x00\x07\x9b\u202e\u202c\u2066\u2069\u200b\ufeff\ud800"


class Inspector(HTMLParser):
    """Reads a page strictly: known tags, no handlers, safe links, everything closed in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        if tag not in ALLOWED:
            self.faults.append(f"tag {tag}")
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "src", "srcset", "action"):
                self.faults.append(f"attribute {name}")
            scheme = (value or "").split(":")[0] if name == "href" and ":" in (value or "") else "https"
            if scheme not in ("https", "http", "mailto"):
                self.faults.append(f"link {value}")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"end of {tag}")

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        self.faults.append("comment")

    def unknown_decl(self, data):
        self.faults.append("declaration")


def inspect(html: str) -> Inspector:
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    if inspector.open:
        inspector.faults.append(f"open: {inspector.open}")
    if any(character in html for character in HIDDEN):
        inspector.faults.append("hidden characters")
    return inspector


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_trace_is_inert_on_every_page(facts, pages, failure, text):
    fault = replace(failure().fault, type=text, qualified=text, message=text, traceback=text, code=text)
    broken = failure(file=text, pointer=text, user_request=text, session=text, fault=fault, timestamp=text)
    triage, coverage = facts.assessment.triage, facts.assessment.coverage
    hostile = replace(
        triage.buckets[0], title=text, signature=text, examples=(Assigned(broken, text, "abc", "sql-binder"),)
    )
    covered = replace(coverage, buckets=(replace(coverage.buckets[0], bucket=hostile), *coverage.buckets[1:]))
    found = replace(facts, assessment=replace(facts.assessment, coverage=covered))
    for uri, html in pages(found).items():
        assert inspect(html).faults == [], uri


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_skill_is_inert_on_every_page(facts, pages, tmp_path, text):
    path = tmp_path / "skills" / "evil" / "SKILL.md"
    path.parent.mkdir(parents=True)
    quoted = "".join(f"\\U{ord(character):08x}" if character in HIDDEN else character for character in text)
    name = '"' + quoted.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\\\\U", "\\U") + '"'
    body = f"---\nname: {name}\ndescription: {name}\n---\n\n# {text}\n\n{text}\n\n- `sql-binder`: {text}\n"
    path.write_text(body, encoding="utf-8", errors="surrogatepass")
    evil = parse_skill(path, str(path))
    diagnostic = replace(facts.diagnostics[0], file=evil.file, message=text, help=text, code=text, name=text)
    found = replace(facts, skills=(*facts.skills, evil), diagnostics=(diagnostic,))
    for uri, html in pages(found).items():
        assert inspect(html).faults == [], uri


def test_hostile_text_is_still_readable(facts, pages, failure):
    text = "<script>alert(1)</script> {{ config }} \x1b[31m"
    example = Assigned(failure(user_request=text), "x", "abc", "sql-binder")
    coverage = facts.assessment.coverage
    bucket = replace(coverage.buckets[0].bucket, examples=(example,))
    covered = replace(coverage, buckets=(replace(coverage.buckets[0], bucket=bucket),))
    html = pages(replace(facts, assessment=replace(facts.assessment, coverage=covered)))["causes/sql-binder.md"]
    assert r"<script>alert(1)</script> {{ config }} \x1b[31m" in inspect(html).text


def test_a_table_and_a_strike_of_a_skill_are_rendered(facts, pages, tmp_path):
    path = tmp_path / "skills" / "dates" / "SKILL.md"
    path.write_text("# D\n\n| a | b |\n|---|---|\n| 1 | ~~2~~ |\n", encoding="utf-8")
    html = pages(replace(facts, skills=(facts.skills[0], parse_skill(path, str(path)))))["skills/dates.md"]
    assert "<th>a</th>" in html
    assert "<s>2</s>" in html


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_title_holds_nothing_that_means_something_to_html(text):
    title = page_title(text)
    assert not set("<>&\"'{}`\n") & set(title)
    assert len(title) <= 80


def test_pages_have_addresses_of_their_own_in_any_file_system():
    names = ["a", "A", "a ", "../../etc/passwd", "index", "", "ü", "日本", "x" * 300, "x" * 301, "con/..\\nul"]
    found = addresses("causes", {f"{number}{name}": name for number, name in enumerate(names)})
    assert len({address.lower() for address in found.values()}) == len(names)
    assert all(
        address.startswith("causes/") and address.count("/") == 1 and ".." not in address for address in found.values()
    )
    assert all(len(address) < 120 for address in found.values())


def test_titles_of_the_table_of_contents_stay_escaped():
    (heading,) = headings('<h2 id="x"><code>&lt;script&gt;</code> y</h2>')
    assert heading.title == "&lt;script&gt; y"
