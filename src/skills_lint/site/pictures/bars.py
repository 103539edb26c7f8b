"""Bars: a share of a whole, and how often something happened on each day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from .svg import figure, line, number, picture, text

if TYPE_CHECKING:
    from collections.abc import Sequence

_BAR = Markup(
    '<svg class="sl-bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{label}">'
    '<rect class="sl-bar__all" width="100" height="8" rx="1"/>'
    '<rect class="sl-bar__part" width="{width}" height="8" rx="1"/></svg>'
)
_COLUMN = Markup(
    '<rect class="sl-one" x="{x}%" y="{y}" width="{width}%" height="{height}"><title>{label}: {value}</title></rect>'
)
_TOP, _BASE, _LABELS = 18, 108, 124  # pixels from above: the highest column, the foot of all, what stands below
_FEWEST = 14  # columns that have room: fewer are not made wider, or two days would look like a wall
_FILLED = 0.7  # of the room of a column
_SPARK = Markup(
    '<svg class="sl-spark" viewBox="0 0 {width} 20" width="{width}" height="20" role="img" aria-label="{label}">'
    '{columns}<rect class="sl-base" y="19" width="{width}" height="1"/></svg>'
)
_SPARK_COLUMN = Markup('<rect class="sl-one" x="{x}" y="{y}" width="3" height="{height}"/>')


def bar(share: float, label: str) -> Markup:
    """Return a bar of which `share` (0 to 1) is filled."""
    return _BAR.format(width=round(100 * min(max(share, 0), 1), 1), label=label)


def columns(points: Sequence[tuple[str, float]], what: str, of: str = "Day") -> Markup:
    """Return a column for each labelled value, the highest as high as the picture; "" where there is none."""
    highest = max((value for _, value in points), default=0)
    if not highest:
        return Markup("")
    room = 100 / max(len(points), _FEWEST)
    shapes = [
        line("sl-grid", 0, _TOP, 100, _TOP),
        text("sl-label", 0, _TOP - 5, f"{highest:g}"),
        *(_column(place, label, value, value / highest, room) for place, (label, value) in enumerate(points)),
        line("sl-base", 0, _BASE, 100, _BASE),
        text("sl-label", 0, _LABELS, points[0][0]),
    ]
    end = room * len(points)
    if end > 60:  # else the two labels would stand on each other where the page is narrow
        shapes.append(text("sl-label", end, _LABELS, points[-1][0], "end"))
    when = f"{points[0][0]} to {points[-1][0]}"
    caption = f"{what}, {when}; at most {highest:g}"
    drawn = picture("sl-columns", what, f"{caption}, on {_highest(points, highest)}.", _LABELS + 6, shapes)
    return figure(drawn, caption, (of, what), [(label, f"{value:g}") for label, value in points])


def spark(values: Sequence[float], label: str) -> Markup:
    """Return a small picture of a row of values, to stand in a line of text; "" where there is none."""
    highest = max(values, default=0)
    if not highest:
        return Markup("")
    drawn = Markup("").join(_spark_column(4 * place, value / highest) for place, value in enumerate(values) if value)
    return _SPARK.format(width=4 * len(values), label=label, columns=drawn)


def _column(place: int, label: str, value: float, share: float, room: float) -> Markup:
    height = (_BASE - _TOP) * share
    return _COLUMN.format(
        x=number(room * (place + (1 - _FILLED) / 2)),
        y=number(_BASE - height),
        width=number(room * _FILLED),
        height=number(height),
        label=label,
        value=f"{value:g}",
    )


def _spark_column(x: int, share: float) -> Markup:
    height = max(18 * share, 2)
    return _SPARK_COLUMN.format(x=x, y=number(19 - height), height=number(height))


def _highest(points: Sequence[tuple[str, float]], highest: float) -> str:
    return next(label for label, value in points if value == highest)
