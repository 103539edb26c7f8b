"""Regular expressions of rules, in RE2: linear time on any text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_MEMORY = 32 << 20  # bytes that a search for many patterns at once may use


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
    """Patterns that one pass over a text searches for all at once."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """Raise PatternError for a pattern that RE2 refuses."""
        self._patterns = tuple(patterns)
        self._set, self._always = self._joined()

    def _joined(self) -> tuple[Any, int]:
        """Return the patterns as one, and the number of the empty one in it; without the one where RE2 will not."""
        import re2

        options = _options()
        options.max_mem = _MEMORY
        joined = re2.Set.SearchSet(options)
        try:
            for pattern in self._patterns:
                joined.Add(pattern)
            always = joined.Add("")
            joined.Compile()
        except re2.error:
            for pattern in self._patterns:
                compile_pattern(pattern)
            return None, 0
        return joined, always

    def found_in(self, text: bytes | None) -> list[str]:
        """Return the patterns that are found in a text; none where there is no text."""
        if text is None or not self._patterns:
            return []
        found = self._set.Match(text) if self._set else None
        if not found or self._always not in found:  # it ran out of memory, which it does not tell
            return [pattern for pattern in self._patterns if compile_pattern(pattern).search(text)]
        return [self._patterns[number] for number in found if number != self._always]


def _options() -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    return options
