"""Whether a value that stands where secrets stand is one: variables, placeholders, code and words are not."""

from __future__ import annotations

import re
from typing import Final

from .known import ORDINARY_VALUES

# A variable, a template or something cut out: the whole value of it, or what a template begins with.
_VARIABLE = re.compile(
    rb"\$?\$[A-Za-z_][\w.]*|\$\d|\$[\{\(].*|\{.*|<.*|%[\w-]+%?|%[\(\{].*|\[.*|@\w+@|!+[A-Za-z:]*|[*&:@]+[A-Za-z_][\w.-]*|#.*|\(.*|=.*"
)
_PLACEHOLDER = re.compile(
    rb"(?i)example|change[_-]?me|change[_-]?this|your[_-]?|placeholder|redacted|dummy|(?-i:x{4}|X{4})|\*{3}|\.{3}|\xe2\x80\xa6|\xe2\x80\xa2{2}"
    rb"|insert[_-]|replace[_-]|[_-]here\b|todo\b|not[_-]?set|process\.env|os\.environ|getenv|^\$\{|\{\{|^<|^fake[_-]|[_-]fake$"
)
_LOCATION = re.compile(
    rb"[a-z][a-z0-9+.-]*://.*|arn:.*|\.{0,2}/[\w./-]*|~/.*|[A-Za-z]:\\.*|(?:[a-z0-9-]+\.)+[a-z]+(?::\d+)?"
    rb"|sha\d+:.*|0x[0-9a-fA-F]{1,16}|\d{4}-\d\d-\d\d.*|[\d.,:_-]+|(?:%[a-z][:@/ ]?)+"
)
_DOTTED = re.compile(rb"[A-Za-z_$]\w{0,24}(?:(?:\.|::|->|\?\.)[A-Za-z_$]\w{0,30})+[!?]?")
_CHUNK = re.compile(rb"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_CONSONANTS = re.compile("(?i)[bcdfghjklmnpqrstvwxz]{6}")
_LONGER_CONSONANTS = re.compile("(?i)[bcdfghjklmnpqrstvwxz]{5}|[bcdfghjklmnpqrvwxz]{4}")
_VOWEL = re.compile("(?i)[aeiouy]")
# gss_krb5_name, db-credentials, MAX_SIZE: parts of one case, with a number at the end at most
_SNAKE = re.compile(
    rb"_*(?:[A-Z]?[a-z]{1,14}|[A-Z]{1,14})\d{0,2}(?:[_-]+(?:[A-Z]?[a-z]{0,14}|[A-Z]{1,14})\d{0,4}){1,8}_*"
)
_FIXTURE = re.compile(
    rb"(?i)(?:(?:test|my|the|some|new|old|user|db|admin|super|top|any|wrong|bad|good|valid|invalid)[_-]?){0,2}"
    rb"(?:pass|password|passwd|pw|secret|token|api[_-]?key|key)[_-]?\d{0,4}!?"
)
_SPECIAL = re.compile(rb"[!#$%&*+=?@^~|]")


# No name or placeholder is longer. It also bounds the work of the patterns above, which are not linear.
_LONGEST_NAME: Final = 300


def is_placeholder(value: bytes) -> bool:
    """Return whether a value only marks the place of a secret: `changeme`, `$TOKEN`, `<your-token>`, `********`."""
    if len(set(value)) <= 2 or value.lower() in ORDINARY_VALUES or _FIXTURE.fullmatch(value):
        return True
    return len(value) <= _LONGEST_NAME and bool(_VARIABLE.fullmatch(value) or _PLACEHOLDER.search(value))


def is_words(value: bytes) -> bool:
    """Return whether a value is made of words as names and prose are: `db-credentials`, `nextToken2`, `AuthError`."""
    if len(value) > 120:
        return False
    if _SNAKE.fullmatch(value):
        return True
    chunks = [chunk.decode() for chunk in _CHUNK.findall(value)]
    letters = [chunk for chunk in chunks if chunk.isalpha()]
    numbers = [chunk for chunk in chunks if chunk.isdigit()]
    if not letters:
        return not numbers
    if sum(map(len, numbers)) > 3 or len(numbers) > 2:
        return False
    if len(value) >= 20 and sum(map(len, letters)) < 3.6 * len(letters):  # one case never lasts long in random text
        return False
    words = [chunk for chunk in letters if len(chunk) >= 4 and _is_word(chunk)]
    if len(numbers) > 1:  # capitals between two numbers are no acronym
        words = [word for word in words if not word.isupper()]
    short = len(letters) == 1 and len(letters[0]) < 4
    return short or sum(map(len, words)) > 0.5 * len(value)


def _is_word(chunk: str) -> bool:
    crowd = _CONSONANTS if len(chunk) <= 8 else _LONGER_CONSONANTS
    return bool(_VOWEL.search(chunk)) and not crowd.search(chunk)


def has_digit(value: bytes) -> bool:
    return any(48 <= byte <= 57 for byte in value)


def is_special(value: bytes) -> bool:
    return bool(_SPECIAL.search(value))


def is_likely(value: bytes) -> bool:
    """Return whether a value that stands in the place of a secret is more than a word."""
    return not is_placeholder(value) and (has_digit(value) or is_special(value) or not is_words(value))


def _is_expression(value: bytes) -> bool:
    """Return whether a value is a path, an address, a date, a number or an attribute in code."""
    return len(value) <= _LONGEST_NAME and bool(_LOCATION.fullmatch(value) or _DOTTED.fullmatch(value))


def is_spoken(value: bytes) -> bool:
    """Return whether a value that only stands near the word password looks like one of itself."""
    return is_token(value) or (len(value) >= 6 and has_digit(value) and is_special(value) and is_likely(value))


def is_token(value: bytes) -> bool:
    """Return whether the value of a field that is named as a token or a key is random enough to be one."""
    if len(value) < 8 or is_placeholder(value) or _is_expression(value):
        return False
    return not is_words(value) and (has_digit(value) or len(value) >= 12)


def is_password(value: bytes, *, literal: bool) -> bool:
    """Return whether the value of a field that is named as a password can be one; `literal` if it cannot be code."""
    if len(value) < 5 or is_placeholder(value):
        return False
    if _is_expression(value) and not (literal and value.isdigit()):
        return False
    if not literal:
        return not is_words(value)
    lone = len(value) >= 16 and value.isalpha() and value.islower()  # four words run together, as advice has it
    return is_likely(value) or lone
