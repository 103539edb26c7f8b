"""The parts of a Markdown text that the linter looks at, each with its place in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from markdown_it import MarkdownIt

from ..lines import LineIndex, split_lines
from .anchors import Anchors
from .skill import CodeBlock, Link, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

# Tags are searched up to a length: what is hostile must not take quadratic time.
_HTML_ID = re.compile(r"<[A-Za-z][^<>]{0,500}\s(?:id|name)\s?=\s?[\"']?([^\s\"'>]+)")
_HTML_LINK = re.compile(r"<(a|img)\s(?:[^<>]{0,500}\s)?(?:href|src)\s?=\s?([\"'])([^\"'<>\n]{1,500})\2", re.IGNORECASE)
_LANGUAGE = re.compile(r"\{?\.?([\w+#.-]*)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, wherever it stands; only those outside lists and quotes begin a section."""

    title: str
    level: int
    line: int
    anchor: str
    opens_section: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown text, parsed. Lines count from 1, in the file."""

    lines: tuple[str, ...]  # of the file, from its first line on
    first_line: int  # of the text that was parsed
    tokens: tuple[Token, ...]  # their line maps count from 0, from `first_line` on; few have children
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    code_blocks: tuple[CodeBlock, ...]
    anchors: frozenset[str]

    def sections(self) -> tuple[Section, ...]:
        """Return the sections in order; a section reaches to the next heading of its level or a higher one."""
        ends: list[int] = []
        open_above: list[tuple[int, int]] = []  # level and line of the headings that end what is before them
        for heading in reversed([heading for heading in self.headings if heading.opens_section]):
            while open_above and open_above[-1][0] > heading.level:
                open_above.pop()
            ends.append(open_above[-1][1] - 1 if open_above else self._last_line())
            open_above.append((heading.level, heading.line))
        openers = (heading for heading in self.headings if heading.opens_section)
        return tuple(
            Section(heading.title, heading.level, heading.line, end, heading.anchor)
            for heading, end in zip(openers, reversed(ends), strict=True)
        )

    def _last_line(self) -> int:
        """Return the last line; a line feed at the end of the file opens no further one."""
        return max(len(self.lines) - (not self.lines[-1]), 1)


def read_markdown(text: str, first_line: int = 1) -> Document:
    """Return the parts of the Markdown in a file's text that begins at `first_line`."""
    lines = split_lines(text)
    tokens = _parser().parse("\n".join(lines[first_line - 1 :]))
    anchors = Anchors()
    headings = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.map:
            title = plain_text(tokens[place + 1].children or ())
            line = first_line + token.map[0]
            headings.append(Heading(title, int(token.tag[1]), line, anchors.add_heading(title), token.level == 0))
    for html in _html(tokens):
        for anchor in _HTML_ID.findall(html):
            anchors.add(anchor)
    return Document(
        tuple(lines),
        first_line,
        tuple(tokens),
        tuple(headings),
        tuple(sorted((*_links(tokens, lines, first_line), *_html_links(tokens, lines, first_line)), key=_place)),
        tuple(_code_blocks(tokens, lines, first_line)),
        anchors.known(),
    )


def plain_text(children: Sequence[Token]) -> str:
    """Return what a reader sees of inline Markdown."""
    return "".join(
        " " if child.type == "softbreak" else child.content
        for child in children
        if child.type in ("text", "code_inline", "softbreak")
    ).strip()


@cache
def _parser() -> MarkdownIt:
    """Return CommonMark with tables, whose links and images know where in their paragraph they stand."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.core.ruler.at("inline", _parse_inline)
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]  # targets as they are written
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # nothing is rendered
    for name in ("link", "image", "autolink"):
        rule = next(rule.fn for rule in parser.inline.ruler.__rules__ if rule.name == name)
        parser.inline.ruler.at(name, _noting_places(rule))
    return parser


def _parse_inline(state: StateCore) -> None:
    """Parse the inline Markdown that is asked about: titles, and what may hold a link or HTML. It is half of the work.

    What is left out has no children.
    """
    referred = bool(state.env.get("references"))
    for before, token in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type != "inline":
            continue
        text = token.content
        if before.type == "heading_open" or "](" in text or "<" in text or (referred and "[" in text):
            token.children = []
            state.md.inline.parse(text, state.md, state.env, token.children)


def _noting_places(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Return the inline rule, made to note in the token that it opens where that begins and ends."""

    def wrapped(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        matched = rule(state, silent)
        if matched and not silent:
            opener = next((token for token in state.tokens[before:] if token.type != "text"), None)
            if opener is not None:
                opener.meta["span"] = (start, state.pos)
        return matched

    return wrapped


def _html(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "html_block":
            yield token.content
        for child in token.children or ():
            if child.type == "html_inline":
                yield child.content


def _links(tokens: Sequence[Token], lines: Sequence[str], first_line: int) -> Iterator[Link]:
    cells: dict[int, int] = {}  # line: column from which on the next table cell of the line is searched
    for token in tokens:
        if token.type != "inline" or not token.map or not token.content:
            continue
        first = first_line + token.map[0]
        rows = token.content.split("\n")
        while rows[0].strip() and not lines[first - 1].strip():  # a form feed begins a paragraph, and is none of it
            first += 1
        columns = [_column(lines[first - 1], rows[0], cells.get(first, 0))]
        columns += [_column(lines[first + row - 1], rows[row], 0) for row in range(1, len(rows))]
        cells[first] = columns[0] + len(rows[0])
        index = LineIndex(token.content)
        for child in token.children or ():
            target, kind = _target(child)
            if kind is not None and "span" in child.meta:
                start, end = _span_of_target(token.content, target, *child.meta["span"])
                row, at = index.place(start)
                column = columns[row - 1] + at
                width = min(end - start, len(rows[row - 1]) - at + 1)
                yield Link(target, kind, first + row - 1, column, column + width)


def _html_links(tokens: Sequence[Token], lines: Sequence[str], first_line: int) -> Iterator[Link]:
    """Yield links and images that are written as HTML; a place is that of the target's first occurrence."""
    for token in tokens:
        htmls = [token] if token.type == "html_block" else [c for c in token.children or () if c.type == "html_inline"]
        for html in htmls:
            for tag, _, target in _HTML_LINK.findall(html.content):
                for number in range(first_line + token.map[0], first_line + token.map[1]) if token.map else ():
                    column = lines[number - 1].find(target) + 1
                    if target and column:
                        kind: Literal["link", "image"] = "image" if tag.lower() == "img" else "link"
                        yield Link(target, kind, number, column, column + len(target))
                        break


def _place(link: Link) -> tuple[int, int]:
    return link.line, link.column


def _target(token: Token) -> tuple[str, Any]:
    if token.type == "link_open":
        return str(token.attrs.get("href", "")), "link"
    if token.type == "image":
        return str(token.attrs.get("src", "")), "image"
    return "", None


def _span_of_target(content: str, target: str, start: int, end: int) -> tuple[int, int]:
    """Return where the target stands in a link; all of the link where it is written elsewhere, by reference."""
    label_end = content.rfind("](", start, end)
    at = content.find(target, label_end + 2, end) if target and label_end >= 0 else -1
    return (at, at + len(target)) if at >= 0 else (start, end)


def _column(line: str, content: str, after: int) -> int:
    """Return the column, counted from 0, at which a line of inline content begins in its line of the file."""
    at = line.find(content, after)
    if at < 0:
        at = line.find(content)
    if at < 0:  # a table cell with an escaped bar, a tab that was expanded
        at = len(line) - len(line.lstrip())
    return at


def _code_blocks(tokens: Sequence[Token], lines: Sequence[str], first_line: int) -> Iterator[CodeBlock]:
    for token in tokens:
        if token.type == "fence" and token.map:
            line = first_line + token.map[0]
            words = token.info.strip().split()
            match = _LANGUAGE.match(words[0]) if words else None
            before = lines[line - 1].find(token.markup)
            last = lines[first_line + token.map[1] - 2].strip("> \t")
            closed = (
                token.map[1] - token.map[0] > 1 and last.startswith(token.markup) and not last.strip(token.markup[0])
            )
            yield CodeBlock(match[1].lower() if match else "", token.content, line, max(before, 0), closed)
