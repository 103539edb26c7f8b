"""Hostile text in Markdown stays text, for CommonMark and for Python-Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_lint.inert import inert
from skills_lint.report.escape import code_in_markdown, in_markdown, prose_in_markdown

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</details><h1>out</h1>",
    "]]>",
    "[click](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "https://example.org/x www.example.org a@example.org",
    "{{ config }} {% include 'x' %}",
    "# heading",
    "- item",
    "1. item",
    "> quote",
    "!!! note",
    "    code",
    "**bold** _it_ `code` ~~gone~~ ==mark==",
    "| a | b |",
    "$x$ :smile: &lt; &#60;",
    "``` \n fence",
    "a\n\n# b",
    "`",
    "``a`b```",
    "x\\",
]


def commonmark(text: str) -> str:
    from markdown_it import MarkdownIt

    return MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(text)


def python_markdown(text: str) -> str:
    import markdown

    extensions = ["attr_list", "md_in_html", "tables", "pymdownx.magiclink", "pymdownx.tilde", "pymdownx.mark"]
    extensions += ["pymdownx.superfences", "admonition", "pymdownx.details"]
    return markdown.markdown(text, extensions=extensions)


def shown(page: str) -> str:
    import html

    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", page)).split())


@pytest.mark.parametrize("render", [commonmark, python_markdown])
@pytest.mark.parametrize("escape", [in_markdown, code_in_markdown])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is(text, escape, render):
    page = render(f"- Title: {escape(text)}\n")
    assert shown(page) == "Title: " + " ".join(text.split())
    tags = set(re.findall(r"<(\w+)", page))
    assert tags <= {"ul", "li", "code"}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_at_the_start_of_a_line_is_shown_as_it_is(text):
    for render in (commonmark, python_markdown):
        page = render(f"{in_markdown(text)}\n")
        assert shown(page) == " ".join(text.split())
        assert set(re.findall(r"<(\w+)", page)) == {"p"}


PIECES = [*"`*_[]()<>&#|~^{}$!@=:+-.\\/'\"%?; \n\tabx01", "javascript:", "http://", "www.", "<script>", "{{", "]]>"]
PIECES += ["&lt;", "--8<--", "!!!", "???", "```", "<!--", "-->", "[TOC]", "a@b.c"]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=25).map("".join)).filter(str.strip))
def test_any_text_is_shown_as_it_is_in_any_dialect(text):
    for render in (commonmark, python_markdown):
        for escape in (in_markdown, code_in_markdown):
            page = render(f"- Title: {escape(text)}\n")
            assert set(re.findall(r"<(\w+)", page)) <= {"ul", "li", "code"}
            assert shown(page) == " ".join(f"Title: {inert(' '.join(text.split()))}".split())


def test_code_in_a_sentence_of_a_bucket_stays_code():
    assert prose_in_markdown("Turn `trade_date` into *one* type.") == "Turn `trade_date` into &#42;one&#42; type."


def test_terminal_escapes_and_bidirectional_controls_are_written_out():
    assert in_markdown("a\x1b[31mb\u202ec") == r"a&#92;x1b&#91;31mb&#92;u202ec"
