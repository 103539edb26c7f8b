"""A page: its address, title and HTML, made from a template in which every text is escaped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from ..inert import inert
from ..report.escape import code_spans
from ..words import counted, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import jinja2

    Url = Callable[[str], str]  # from the address of a page, as in "causes/x.md#examples", to a link that leads there
    Body = Callable[["Links"], Markup]

_HEADING = re.compile(r'<h([2-3]) id="([^"]*)"[^>]*>(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Links:
    """How one page links to the others."""

    url: Url
    skills: Mapping[str, str]  # a skill's file: the address of its page
    rules: Mapping[str, str]  # a rule's code: the address of its page
    shown: Callable[[str], str]  # from a file to its path from the repo's root
    sessions: Mapping[str, str]  # a session's key: the address of its page, where it has one
    steps: Mapping[tuple[str, int | None, str | None], str]  # the place of a failure: that of its step on such a page


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site. `body` gives its HTML for a theme's content area, once links can be resolved."""

    uri: str  # "causes/date-dtype-mismatch.md"
    title: str  # as `page_title` makes it
    body: Body
    alone: bool = False  # it has no neighbours to navigate to
    searched: bool = True  # its words are in the search index, where the theme lets a page stay out of it
    listed: bool = True  # in the navigation; others are reached from a page that lists them
    replaces: bool = False  # it takes the place of a page that people wrote; other pages give way


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a page's table of contents."""

    level: int
    id: str
    title: str  # HTML without tags


def render(template: str, links: Links, **values: Any) -> Markup:
    """Return the HTML of a template in `templates/`; what is put into it is escaped unless it is Markup."""
    return Markup(_environment().get_template(template).render(at=links, **values))  # noqa: S704 - escaped by Jinja


def headings(html: str) -> list[Heading]:
    """Return the headings of second and third level that have an id, in order."""
    return [Heading(int(level), id_, _TAG.sub("", title).strip()) for level, id_, title in _HEADING.findall(html)]


def text(value: Any) -> Any:
    """Return a text as it may be shown: control, bidirectional and invisible characters are spelled out."""
    return inert(value.replace("\r\n", "\n")) if isinstance(value, str) and not isinstance(value, Markup) else value


def prose(value: str) -> Markup:
    """Return a sentence as HTML: what stands in backticks is code, the rest is plain text."""
    pieces = code_spans(text(value))
    shown = (Markup("<code>{}</code>").format(piece) if code else escape(piece) for piece, code in pieces)
    return Markup("").join(shown)


def sentence(message: str) -> str:
    """Return a message of the program as a sentence of a page."""
    said = f"{message[:1].upper()}{message[1:]}"
    return said if said.endswith(("?", "!")) else f"{said.rstrip('.')}."


def moment(timestamp: str) -> str:
    """Return an RFC 3339 time to the minute, as in "2026-11-20 16:42"."""
    return timestamp[:16].replace("T", " ")


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    from .changes import WORDS
    from .code import code_block, excerpt
    from .pictures.bars import bar, spark
    from .pictures.marks import mark

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("skills_lint.site"),
        autoescape=True,
        finalize=text,
        undefined=jinja2.StrictUndefined,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "prose": prose,
        "percent": percent,
        "counted": counted,
        "excerpt": excerpt,
        "moment": moment,
        "sentence": sentence,
    }
    environment.globals |= {
        "bar": bar,
        "code_block": code_block,
        "mark": mark,
        "spark": spark,
        "words_of_movement": WORDS,
    }
    return environment
