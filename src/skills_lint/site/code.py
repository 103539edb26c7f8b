"""Code and tracebacks as HTML."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..inert import inert

if TYPE_CHECKING:
    from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
    from pygments.lexer import Lexer  # type: ignore[import-untyped]

_MOST_COLOURED = 20_000  # characters; a lexer on more is slow and helps nobody
_MOST_LINES = 80
_MOST_CHARACTERS = 8_000
_MOST_KEPT = 4_096  # coloured blocks: those of the reference and of most skills, for the next build of a server


def code_block(code: str, language: str = "python", marked: int | None = None) -> Markup:
    """Return a block of code, coloured if Pygments knows the language; control characters are spelled out.

    The `marked` line, counted from 1, is the one that failed.
    """
    shown = inert(code.replace("\r\n", "\n"))
    coloured = _coloured(shown, language) if language and len(shown) <= _MOST_COLOURED else None
    body = Markup("{}").format(shown) if coloured is None else coloured
    body = _with_mark(body, marked) if marked else body
    return Markup('<div class="highlight"><pre tabindex="0"><code>{}</code></pre></div>').format(body)


def _with_mark(body: Markup, marked: int) -> Markup:
    """Return code with one line marked; no element of a coloured line reaches into the next one."""
    lines = body.split("\n")
    if marked <= len(lines):
        lines[marked - 1] = Markup('<mark class="sl-failing">{}</mark>').format(lines[marked - 1])
    return Markup("\n").join(lines)


def excerpt(text: str, *, end: bool = False) -> str:
    """Return the first part of a long text, or its end, with a line that says how much is left out."""
    lines = text.replace("\r\n", "\n").split("\n")
    kept = lines[-_MOST_LINES:] if end else lines[:_MOST_LINES]
    shown = "\n".join(kept)
    shown = shown[-_MOST_CHARACTERS:] if end else shown[:_MOST_CHARACTERS]
    if len(shown) == len(text) or shown == "\n".join(lines):
        return shown
    note = f"… {len(text) - len(shown):,} more characters"
    return f"{note}\n{shown}" if end else f"{shown}\n{note}"


@lru_cache(_MOST_KEPT)
def _coloured(code: str, language: str) -> Markup | None:
    from pygments import highlight  # type: ignore[import-untyped]

    lexer = _lexer(language)
    return Markup(highlight(code, lexer, _formatter())) if lexer else None  # noqa: S704 - Pygments escapes


@lru_cache(64)  # to find one looks through all that there are
def _lexer(language: str) -> Lexer | None:
    from pygments import lexers, util

    try:
        return lexers.get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except util.ClassNotFound:
        return None


@cache
def _formatter() -> HtmlFormatter:
    """Return the one formatter: making one costs as much as colouring a block."""
    from pygments import formatters

    return formatters.HtmlFormatter(nowrap=True)
