"""How much of a text is looked at: errors tell what went wrong at their head and their tail."""

from __future__ import annotations

LONGEST = 10_000  # characters of a message

_GAP = "\n[…]\n"


def shortened(text: str, longest: int = LONGEST) -> str:
    """Return a text of at most `longest` characters: of a longer one, its head and its tail. Twice changes nothing."""
    if len(text) <= longest:
        return text
    head = (longest - len(_GAP)) // 2
    return f"{text[:head]}{_GAP}{text[len(text) - (longest - len(_GAP) - head) :]}"
