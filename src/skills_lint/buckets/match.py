"""Which failures a bucket matches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..errors.reading import Reading
    from .bucket import Bucket, MatchRule


class PatternError(ValueError):
    """A regular expression that RE2 refuses; the text says why."""


@cache
def compile_pattern(pattern: str) -> Any:
    """Return the compiled RE2 expression, which takes linear time on any text.

    Raises PatternError for what RE2 has not: look-around, back-references, and broken syntax.
    Syntax: https://github.com/google/re2/wiki/Syntax
    """
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options=options)
    except re2.error as error:
        reason = error.args[0] if error.args else error
        raise PatternError(reason.decode() if isinstance(reason, bytes) else str(reason)) from None


@dataclass(frozen=True, slots=True)
class Match:
    """The bucket that a failure falls into, and the rule that says so."""

    bucket: Bucket
    rule: MatchRule


class Matcher:
    """Buckets in their order, made ready to be asked about many failures; the first that matches wins."""

    def __init__(self, buckets: Iterable[Bucket]) -> None:
        self._buckets = tuple(buckets)

    def first(self, reading: Reading) -> Match | None:
        """Return the first bucket that matches a failure, with its rule, or None."""
        for bucket in self._buckets:
            for rule in bucket.match:
                if matches(rule, reading):
                    return Match(bucket, rule)
        return None


def matches(rule: MatchRule, reading: Reading) -> bool:
    """Tell whether a failure is of the kind that a rule describes."""
    if rule.exception is not None and rule.exception not in reading.bases:
        return False
    if rule.form is not None and (reading.said is None or reading.said.form != rule.form):
        return False
    if rule.signature is not None and rule.signature != reading.signature.key:
        return False
    if not _found(rule.message, reading.thrown.message) or not _found(rule.code, reading.fault.code):
        return False
    if any(not _is_all_of(pattern, reading.part(name)) for name, pattern in rule.where.items()):
        return False
    return rule.library is None or rule.library == reading.origin.library


def _found(pattern: str | None, text: str | None) -> bool:
    if pattern is None:
        return True
    return text is not None and compile_pattern(pattern).search(_sound(text)) is not None


def _is_all_of(pattern: str, text: str | None) -> bool:
    return text is not None and compile_pattern(pattern).fullmatch(_sound(text)) is not None


def _sound(text: str) -> str:
    """Return a text without lone surrogates, which traces hold; RE2 takes UTF-8 only."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
