"""Code and tracebacks as HTML."""

from __future__ import annotations

from markupsafe import Markup

from ..inert import inert

_MOST_COLOURED = 20_000  # characters; a lexer on more is slow and helps nobody
_MOST_LINES = 80
_MOST_CHARACTERS = 8_000


def code_block(code: str, language: str = "python") -> Markup:
    """Return a block of code, coloured if Pygments knows the language; control characters are spelled out."""
    shown = inert(code.replace("\r\n", "\n"))
    coloured = _coloured(shown, language) if language and len(shown) <= _MOST_COLOURED else None
    body = Markup("{}").format(shown) if coloured is None else coloured
    return Markup('<div class="highlight"><pre tabindex="0"><code>{}</code></pre></div>').format(body)


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


def _coloured(code: str, language: str) -> Markup | None:
    from pygments import formatters, highlight, lexers, util  # type: ignore[import-untyped]

    try:
        lexer = lexers.get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except util.ClassNotFound:
        return None
    return Markup(highlight(code, lexer, formatters.HtmlFormatter(nowrap=True)))  # noqa: S704 - Pygments escapes
