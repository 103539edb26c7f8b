"""The parts of a Markdown text that the linter looks at, each with its place in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Literal

from pyromark import Options, events_with_range

from ..lines import split_lines
from .anchors import Anchors
from .skill import CodeBlock, Link, Section

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyromark.event import Event

# Tags are searched up to a length: what is hostile must not take quadratic time.
_HTML_ID = re.compile(rb"<[A-Za-z][^<>]{0,500}\s(?:id|name)\s?=\s?[\"']?([^\s\"'>]+)")
_HTML_LINK = re.compile(rb"<(a|img)\s(?:[^<>]{0,500}\s)?(?:href|src)\s?=\s?([\"'])([^\"'<>\n]{1,500})\2", re.IGNORECASE)
_LANGUAGE = re.compile(r"\{?\.?([\w+#.-]*)")
_OPTIONS = Options.ENABLE_TABLES | Options.ENABLE_STRIKETHROUGH


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
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    code_blocks: tuple[CodeBlock, ...]
    items: tuple[range, ...]  # the lines of each list item; what is nested in one, or in a quote, is none of its own
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
    """Return the parts of the Markdown in a file's text that begins at `first_line`: CommonMark with tables."""
    lines = split_lines(text)
    source = _Source(lines, first_line)
    reader = _Reader(source)
    for event, at in events_with_range(source.text, options=_OPTIONS, merge_text=True):
        reader.take(event, at["start"], at["end"])
    return Document(
        tuple(lines),
        tuple(reader.headings),
        tuple(sorted(reader.links, key=lambda link: (link.line, link.column))),
        tuple(reader.code_blocks),
        tuple(reader.items),
        reader.anchors.known(),
    )


def language_of(info: str) -> str:
    """Return the language that stands behind the marks of a fence, in lower case; "" where none does."""
    words = info.split()
    language = _LANGUAGE.match(words[0]) if words else None
    return language[1].lower() if language else ""


class _Source:
    """What the parser is given, and where in the file its bytes stand."""

    __slots__ = ("_counted", "_first_line", "_starts", "data", "text")

    def __init__(self, lines: Sequence[str], first_line: int) -> None:
        self.data = "\n".join(lines[first_line - 1 :]).encode("utf-8", "replace")  # an editor may send half a character
        self.text = self.data.decode()
        self._first_line = first_line
        self._starts = [0, *accumulate(map((1).__add__, map(len, self.data.split(b"\n"))))]
        self._counted = (0, 0, 0)  # start of a line, a byte in it, and the characters before that

    def line(self, offset: int) -> int:
        """Return the line of a byte."""
        return self._first_line + bisect_right(self._starts, offset) - 1

    def column(self, offset: int) -> int:
        """Return the column of a byte, in characters. They are counted on from the byte that was asked for before."""
        start = self._starts[bisect_right(self._starts, offset) - 1]
        line, before, count = self._counted
        if line != start or before > offset:
            before, count = start, 0
        count += len(self.data[before:offset].decode())
        self._counted = (start, offset, count)
        return count + 1

    def find_target(self, target: str, start: int, end: int) -> tuple[int, int]:
        """Return where the target stands in a link; all of the link where it is written elsewhere, by reference."""
        name = target.encode()
        label_end = self.data.rfind(b"](", start, end)
        at = self.data.find(name, label_end + 2, end) if name and label_end >= 0 else -1
        return (at, at + len(name)) if at >= 0 else (start, end)

    def link(self, target: str, kind: Literal["link", "image"], start: int, end: int) -> Link:
        """Return a link whose target stands at some bytes; what is on a second line has no place."""
        stop = self.data.find(b"\n", start, end)
        width = len(self.data[start : stop if stop >= 0 else end].decode())
        column = self.column(start)
        return Link(target, kind, self.line(start), column, column + width)


class _Reader:
    """Collects the parts of a text from the parser's events."""

    def __init__(self, source: _Source) -> None:
        self.headings: list[Heading] = []
        self.links: list[Link] = []
        self.code_blocks: list[CodeBlock] = []
        self.items: list[range] = []
        self.anchors = Anchors()
        self._source = source
        self._around = 0  # lists and quotes that are open
        self._images = 0  # that are open: nobody sees what is in them
        self._texts: list[str] = []  # of the title or the code that is read
        self._after_texts = 0
        self._info: str | None = None  # of the fence that is open

    def take(self, event: Event, start: int, end: int) -> None:
        """Take an event that is about some bytes."""
        if isinstance(event, str):
            if event == "SoftBreak":
                self._show(" ", end)
        elif "Text" in event:
            self._show(event["Text"], end)
        elif "Start" in event:
            self._open(event["Start"], start, end)
        elif "End" in event:
            self._close(event["End"], start, end)
        elif "Code" in event:
            self._show(event["Code"], end)
        elif "InlineHtml" in event:
            self._read_html(start, end)

    def _show(self, text: str, end: int) -> None:
        if not self._images:
            self._texts.append(text)
            self._after_texts = end

    def _open(self, tag: str | Mapping[str, Any], start: int, end: int) -> None:
        if isinstance(tag, str):
            if tag == "Item" and self._around == 1:
                self.items.append(range(self._source.line(start), self._source.line(end - 1) + 1))
            elif tag == "HtmlBlock":
                self._read_html(start, end)
            return
        ((kind, value),) = tag.items()
        if kind in ("List", "BlockQuote"):
            self._around += 1
        elif kind in ("Heading", "CodeBlock"):
            self._texts = []
            self._info = None if kind == "Heading" or isinstance(value, str) else value["Fenced"]
        elif kind in ("Link", "Image"):
            self._read_link(value, kind == "Image", start, end)

    def _close(self, tag: str | Mapping[str, Any], start: int, end: int) -> None:
        if isinstance(tag, str):
            if tag == "Image":
                self._images -= 1
            elif tag == "CodeBlock" and self._info is not None:
                self.code_blocks.append(self._code_block(self._info, start, end))
        elif "Heading" in tag:
            self._read_heading(int(tag["Heading"][1]), start)
        elif "List" in tag or "BlockQuote" in tag:
            self._around -= 1

    def _read_heading(self, level: int, start: int) -> None:
        title = "".join(self._texts).strip()
        anchor = self.anchors.add_heading(title)
        self.headings.append(Heading(title, level, self._source.line(start), anchor, opens_section=not self._around))

    def _code_block(self, info: str, start: int, end: int) -> CodeBlock:
        data = self._source.data
        first_end = data.find(b"\n", start, end)
        rest = self._after_texts if self._texts else first_end
        closed = first_end >= 0 and bool(data[rest:end].strip(b"> \t\n"))
        line, column = self._source.line(start), self._source.column(start)
        return CodeBlock(language_of(info), "".join(self._texts), line, column - 1, closed)

    def _read_link(self, link: Mapping[str, str], is_image: bool, start: int, end: int) -> None:
        target = f"mailto:{link['dest_url']}" if link["link_type"] == "Email" else link["dest_url"]
        if not self._images:
            at = self._source.find_target(target, start, end)
            self.links.append(self._source.link(target, "image" if is_image else "link", *at))
        self._images += is_image

    def _read_html(self, start: int, end: int) -> None:
        for anchor in _HTML_ID.finditer(self._source.data, start, end):
            self.anchors.add(anchor[1].decode())
        for link in _HTML_LINK.finditer(self._source.data, start, end):
            kind: Literal["link", "image"] = "image" if link[1].lower() == b"img" else "link"
            self.links.append(self._source.link(link[3].decode(), kind, *link.span(3)))
