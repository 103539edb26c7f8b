"""Ratios with their intervals on one logarithmic axis, with a line at 1, where nothing changes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from .svg import figure, line, number, picture, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_TICKS = (0.01, 0.03, 0.1, 0.25, 0.5, 1, 2, 4, 10, 30, 100)
_ROW, _HEAD = 44, 20  # pixels: of an interval with its label, and above the first
_LEFT, _RIGHT = 5.0, 95.0  # per cent
_POINT = Markup('<rect class="sl-dot" x="{x}%" y="{y}" width="10" height="10" transform="translate(-5 -5)"/>')
_END = Markup('<text class="sl-arrow" x="{x}%" y="{y}" text-anchor="{anchor}">{arrow}</text>')


@dataclass(frozen=True, slots=True)
class Interval:
    """A ratio with the interval in which it lies."""

    label: str
    value: float
    low: float
    high: float | None  # None: infinite
    level: float  # 0 to 1


@dataclass(frozen=True, slots=True)
class _Axis:
    ticks: tuple[float, ...]

    def place(self, ratio: float) -> float:
        """Return where a ratio stands, in per cent of the width; what is beyond the axis stands at its end."""
        low, high = math.log(self.ticks[0]), math.log(self.ticks[-1])
        at = (math.log(min(max(ratio, self.ticks[0]), self.ticks[-1])) - low) / (high - low)
        return _LEFT + (_RIGHT - _LEFT) * at

    def ends_before(self, ratio: float | None) -> bool:
        return ratio is None or ratio > self.ticks[-1]

    def begins_after(self, ratio: float) -> bool:
        return ratio < self.ticks[0]


def intervals(found: Sequence[Interval], what: str) -> Markup:
    """Return ratios as squares on their intervals; "" where there is none."""
    if not found:
        return Markup("")
    axis = _axis(found)
    foot = _HEAD + _ROW * len(found)
    shapes = [
        text("sl-label", 0, 12, "← fewer failures"),
        text("sl-label", 100, 12, "more failures →", "end"),
        *_ruled(axis, foot),
        *(shape for place, item in enumerate(found) for shape in _drawn(item, axis, _HEAD + _ROW * place)),
    ]
    says = " ".join(f"{item.label}: {in_words(item)}." for item in found)
    drawn = picture("sl-intervals", what, says, foot + 24, shapes)
    rows = [(item.label, f"× {item.value:.2f}", _between(item), f"{100 * item.level:.3g} %") for item in found]
    caption = f"{what}: the square is the ratio, the line its interval; at 1 nothing changes"
    return figure(drawn, caption, ("Compared", "Ratio", "Interval", "Level"), rows)


def in_words(item: Interval) -> str:
    """Return a ratio with its interval: `× 0.42 (0.20 to 0.88)`."""
    return f"× {item.value:.2f} ({_between(item)})"


def _between(item: Interval) -> str:
    return f"{item.low:.2f} to {'∞' if item.high is None else f'{item.high:.2f}'}"


def _axis(found: Iterable[Interval]) -> _Axis:
    """Return the marks from the last that is below all ratios to the first above, 0.5 and 2 among them."""
    told = [ratio for item in found for ratio in (item.low, item.value, item.high) if ratio]
    low = max((tick for tick in _TICKS if tick <= min((*told, 0.5))), default=_TICKS[0])
    high = min((tick for tick in _TICKS if tick >= max((*told, 2.0))), default=_TICKS[-1])
    return _Axis(tuple(tick for tick in _TICKS if low <= tick <= high))


def _ruled(axis: _Axis, foot: float) -> Iterator[Markup]:
    for tick in axis.ticks:
        x = axis.place(tick)
        yield line("sl-one-line" if tick == 1 else "sl-grid", x, _HEAD, x, foot)
        yield text("sl-label", x, foot + 16, f"{tick:g}", "middle")


def _drawn(item: Interval, axis: _Axis, top: float) -> Iterator[Markup]:
    low, high = axis.place(item.low), axis.place(math.inf if item.high is None else item.high)
    y = top + 32
    yield text("sl-value", 0, top + 16, f"{item.label}: {in_words(item)}")
    yield line("sl-way", low, y, high, y)
    if axis.begins_after(item.low):
        yield _END.format(x=number(low), y=number(y + 5), anchor="middle", arrow="◂")
    if axis.ends_before(item.high):
        yield _END.format(x=number(high), y=number(y + 5), anchor="middle", arrow="▸")
    yield _POINT.format(x=number(axis.place(item.value)), y=number(y))
