"""What rules look for in one pass over a text passes over nothing that they would find by its lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from skills_lint.lines import split_lines
from skills_lint.lint.page import Page
from skills_lint.lint.rules import dead_link, inline_code_unclosed, malformed_link
from skills_lint.skills.markdown import read_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable


def _texts(parts: Iterable[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(sorted(parts)), max_size=14).map("".join)


def _page(text: str) -> Page:
    return Page(Path("notes.md"), "notes.md", text, 1, lambda: read_markdown(text), aside=True)


@given(_texts({"`", "``", "```", "\\", "a", " ", "\n", "\r", "- ", "| x |"}))
def test_a_text_whose_backticks_are_paired_has_no_open_one(text: str) -> None:
    parts = inline_code_unclosed._paragraphs(enumerate(split_lines(text), 1))
    assert not (_page(text).has(inline_code_unclosed._PAIRED) and any(map(inline_code_unclosed._unclosed, parts)))


@given(_texts({"[", "]", "(", ")", "x.md", "#x", "https://a.b", "^1", "é", "\u00a0", " ", "\n", "b" * 300}))
def test_no_malformed_link_is_passed_over(text: str) -> None:
    assert _page(text).has(malformed_link._PERHAPS) or not malformed_link._is_malformed_somewhere(text)


@given(_texts({"[a]", "[", "]", "\\[", "]: x.md", "[a]: x.md", "(x.md)", '<a href="y">', "> ", "- ", "`", " ", "\n"}))
def test_no_link_to_a_file_is_passed_over(text: str) -> None:
    page = _page(text)
    passed = not dead_link._LOCAL.search(text) and not page.has(dead_link._DEFINED_OR_HTML)
    assert not (passed and any(not link.target.startswith("#") for link in page.parse().links if link.target))
