"""Small drawings as inline SVG, labelled, without scripts and without inline styles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Sequence

_BAR = Markup(
    '<svg class="sl-bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{label}">'
    '<rect class="sl-bar__all" width="100" height="8" rx="1"/>'
    '<rect class="sl-bar__part" width="{width}" height="8" rx="1"/></svg>'
)
_COLUMN = Markup(
    '<rect class="sl-columns__one" x="{x}" y="{y}" width="8" height="{height}"><title>{label}: {value}</title></rect>'
)
_COLUMNS = Markup(
    '<figure class="sl-columns"><svg viewBox="0 0 {width} 64" width="{pixels}" height="96" preserveAspectRatio="none" '
    'role="img" aria-label="{caption}">{columns}'
    '<rect class="sl-columns__base" y="63" width="{width}" height="1"/></svg>'
    "<figcaption>{caption}</figcaption></figure>"
)
_HEIGHT = 60


def bar(share: float, label: str) -> Markup:
    """Return a bar of which `share` (0 to 1) is filled."""
    return _BAR.format(width=round(100 * min(max(share, 0), 1), 1), label=label)


def columns(points: Sequence[tuple[str, float]], what: str) -> Markup:
    """Return a column for each labelled value, the highest as high as the drawing; "" where there is none."""
    highest = max((value for _, value in points), default=0)
    if not highest:
        return Markup("")
    drawn = []
    for number, (label, value) in enumerate(points):
        height = round(_HEIGHT * value / highest, 1)
        drawn.append(_COLUMN.format(x=2 + 12 * number, y=63 - height, height=height, label=label, value=f"{value:g}"))
    return _COLUMNS.format(
        width=12 * len(points),
        pixels=24 * len(points),
        columns=Markup("").join(drawn),
        caption=f"{what}, {points[0][0]} to {points[-1][0]}; at most {highest:g}",
    )
