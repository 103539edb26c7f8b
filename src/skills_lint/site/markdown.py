"""Markdown of skills and of our own references as HTML: no raw HTML, no images, links only to where they may lead."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import unquote

from markupsafe import Markup

from ..inert import inert
from ..skills.anchors import Anchors
from .code import code_block
from .notes import Note, with_notes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererProtocol
    from markdown_it.token import Token

    from ..skills.skill import Skill
    from .page import Links

_ALLOWED = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_DEEPEST = 6


def skill_body(
    skill: Skill, links: Links, published: Mapping[Path, str], notes: Mapping[int, Markup] = MappingProxyType({})
) -> Markup:
    """Return the body of a skill as HTML; its headings keep the anchors that GitHub gives them, one level deeper.

    A relative link leads to the page of the file it names, if `published` has one, and is plain text if not. `notes`
    are put behind what stands on a line of the file.
    """
    lines = skill.text.replace("\r\n", "\n").split("\n")[skill.body_line - 1 :]
    anchors = {section.line - skill.body_line: section.anchor for section in skill.sections}
    target = _from_skill(skill, links, published)
    own = [Note(line - skill.body_line, html) for line, html in notes.items()]
    return _rendered("\n".join(lines), target, lambda line, _: anchors.get(line), deeper=1, notes=own)


def skill_passage(text: str, skill: Skill, links: Links, published: Mapping[Path, str]) -> Markup:
    """Return a passage of a skill as HTML for another page: its links lead where they lead on the skill's own page."""
    own = links.skills[skill.file]
    target = _from_skill(skill, links, published, lambda anchor: links.url(own + anchor))
    return _rendered(text.replace("\r\n", "\n"), target, lambda *_: None, deeper=_DEEPEST)


def reference_body(text: str) -> Markup:
    """Return Markdown of our own, such as a rule's explanation, as HTML; of its links, those to the web stay."""
    anchors = Anchors()

    def target(href: str) -> str | None:
        return href if _ALLOWED.match(href) or href.startswith("#") else None

    return _rendered(text, target, lambda _, title: anchors.add_heading(title), deeper=0)


def _rendered(
    text: str,
    target: Callable[[str], str | None],
    anchor: Callable[[int, str], str | None],
    *,
    deeper: int,
    notes: Sequence[Note] = (),
) -> Markup:
    """Render `text`; `anchor` gives that of the heading with a title on a line, the first being 0."""
    parser = _parser()
    tokens = parser.parse(inert(text))
    for place, token in enumerate(tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + deeper, _DEEPEST)}"
        if token.type == "heading_open" and token.level == 0 and token.map:
            name = anchor(token.map[0], tokens[place + 1].content)
            if name:
                token.attrSet("id", name)
        elif token.type == "inline":
            token.children = list(_links_checked(token.children or [], target))
    html = parser.renderer.render(with_notes(tokens, notes), parser.options, {})
    return Markup(html)  # noqa: S704 - markdown-it escapes, and was told to let no HTML through


def _links_checked(tokens: Iterable[Token], target: Callable[[str], str | None]) -> Iterable[Token]:
    """Yield the tokens of a text; links are led to their target or left out, and images give way to their text."""
    from markdown_it.token import Token

    opened: list[bool] = []
    for token in tokens:
        if token.type == "image":
            yield Token("text", "", 0, content=f"[image: {token.content}]")
        elif token.type == "link_open":
            href = target(str(token.attrGet("href") or ""))
            opened.append(href is not None)
            if href is not None:
                token.attrs = {"href": href}
                if _ALLOWED.match(href):
                    token.attrs["rel"] = "noopener noreferrer nofollow"
                yield token
        elif token.type == "link_close":
            if opened.pop():
                yield token
        else:
            yield token


def _from_skill(
    skill: Skill, links: Links, published: Mapping[Path, str], anchored: Callable[[str], str] = lambda anchor: anchor
) -> Callable[[str], str | None]:
    """Return where links in a skill lead; `anchored` says where one to an anchor of the same text does."""
    folder = skill.path.resolve().parent
    return lambda href: anchored(href) if href.startswith("#") else _target(href, folder, links, published)


def _target(href: str, folder: Path, links: Links, published: Mapping[Path, str]) -> str | None:
    """Return where a skill's link leads on the site; None if it leads to nothing there."""
    if _ALLOWED.match(href):
        return href
    path, _, fragment = unquote(href).partition("#")
    if not path or ":" in path or path.startswith(("/", "\\")):
        return None
    uri = published.get(Path(posixpath.normpath(f"{folder.as_posix()}/{path}")))
    return links.url(f"{uri}#{fragment}" if fragment else uri) if uri else None


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.add_render_rule("fence", _fence)
    parser.add_render_rule("code_block", _fence)
    parser.add_render_rule("table_open", lambda *_: '<div class="sl-scroll" tabindex="0"><table>\n')
    parser.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return parser


def _fence(_renderer: RendererProtocol, tokens: Sequence[Token], index: int, *_: object) -> str:
    language = tokens[index].info.split()[:1]
    return str(code_block(tokens[index].content.removesuffix("\n"), language[0].lower() if language else ""))
