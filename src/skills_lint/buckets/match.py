"""Which failures a bucket matches."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..errors.fault import Fault
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


def matches(rule: MatchRule, fault: Fault) -> bool:
    """Tell whether a failure is of the kind that a rule describes."""
    if rule.exception is not None and rule.exception not in (fault.type, fault.qualified):
        return False
    return _found(rule.message, fault.message) and _found(rule.code, fault.code)


def _found(pattern: str | None, text: str | None) -> bool:
    if pattern is None:
        return True
    if text is None:
        return False
    sound = text.encode("utf-8", "replace").decode("utf-8")  # traces hold lone surrogates; RE2 takes UTF-8 only
    return compile_pattern(pattern).search(sound) is not None


def first_match(buckets: Iterable[Bucket], fault: Fault) -> Bucket | None:
    """Return the first bucket that matches a failure, or None."""
    return next((bucket for bucket in buckets if any(matches(rule, fault) for rule in bucket.match)), None)
