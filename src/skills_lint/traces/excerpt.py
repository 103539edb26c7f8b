"""Long texts made short enough to keep."""

from __future__ import annotations

_LIMIT = 50_000  # characters


def excerpt(text: str) -> str:
    """Return a text as it is, or, if it is very long, its start and its longer end with a note between them."""
    if len(text) <= _LIMIT:
        return text
    head, tail = text[: _LIMIT // 5], text[-_LIMIT * 4 // 5 :]
    return f"{head}\n[… {len(text) - len(head) - len(tail)} characters left out …]\n{tail}"
