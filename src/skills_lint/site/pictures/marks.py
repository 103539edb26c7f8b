"""Marks for the cells of a matrix; each has a shape of its own."""

from __future__ import annotations

from typing import Literal

from markupsafe import Markup

Mark = Literal["covers", "owes", "none"]

_SHAPES: dict[Mark, tuple[str, Markup]] = {
    "covers": ("covered", Markup('<circle class="sl-mark__covers" cx="8" cy="8" r="6"/>')),
    "owes": ("should be covered", Markup('<path class="sl-mark__owes" d="M8 2 14 8 8 14 2 8Z"/>')),
    "none": ("not covered", Markup('<circle class="sl-mark__none" cx="8" cy="8" r="1.5"/>')),
}
_MARK = Markup(
    '<svg class="sl-mark" viewBox="0 0 16 16" width="16" height="16" role="img" aria-label="{label}">'
    "<title>{label}</title>{shape}</svg>"
)


def mark(kind: Mark) -> Markup:
    """Return a disc for a pitfall that is there, an empty lozenge for one that is missing, and a dot for none."""
    label, shape = _SHAPES[kind]
    return _MARK.format(label=label, shape=shape)
