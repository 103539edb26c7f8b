"""The secret in the value of a field, an option or a variable whose name says that it holds one."""

from __future__ import annotations

import re
from typing import Final

from .ordinary import has_digit, is_password, is_spoken, is_token
from .spans import Span

NAMED: Final = frozenset({"password", "secret", "env", "flag"})  # kinds of rules that take a name and its raw value

_OPENING = re.compile(rb"(?:[bBrRuUfF]{0,2}\\*)([\"'`])|\\+")
_CODE_END = re.compile(rb"[,;&|<>(){}\[\]`]")
_SHELL_END = re.compile(rb"[;&|<>)]")
_TO_VALUE = rb"[\"'`\\\]\s:=>(),]*$"  # what may stand between a name and its value
# Names that end like a secret's and mean something else: of pages, of language models, of tables, of resources.
_OTHER_NAME = re.compile(
    rb"(?i)(?:(?:next|lock|sequence|request|change|page|previous|prev|continuation|sync|pad|eos|bos|sep|cls|unk|mask|stop"
    rb"|special|cancellation|last|first|new|per)[_-]?token"
    rb"|(?:cache|primary|foreign|partition|sort|group|index|public|idempotency|object|row|hash|lookup|routing|unique|natural"
    rb"|composite|job|task|dedup|shard|state|feature|config|message|event|issue|project|dict|s3|run|test|trace|file|count"
    rb"|cell|node|edge|data|item|query|request|column|field)_key|::[a-z0-9]+|\barn:[^\s\"']*)" + _TO_VALUE
)
_KEY_NAME = re.compile(rb"(?i)([a-z0-9]+)_key" + _TO_VALUE)
_KEYS_OF_SECRETS: Final = frozenset(b"api access secret auth account private signing encryption master shared".split())
# A name and a value that stand side by side in a list, a table or a sentence need not belong together.
_WEAK_BOND = re.compile(rb"(?:,\s*[bru]?\\*[\"']?|\|\s*| (?:is|was):? )[\"'`]?$")
_BEFORE: Final = 80  # bytes that may hold the name


def is_other_name(data: bytes, start: int) -> bool:
    """Return whether the name before the value at `start` only ends like a secret's: `next_token`, `cache_key`."""
    return bool(_OTHER_NAME.search(data[max(0, start - _BEFORE) : start]))


def secret_of_field(data: bytes, span: Span) -> Span | None:
    """Return the secret in the raw value of a named field, or None if the value is no secret."""
    opening = _OPENING.match(data[span.start : span.end])
    quote = opening[1] if opening else None
    start = span.start + (opening.end() if opening else 0)
    end = span.end if quote else _end_of_bare(data, start, span)
    value = data[start:end]
    if not value or is_other_name(data, start) or b"..." in data[end - 3 : end + 3]:
        return None
    if quote:
        literal = data[end : end + 16].lstrip(b"\\").startswith(quote)  # else the quote holds several words
    else:
        if data[end : end + 1] in (b"(", b"[") or (span.kind == "flag" and value.startswith(b"-")):
            return None
        literal = data[end : end + 1] not in (b")", b",", b"{") and not data[max(0, start - 3) : start].endswith(b"= ")
    if quote and not literal and span.kind == "password" and (phrase_end := _end_of_phrase(data, start, quote)):
        return Span(start, phrase_end, "password")
    if not _is_secret(value, data[max(0, start - _BEFORE) : start], span.kind, literal=literal):
        return None
    return Span(start, end, "password" if span.kind == "password" else "secret")


def _end_of_bare(data: bytes, start: int, span: Span) -> int:
    """Return the end of a value without quotes: where code or the shell goes on, without the point of a sentence."""
    if span.kind == "env":
        return span.end
    cut = (_SHELL_END if span.kind == "flag" else _CODE_END).search(data, start, span.end)
    end = cut.start() if cut else span.end
    return end - len(data[start:end]) + len(data[start:end].rstrip(b".,:"))


def _end_of_phrase(data: bytes, start: int, quote: bytes) -> int:
    """Return the end of a quoted text of some words, one of which shows that it is a password; 0 for any other text."""
    end = data.find(quote, start, start + 100)
    words = data[start:end].split(b" ") if end > 0 else []
    return end if 1 < len(words) <= 8 and any(is_spoken(word) for word in words) else 0


def _is_secret(value: bytes, before: bytes, kind: str, *, literal: bool) -> bool:
    weak = bool(_WEAK_BOND.search(before))
    if kind != "secret" and not weak:
        return is_password(value, literal=literal)
    if kind != "secret":
        return is_spoken(value)
    key = _KEY_NAME.search(before)
    least = 16 if key and key[1].lower() not in _KEYS_OF_SECRETS else 8
    return len(value) >= least and is_token(value) and (has_digit(value) or not weak)
