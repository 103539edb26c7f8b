"""Effects as JSON and as text."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ..place import Place
from ..words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..triage.result import Assigned
    from .result import Contrast, Effect, GoingOn

_DIGITS = 4
SAYS = {
    "not-covered": "no skill covers it",
    "not-offered": "covered, the skill was not offered",
    "not-loaded": "offered, not loaded",
    "ignored": "loaded and ignored",
    "untold": "covered; the traces do not tell what was offered",
}


def as_json(effects: Sequence[Effect], rows: Sequence[GoingOn]) -> dict[str, Any]:
    """Return effects as schemas/effect.schema.json has them."""
    return {"version": 1, "effects": [_effect(effect) for effect in effects], "going_on": [_row(row) for row in rows]}


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "bucket": effect.bucket,
        "since": effect.since.isoformat() if effect.since else None,
        "before": asdict(effect.before),
        "after": asdict(effect.after),
        "left_out": effect.left_out,
        "others": {"before": effect.others, "after": effect.others_after} if effect.others is not None else None,
        "rate_ratio": _rounded(effect.rate_ratio),
        "interval": _interval(effect.interval),
        "level": _rounded(effect.level),
        "p_value": _rounded(effect.chance),
        "crude_ratio": _rounded(effect.crude_ratio),
        "verdict": effect.verdict,
        "reason": effect.reason,
        "more_sessions": effect.more_sessions,
        "loaded": _contrast(effect.loaded, "loaded", "not_loaded"),
        "hint": _contrast(effect.hint, "given", "withheld"),
    }


def _contrast(contrast: Contrast | None, having: str, lacking: str) -> dict[str, Any] | None:
    if contrast is None:
        return None
    return {
        having: asdict(contrast.having),
        lacking: asdict(contrast.lacking),
        "rate_ratio": _rounded(contrast.rate_ratio),
        "interval": _interval(contrast.interval),
    }


def _interval(interval: tuple[float, float | None] | None) -> list[float | None] | None:
    return [_rounded(bound) for bound in interval] if interval else None


def _rounded(number: float | None) -> float | None:
    """Return a number with four digits that count, so that every machine prints the same; the verdict is not moved."""
    return float(f"{number:.{_DIGITS}g}") if number is not None else None


def _row(row: GoingOn) -> dict[str, Any]:
    return {
        "bucket": row.bucket,
        "reason": row.reason,
        "failures": row.failures,
        "sessions": row.sessions,
        "example": _example(row.example),
    }


def _example(item: Assigned | None) -> dict[str, Any] | None:
    if item is None:
        return None
    return {"file": item.failure.file, "line": item.failure.line, "pointer": item.failure.pointer}


def as_text(effects: Sequence[Effect], rows: Sequence[GoingOn]) -> Iterator[str]:
    """Yield the lines for a terminal."""
    if not effects:
        yield "effect    no pitfall covers a bucket yet"
    for effect in effects:
        yield from _effect_lines(effect)
    if rows:
        yield "what goes on, and why"
    for row in rows:
        numbers = f"{counted(row.failures, 'failure')} in {counted(row.sessions, 'session')}"
        place = f"  {Place(row.example.failure.file, row.example.failure.line)}" if row.example else ""
        yield f"  {row.bucket}  {SAYS[row.reason]}: {numbers}{place}"


def _effect_lines(effect: Effect) -> Iterator[str]:
    verdict = effect.verdict.replace("-", " ") + (" yet" if effect.verdict == "no-evidence" else "")
    yield f"{effect.bucket}  {verdict}: {effect.reason}"
    before, after = effect.before, effect.after
    if not effect.since:
        return
    yield (
        f"    before {effect.since}: {before.failures} in {counted(before.executions, 'execution')} of "
        f"{counted(before.sessions, 'session')}; after: {after.failures} in {counted(after.executions, 'execution')} "
        f"of {counted(after.sessions, 'session')}"
    )
    if effect.rate_ratio is not None and effect.level is not None:
        yield (
            f"    relative to other causes ({effect.others} before, {effect.others_after} after): "
            f"× {effect.rate_ratio:.2f} {_between(effect.interval)} at {100 * effect.level:.3g} %"
        )
    for contrast, having, lacking in ((effect.loaded, "loaded", "not"), (effect.hint, "hint given", "withheld")):
        if contrast is not None:
            yield _contrast_line(contrast, having, lacking)


def _contrast_line(contrast: Contrast, having: str, lacking: str) -> str:
    ratio = f": × {contrast.rate_ratio:.2f} {_between(contrast.interval)}" if contrast.rate_ratio is not None else ""
    return (
        f"    {having}: {contrast.having.failures} in {contrast.having.executions:,}; "
        f"{lacking}: {contrast.lacking.failures} in {contrast.lacking.executions:,}{ratio}"
    )


def _between(interval: tuple[float, float | None] | None) -> str:
    if interval is None:
        return ""
    low, high = interval
    return f"({low:.2f} to {'∞' if high is None else f'{high:.2f}'})"
