"""Which failures a bucket matches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from ..errors.earlier import earlier_keys
from ..errors.limit import shortened
from .patterns import PatternSet, compile_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..errors.reading import Reading
    from .bucket import Bucket, MatchRule


@dataclass(frozen=True, slots=True)
class Match:
    """The bucket that a failure falls into, and the rule that says so."""

    bucket: Bucket
    rule: MatchRule


class Matcher:
    """Buckets in their order, made ready to be asked about many failures; the first that matches wins.

    Few rules are tried: those that name a class of the exception and a form that it has, and whose `message` has fixed
    words that one pass over the text finds. What costs more to know is asked last.
    """

    def __init__(self, buckets: Iterable[Bucket]) -> None:
        self._entries = _in_order(buckets)
        self._silent = [number for number, entry in enumerate(self._entries) if entry.rule.message is None]
        self._by_message: dict[str, list[int]] = {}
        for number, entry in enumerate(self._entries):
            if entry.rule.message is not None:
                self._by_message.setdefault(entry.rule.message, []).append(number)
        # In halves: RE2 has 8 MB for what it has learnt of a text, and one set of all patterns fills them all the time.
        self._halves = tuple(PatternSet(list(self._by_message)[half::2]) for half in (0, 1))
        self._silent_for = lru_cache(maxsize=1024)(self._silent_of_kind)

    def first(self, reading: Reading) -> Match | None:
        """Return the first bucket that matches a failure, with its rule, or None."""
        subject = _Subject(reading)
        silent = self._silent_for(reading.bases, reading.said.form if reading.said else None)
        likely = chain.from_iterable(half.likely_in(subject.message) for half in self._halves)
        numbers = sorted([*silent, *(number for pattern in likely for number in self._by_message[pattern])])
        return next((self._entries[number] for number in numbers if _holds(self._entries[number].rule, subject)), None)

    def _silent_of_kind(self, bases: tuple[str, ...], form: str | None) -> list[int]:
        """Return the rules without `message` that may hold for an exception of these classes and this form."""
        rules = ((number, self._entries[number].rule) for number in self._silent)
        return [
            number
            for number, rule in rules
            if (rule.exception is None or rule.exception in bases) and rule.form in (None, form)
        ]


def first_match(buckets: Iterable[Bucket], reading: Reading) -> Match | None:
    """Return what a Matcher of these buckets finds; for one failure it takes less time than to make a Matcher."""
    subject = _Subject(reading)
    return next((entry for entry in _in_order(buckets) if _holds(entry.rule, subject)), None)


def _in_order(buckets: Iterable[Bucket]) -> list[Match]:
    """Return all rules in the order in which they are asked."""
    entries = [Match(bucket, rule) for bucket in buckets for rule in bucket.match]
    entries.sort(key=lambda entry: entry.rule.fallback)
    return entries


def matches(rule: MatchRule, reading: Reading) -> bool:
    """Tell whether a failure is of the kind that a rule describes.

    Of a message and of code, the first and the last 5,000 characters are searched.
    """
    return _holds(rule, _Subject(reading))


class _Subject:
    """A failure with what rules ask of it, each made once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    @cached_property
    def message(self) -> bytes | None:
        message = self.reading.thrown.message
        return None if message is None else _searchable(message)

    @cached_property
    def code(self) -> bytes | None:
        code = self.reading.fault.code
        return None if code is None else _searchable(code)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The hashes of the signatures that this and earlier pipelines give it."""
        return frozenset((self.reading.signature.key, *earlier_keys(self.reading.fault)))

    @cached_property
    def in_catalogue(self) -> str | None:
        """The id of the bucket that the catalogue alone puts it into."""
        match = _catalogue().first(self.reading)
        return match.bucket.id if match else None


def _holds(rule: MatchRule, subject: _Subject) -> bool:
    """Tell whether all parts of a rule hold; what costs most to know is asked last."""
    reading = subject.reading
    if rule.exception is not None and rule.exception not in reading.bases:
        return False
    if rule.form is not None and (reading.said is None or reading.said.form != rule.form):
        return False
    if rule.message is not None and not _found(rule.message, subject.message):
        return False
    if rule.code is not None and not _found(rule.code, subject.code):
        return False
    if any(not _is_all_of(pattern, reading.part(name)) for name, pattern in rule.where.items()):
        return False
    if rule.library is not None and rule.library != reading.origin.library:
        return False
    if rule.bucket is not None and rule.bucket != subject.in_catalogue:
        return False
    return rule.signature is None or rule.signature in subject.keys


def _found(pattern: str, text: bytes | None) -> bool:
    return text is not None and compile_pattern(pattern).search(text) is not None


def _is_all_of(pattern: str, text: str | None) -> bool:
    if text is None or pattern.isidentifier():  # a name stands for itself, and most patterns are one
        return pattern == text
    return compile_pattern(pattern).fullmatch(_searchable(text)) is not None


def _searchable(text: str) -> bytes:
    """Return what is searched of a text, as RE2 takes it: UTF-8, in which lone surrogates have no place."""
    return shortened(text).encode("utf-8", "replace")


@cache
def _catalogue() -> Matcher:
    from .catalogue import load_catalogue

    return Matcher(load_catalogue())
