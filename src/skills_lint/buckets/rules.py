"""Match rules checked beyond what a schema can: their patterns, and the names that they go by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..place import did_you_mean
from .patterns import PatternError, compile_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_RE2 = "patterns are RE2 syntax, which has no look-around and no back-references"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a rule cannot be used."""

    path: tuple[str, ...]  # of the key, within the rule
    message: str
    way_out: str


def problems(rule: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with a rule that keeps the schema."""
    patterns: dict[tuple[str, ...], str] = {(key,): rule[key] for key in ("message", "code") if key in rule}
    patterns |= {("where", name): pattern for name, pattern in rule.get("where", {}).items()}
    for path, pattern in patterns.items():
        try:
            compile_pattern(pattern)
        except PatternError as error:
            yield Problem(path, f"the regular expression of `{path[-1]}` is refused: {error}", _RE2)
    yield from _unknown_names(rule)


def _unknown_names(rule: Mapping[str, Any]) -> Iterator[Problem]:
    form, where, bucket = rule.get("form"), rule.get("where", {}), rule.get("bucket")
    if form is not None or where:
        from .vocabulary import forms, parts_of

        if form is not None and form not in forms():
            yield Problem(("form",), f"there is no form `{form}`", _near(form, forms(), "forms are"))
            return
        for name in where:
            if name not in parts_of(form):
                holder = f"the form `{form}` has" if form else "no form has"
                message = f"{holder} {'no' if form else 'a'} part `{name}`, and no fact is called so"
                yield Problem(("where", name), message, _near(name, parts_of(form), "it may name"))
    if bucket is not None:
        from .catalogue import load_catalogue

        known = [entry.id for entry in load_catalogue()]
        if bucket not in known:
            message = f"the catalogue has no bucket `{bucket}`"
            yield Problem(("bucket",), message, _near(bucket, known, "`bucket` names one of the catalogue, such as"))


def _near(name: str, known: Iterable[str], words: str) -> str:
    near = did_you_mean(name, known)
    if near is not None:
        return f"did you mean `{near}`?"
    shown = sorted(known)
    return f"{words} {', '.join(f'`{word}`' for word in shown[:12])}{', …' if shown[12:] else ''}"
