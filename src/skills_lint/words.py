"""Numbers in words, the same on every face: terminal, report and site."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 session`, `2 sessions`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def percent(share: float) -> str:
    """Return a share as whole per cent; a small one is not shown as none."""
    return "<1 %" if 0 < share < 0.005 else f"{100 * share:.0f} %"


def part_of(part: int, whole: int, noun: str) -> str:
    """Return how many of how many, with the share: `3 of 5 failures (60 %)`."""
    return f"{part:,} of {counted(whole, noun)}" + (f" ({percent(part / whole)})" if whole else "")
