"""The places of secrets in a text, found by Kingfisher's catalogue and our own rules, on this machine only."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

import re2

from .named import NAMED, is_other_name, secret_of_field
from .ordinary import is_likely, is_placeholder, is_spoken, is_token, is_words
from .spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kingfisher_sdk import Scanner

_RULES = Path(__file__).parent / "rules.yml"
_COMPILING = Lock()
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
# A rule of the catalogue that knows its secret by a name near it and by its length only.
_BY_NAME: Final = frozenset({"betterleaks.aws-secret-access-key"})
_PUBLIC_ID = re2.compile(rb"(?:chatcmpl-|call_|toolu_|msg_|resp_|run_|thread_|asst_|file-|req_|evt_|sha\d{1,3}[-:])$")
_BASE64_RUN = re2.compile(rb"[A-Za-z0-9+/]{40}$")
_COOKIE = re2.compile(rb"([^\s=;,]+)=([^\s;,]+)")
_COOKIE_OF_SESSION = re2.compile(rb"(?i)sess|sid$|token|auth|jwt|csrf|xsrf|remember|secret|identity|login")
_COOKIE_ATTRIBUTES: Final = frozenset({b"path", b"domain", b"expires", b"max-age", b"samesite"})


def scanner() -> Scanner:
    """Return the compiled rules; this takes 0.3 s, or some seconds where Kingfisher has no cache of them yet.

    A scanner never uses the network: only Kingfisher's Validator would, and it is not used here.
    """
    with _COMPILING:  # who asks meanwhile waits for the same
        return _compiled()


@cache
def _compiled() -> Scanner:
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
        elif (
            rule not in _TOO_WIDE
            and not _is_ordinary(data, start, end)
            and not (rule in _BY_NAME and is_words(data[start:end]))
        ):
            found.append(Span(start, end, rule.replace("/", ".").split(".")[1].replace("_", "-").lower()))
    return found


def _is_ordinary(data: bytes, start: int, end: int) -> bool:
    """Return whether what the catalogue found is a documented example, a name, or the middle of something public."""
    value, before = data[start:end], data[max(0, start - 40) : start]
    if is_placeholder(value) or is_other_name(data, start):
        return True
    return bool(_PUBLIC_ID.search(before) or _BASE64_RUN.search(before))


def _own(data: bytes, span: Span) -> Iterator[Span]:
    if data.count(b"*", span.start, span.end) == span.end - span.start:  # a placeholder of an earlier round
        return
    if span.kind == "cookie":
        yield from _cookies(data, span)
    elif span.kind in NAMED:
        if secret := secret_of_field(data, span):
            yield secret
    else:
        value = _trimmed(data, span)
        other = span.kind in ("header", "setting") and is_other_name(data, value.start)
        if value.end > value.start and not other and _JUDGES.get(span.kind, is_likely)(data[value.start : value.end]):
            yield value


def _is_sure(value: bytes) -> bool:
    return not is_placeholder(value)


def _is_credential(value: bytes) -> bool:
    return is_likely(value) and not is_words(value)


_JUDGES: Final[dict[str, Callable[[bytes], bool]]] = {
    "token": _is_sure,
    "aws-access-key-id": _is_sure,  # by chance one in fifteen reads like words
    "url-password": _is_sure,
    "sshpass": _is_sure,
    "mysql-password": _is_sure,
    "piped-password": _is_sure,
    "private-key": lambda value: len(value) > 20,
    "putty-key": lambda _value: True,
    "authorization": _is_credential,
    "bearer": _is_credential,
    "header": _is_credential,
    "query": is_token,
    "setting": is_token,
    "spoken-password": is_spoken,
}


def _trimmed(data: bytes, span: Span) -> Span:
    """Return the span without quotes and white space at its ends."""
    value = data[span.start : span.end]
    start = span.start + len(value) - len(value.lstrip(b" \t\r\n\"'`\\"))
    end = span.end - (len(value) - len(value.rstrip(b" \t\r\n\"'`,;\\")))
    return Span(start, max(start, end), span.kind)


def _cookies(data: bytes, span: Span) -> Iterator[Span]:
    """Yield the values of those cookies that identify a session or look random; settings stay."""
    for cookie in _COOKIE.finditer(data[span.start : span.end]):
        name, value = cookie[1], cookie[2]
        if len(value) < 8 or name.lower() in _COOKIE_ATTRIBUTES or is_placeholder(value):
            continue
        of_session = bool(_COOKIE_OF_SESSION.search(name))
        if (of_session and len(value) >= 16) or (not is_words(value) and (of_session or len(value) >= 16)):
            yield Span(span.start + cookie.start(2), span.start + cookie.end(2), "cookie")
