"""What all pictures are made of: a frame that says what it shows, and the numbers as a table beside it.

Places along the width are per cent, and heights are pixels: a picture then fits any width, and its texts keep their
size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PICTURE = Markup(
    '<svg class="sl-picture {kind}" width="100%" height="{height}" role="img" focusable="false">'
    "<title>{title}</title><desc>{says}</desc>{shapes}</svg>"
)
# Search leaves it out: numbers of days would hide the pages that are about a word.
_FIGURE = Markup(
    '<figure class="sl-figure" data-search-exclude>{picture}<figcaption>{caption}</figcaption>'
    '<details class="sl-numbers"><summary>The numbers</summary><div class="sl-scroll" tabindex="0"><table>'
    "<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></details></figure>"
)
_TEXT = Markup('<text class="{kind}" x="{x}%" y="{y}" text-anchor="{anchor}">{text}</text>')
_LINE = Markup('<line class="{kind}" x1="{x1}%" y1="{y1}" x2="{x2}%" y2="{y2}"/>')


def picture(kind: str, title: str, says: str, height: float, shapes: Iterable[Markup]) -> Markup:
    """Return a picture; `title` is its name, `says` what one sees on it in a sentence."""
    drawn = Markup("").join(shapes)
    return _PICTURE.format(kind=kind, height=number(height), title=title, says=says, shapes=drawn)


def figure(drawn: Markup, caption: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Markup:
    """Return a picture with its caption and the numbers that it was made from, folded."""
    return _FIGURE.format(
        picture=drawn,
        caption=caption,
        head=Markup("").join(Markup("<th>{}</th>").format(cell) for cell in head),
        rows=Markup("").join(_row(row) for row in rows),
    )


def text(kind: str, x: float, y: float, words: str, anchor: str = "start") -> Markup:
    """Return a text that begins, ends (`end`) or is centred (`middle`) at a place."""
    return _TEXT.format(kind=kind, x=number(x), y=number(y), text=words, anchor=anchor)


def line(kind: str, x1: float, y1: float, x2: float, y2: float) -> Markup:
    """Return a straight line."""
    return _LINE.format(kind=kind, x1=number(x1), y1=number(y1), x2=number(x2), y2=number(y2))


def number(value: float) -> str:
    """Return a number as short as a picture needs it."""
    return f"{round(value, 2):g}"


def _row(cells: Sequence[object]) -> Markup:
    shown = Markup("").join(Markup('<td class="sl-number">{}</td>').format(cell) for cell in cells)
    return Markup("<tr>{}</tr>").format(shown)
