"""Which failures a bucket matches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..errors.fault import Fault
    from .bucket import Bucket


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
class MatchRule:
    """One way to know a bucket: every part that is given must hold."""

    exception: str | None = None  # last part of the type, or its full name
    message: str | None = None  # RE2 expression, searched
    code: str | None = None  # RE2 expression, searched

    def matches(self, fault: Fault) -> bool:
        """Tell whether a failure is of this kind."""
        if self.exception is not None and self.exception not in (fault.type, fault.qualified):
            return False
        return _found(self.message, fault.message) and _found(self.code, fault.code)


def _found(pattern: str | None, text: str | None) -> bool:
    if pattern is None:
        return True
    if text is None:
        return False
    sound = text.encode("utf-8", "replace").decode("utf-8")  # traces hold lone surrogates; RE2 takes UTF-8 only
    return compile_pattern(pattern).search(sound) is not None


def first_match(buckets: Iterable[Bucket], fault: Fault) -> Bucket | None:
    """Return the first bucket that matches a failure, or None."""
    return next((bucket for bucket in buckets if any(rule.matches(fault) for rule in bucket.match)), None)
