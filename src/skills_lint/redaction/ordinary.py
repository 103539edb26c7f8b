"""Whether a value that stands where secrets stand is one: variables, placeholders, code and words are not."""

from __future__ import annotations

import re2

from .known import ORDINARY_VALUES

# A variable, a template or something cut out: the whole value of it, or what a template begins with.
_VARIABLE = re2.compile(
    rb"\$?\$[A-Za-z_][\w.]*|\$\d|\$[\{\(].*|\{.*|<.*|%[\w-]+%?|%[\(\{].*|\[.*|@\w+@|!+[A-Za-z:]*|[*&:@]+[A-Za-z_][\w.]*|#.*|\(.*|=.*"
)
_PLACEHOLDER = re2.compile(
    rb"(?i)example|change[_-]?me|change[_-]?this|your[_-]?|placeholder|redacted|dummy|x{4}|\*{3}|\.{3}|\xe2\x80\xa6|\xe2\x80\xa2{2}"
    rb"|insert[_-]|replace[_-]|[_-]here\b|todo\b|not[_-]?set|process\.env|os\.environ|getenv|^\$\{|\{\{|^<|^fake[_-]|[_-]fake$"
)
_LOCATION = re2.compile(
    rb"[a-z][a-z0-9+.-]*://.*|arn:.*|\.{0,2}/[\w./-]*|~/.*|[A-Za-z]:\\.*|sha\d+:.*|\d{4}-\d\d-\d\d.*|[\d.,:_-]+"
)
_DOTTED = re2.compile(rb"[A-Za-z_$][A-Za-z_$]*\d{0,2}(?:(?:\.|::|->|\?\.)[A-Za-z_$]+\d{0,2})+[!?]?")
_CHUNK = re2.compile(rb"[A-Z]?[a-z]+|[A-Z]+|\d+")
_CONSONANTS = re2.compile(rb"(?i)[bcdfghjklmnpqrstvwxz]{6}")
_VOWEL = re2.compile(rb"(?i)[aeiouy]")
_SPECIAL = re2.compile(rb"[!#$%&*+=?@^~|]")


def is_placeholder(value: bytes) -> bool:
    """Return whether a value only marks the place of a secret: `changeme`, `$TOKEN`, `<your-token>`, `********`."""
    if len(set(value)) <= 2 or value.lower() in ORDINARY_VALUES:
        return True
    return len(value) < 300 and bool(_VARIABLE.fullmatch(value) or _PLACEHOLDER.search(value))


def is_words(value: bytes) -> bool:
    """Return whether a value is made of words as names and prose are: `db-credentials`, `nextToken2`, `AuthError`."""
    chunks = _CHUNK.findall(value)
    words = [chunk for chunk in chunks if not chunk.isdigit()]
    numbers = [chunk for chunk in chunks if chunk.isdigit()]
    letters, digits = sum(map(len, words)), sum(map(len, numbers))
    if not words:
        return not numbers
    if digits > 3 or len(numbers) > 2 or letters + digits < 0.6 * len(value):
        return False
    if len(words) > 1 and letters < 3.5 * len(words):  # words are longer than the runs of one case in random text
        return False
    return all(len(word) < 4 or (_VOWEL.search(word) and not _CONSONANTS.search(word)) for word in words)


def has_digit(value: bytes) -> bool:
    return any(48 <= byte <= 57 for byte in value)


def is_likely(value: bytes) -> bool:
    """Return whether a value that stands in the place of a secret is more than a word."""
    return not is_placeholder(value) and (has_digit(value) or bool(_SPECIAL.search(value)) or not is_words(value))


def is_token(value: bytes) -> bool:
    """Return whether the value of a field that is named as a token or a key is random enough to be one."""
    if len(value) < 8 or is_placeholder(value) or _LOCATION.fullmatch(value) or _DOTTED.fullmatch(value):
        return False
    return not is_words(value) and (has_digit(value) or len(value) >= 12)


def is_password(value: bytes, *, literal: bool) -> bool:
    """Return whether the value of a field that is named as a password can be one; `literal` if it cannot be code."""
    if len(value) < 5 or is_placeholder(value) or _DOTTED.fullmatch(value):
        return False
    if _LOCATION.fullmatch(value) and not (literal and value.isdigit()):
        return False
    if not literal:
        return not is_words(value)
    lone = len(value) >= 16 and value.isalpha() and value.islower()  # four words run together, as advice has it
    return is_likely(value) or lone
