"""Regular expressions of rules, in RE2: linear time on any text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PROBE = "a5c9found"  # stands in each text that is searched, so that a search which fails is told from one in vain


class PatternError(ValueError):
    """A regular expression that RE2 refuses; the text says why."""


@cache
def compile_pattern(pattern: str) -> Any:
    """Return the compiled RE2 expression, which takes linear time on any text.

    Raises PatternError for what RE2 has not: look-around, back-references, and broken syntax.
    Syntax: https://github.com/google/re2/wiki/Syntax
    """
    import re2

    try:
        return re2.compile(pattern, options=_options())
    except re2.error as error:
        reason = error.args[0] if error.args else error
        raise PatternError(reason.decode() if isinstance(reason, bytes) else str(reason)) from None


class PatternSet:
    """Patterns of which few need to be tried on a text: those whose fixed words are in it, found in one pass."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """Raise PatternError for a pattern that RE2 refuses."""
        self._patterns = tuple(patterns)
        self._filter = _filter([*self._patterns, _PROBE])

    def likely_in(self, text: bytes | None) -> Sequence[str]:
        """Return the patterns that may be found in a text, all that are among them; none where there is no text."""
        if text is None:
            return ()
        probe = len(self._patterns)
        likely = self._filter.Match(b"%b\n%b" % (text, _PROBE.encode()), True) if self._filter else None
        if likely is None or probe not in likely:  # too many patterns, or too little memory, of which it says nothing
            return self._patterns
        return [self._patterns[number] for number in likely if number != probe]


def _filter(patterns: Iterable[str]) -> Any:
    """Return what tells the patterns whose fixed words are in a text; None where they are too many for it."""
    import re2

    options = _options()
    words = re2.Filter()
    for pattern in patterns:
        try:
            words.Add(pattern, options)
        except re2.error:
            compile_pattern(pattern)  # says why
            raise
    try:
        words.Compile()
    except re2.error:
        return None
    return words


def _options() -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    return options
