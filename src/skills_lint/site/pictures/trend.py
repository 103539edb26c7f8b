"""A line over time: one value a report."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup

from .svg import figure, line, number, picture, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DOT = Markup('<circle class="sl-dot" cx="{x}%" cy="{y}" r="4"><title>{label}: {value}</title></circle>')
_TOP, _BASE, _LABELS = 26, 108, 124  # pixels from above: the highest point, zero, what stands below
_LEFT, _RIGHT = 4.0, 96.0  # per cent: a dot and its number at the end still are on the picture
_MOST_NUMBERED = 6  # points that each have their number beside them


def trend(points: Sequence[tuple[str, float]], what: str) -> Markup:
    """Return the line through labelled values, from zero up; "" for fewer than two, which are no trend."""
    if len(points) < 2:
        return Markup("")
    highest = max(value for _, value in points) or 1.0
    places = [
        (_LEFT + (_RIGHT - _LEFT) * place / (len(points) - 1), _BASE - (_BASE - _TOP) * value / highest)
        for place, (_, value) in enumerate(points)
    ]
    shapes = [
        line("sl-base", 0, _BASE, 100, _BASE),
        *(line("sl-way", x1, y1, x2, y2) for (x1, y1), (x2, y2) in pairwise(places)),
        *_dots(points, places),
        text("sl-label", 0, _LABELS, points[0][0]),
        text("sl-label", 100, _LABELS, points[-1][0], "end"),
    ]
    (first, before), (last, now) = points[0], points[-1]
    caption = f"{what}, {first} to {last}; at most {highest:g}"
    says = f"{what}: {before:g} on {first}, {now:g} on {last}."
    drawn = picture("sl-trend", what, says, _LABELS + 6, shapes)
    return figure(drawn, caption, ("Report", what), [(label, f"{value:g}") for label, value in points])


def _dots(points: Sequence[tuple[str, float]], places: Sequence[tuple[float, float]]) -> Iterator[Markup]:
    """Yield a dot for each point, with its number; of many only the first, the last and the highest have one."""
    highest = max(range(len(points)), key=lambda place: points[place][1])
    numbered = range(len(points)) if len(points) <= _MOST_NUMBERED else {0, highest, len(points) - 1}
    for place, ((label, value), (x, y)) in enumerate(zip(points, places, strict=True)):
        yield _DOT.format(x=number(x), y=number(y), label=label, value=f"{value:g}")
        if place in numbered:
            yield text("sl-value", x, y - 9, f"{value:g}", "middle")
