"""Names of skills as traces have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


def is_named(skills: Collection[str], names: Iterable[str]) -> bool:
    """Say whether one of some names is that of a skill; a plugin's name may stand before it, as in `plugin:name`."""
    return any(name in skills or name.rpartition(":")[2] in skills for name in names)
