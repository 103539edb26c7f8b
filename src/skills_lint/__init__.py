"""Agent traces in, root causes out, and skills that provably cover them.

`hint(error_text, code=None)` returns what a sandbox may append to an error. It is imported when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .hints import hint
    from .hints.hinter import Hint

__all__ = ["Hint", "hint"]


def __getattr__(name: str) -> Any:
    if name == "hint":
        from .hints import hint

        return hint
    if name == "Hint":
        from .hints.hinter import Hint

        return Hint
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
