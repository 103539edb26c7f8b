"""The places of secrets in a text, found by Kingfisher's catalogue and our own rules, on this machine only."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import re2

from .ordinary import has_digit, is_likely, is_password, is_placeholder, is_token, is_words
from .placeholder import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kingfisher_sdk import Scanner

_RULES = Path(__file__).parent / "rules.yml"
_OWN: Final = "skills-lint."

# Rules of the catalogue that take whole addresses, or names that are no secret; ours take the secret in them.
_TOO_WIDE: Final = frozenset(
    {
        "betterleaks.azure-storage-account-name",
        "betterleaks.azure-servicebus-connection-string",
        "betterleaks.mongodb-connection-string",
        "betterleaks.curl-auth-user",
        "betterleaks.curl-auth-header",
    }
)
_NAMED: Final = frozenset({"password", "secret", "env", "flag"})
_OPENING = re2.compile(rb"(?:[bBrRuUfF]{0,2}\\*)([\"'`])|\\+")
_CODE_END = re2.compile(rb"[,;&|<>(){}\[\]]")
_SHELL_END = re2.compile(rb"[;&|<>)]")
# Names that end like a secret's and mean something else: of pages of results, of tables, of language models.
_OTHER_NAMES = re2.compile(
    rb"(?i)(?:(?:next|page|previous|prev|continuation|sync|pad|eos|bos|sep|cls|unk|mask|stop|special|cancellation|last|first|new|per)"
    rb"[_-]?token|(?:cache|primary|foreign|partition|sort|group|index|public|idempotency|object|row|hash|lookup|routing|unique"
    rb"|natural|composite|job|task|dedup|shard|state|feature|config|message|event|issue|project|dict|s3|sort|run|test|trace|file"
    rb"|count|cell|node|edge|data|item|query|request|column|field|storage)_key)[\"'`\\\]\s:=>(),]*$"
)
_COOKIE = re2.compile(rb"([^\s=;,]+)=([^\s;,]+)")
_COOKIE_OF_SESSION = re2.compile(rb"(?i)sess|sid$|token|auth|jwt|csrf|xsrf|remember|secret|identity|login")
_COOKIE_ATTRIBUTES: Final = frozenset({b"path", b"domain", b"expires", b"max-age", b"samesite"})


@cache
def scanner() -> Scanner:
    """Return the compiled rules; this takes 0.3 s, or some seconds where Kingfisher has no cache of them yet.

    A scanner never uses the network: only Kingfisher's Validator would, and it is not used here.
    """
    from kingfisher_sdk import Rules, Scanner

    return Scanner(Rules([_RULES], confidence="low"), base64=True)


def secrets(data: bytes, timeout: float) -> list[Span]:
    """Return the secrets in `data`; they may overlap. Raises TimeoutError after `timeout` seconds."""
    found: list[Span] = []
    for finding in scanner().scan(data, timeout=timeout):
        place = finding.location
        rule, start, end = finding.rule_id, place["start_offset"], place["end_offset"]
        if rule.startswith(_OWN):
            found += _own(data, Span(start, end, rule.removeprefix(_OWN)))
        elif rule not in _TOO_WIDE and not is_placeholder(data[start:end]):
            found.append(Span(start, end, rule.replace("/", ".").rpartition(".")[2].replace("_", "-")))
    return found


def _own(data: bytes, span: Span) -> Iterator[Span]:
    if span.kind == "cookie":
        yield from _cookies(data, span)
    elif span.kind in _NAMED:
        if value := _named(data, span):
            yield value
    else:
        value = _trimmed(data, span)
        if value.end > value.start and _JUDGES.get(span.kind, is_likely)(data[value.start : value.end]):
            yield value


def _is_sure(value: bytes) -> bool:
    return not is_placeholder(value)


def _is_credential(value: bytes) -> bool:
    return is_likely(value) and not is_words(value)


_JUDGES: Final[dict[str, Callable[[bytes], bool]]] = {
    "url-password": _is_sure,
    "sshpass": _is_sure,
    "mysql-password": _is_sure,
    "sql-password": _is_sure,
    "piped-password": _is_sure,
    "private-key": lambda value: len(value) > 20,
    "putty-key": lambda _value: True,
    "authorization": _is_credential,
    "bearer": _is_credential,
    "header": _is_credential,
    "query": is_token,
}


def _trimmed(data: bytes, span: Span) -> Span:
    """Return the span without quotes and white space at its ends."""
    value = data[span.start : span.end]
    start = span.start + len(value) - len(value.lstrip(b" \t\r\n\"'`"))
    end = span.end - (len(value) - len(value.rstrip(b" \t\r\n\"'`,;")))
    return Span(start, max(start, end), span.kind)


def _named(data: bytes, span: Span) -> Span | None:
    """Return the secret in the value of a named field, or None if the value is no secret."""
    opening = _OPENING.match(data[span.start : span.end])
    quote = opening[1] if opening else None
    start = span.start + (opening.end() if opening else 0)
    if quote:
        end = span.end
        literal = data[end : end + 8].lstrip(b"\\").startswith(quote)  # else the quote holds several words
    else:
        cut = (
            None
            if span.kind == "env"
            else (_SHELL_END if span.kind == "flag" else _CODE_END).search(data, start, span.end)
        )
        end = cut.start() if cut else span.end
        end -= len(data[start:end]) - len(data[start:end].rstrip(b".,:"))
        literal = data[end : end + 1] not in (b"(", b"[", b")", b",", b"{") and not data[
            max(0, start - 3) : start
        ].endswith(b"= ")
        if data[end : end + 1] in (b"(", b"["):
            return None
    value, before = data[start:end], data[max(0, start - 80) : start]
    if not value or _OTHER_NAMES.search(before):
        return None
    secret = is_token(value) if span.kind == "secret" else is_password(value, literal=literal)
    return Span(start, end, span.kind if span.kind in ("password", "secret") else "secret") if secret else None


def _cookies(data: bytes, span: Span) -> Iterator[Span]:
    """Return the values of those cookies that identify a session or look random; settings stay."""
    for cookie in _COOKIE.finditer(data[span.start : span.end]):
        name, value = cookie[1], cookie[2]
        if name.lower() in _COOKIE_ATTRIBUTES or is_placeholder(value) or is_words(value):
            continue
        if (len(value) >= 8 and _COOKIE_OF_SESSION.search(name)) or (len(value) >= 16 and has_digit(value)):
            yield Span(span.start + cookie.start(2), span.start + cookie.end(2), "cookie")
