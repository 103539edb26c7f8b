"""The places of home folders' owners, user names and e-mail addresses in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import re2

from .known import EXAMPLE_DOMAINS, EXAMPLE_MAILBOXES, NO_TOP_DOMAINS, SYSTEM_ACCOUNTS
from .placeholder import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = rb"[A-Za-z0-9_\x80-\xff](?:[A-Za-z0-9_.+\x80-\xff-]{0,62}[A-Za-z0-9_\x80-\xff])?"
# What may stand before a path: nothing, no letter; an escape sequence or a compiler's option that ends in a letter.
_EDGE = rb"(?:^|[^A-Za-z0-9_.-]|\\[nrtbf]|\\u00[01][0-9a-f]|(?:\x1b|\\u001b|\\x1b|\\e|\\033)\[[0-9;]*m|\s-[A-Za-z])"
_SLASH = rb"(?:/|\\{1,8}/|%2F|%2f)"
_BACK = rb"(?:\\{1,8}|/)"

_PATHS = (
    re2.compile(
        _EDGE
        + rb"(?:(?:/private|/export|/var|/usr|/data|/mnt|/nfs|/net|/exports|/System/Volumes/Data|/host|/rootfs)?"
        + rb"(?:/home|/Users)|(?:/mnt|/cygdrive|/host_mnt|/run/desktop/mnt/host)?/[a-z]/Users"
        + rb"|\\{1,8}/(?:home|Users)|%2F(?:home|Users)|%2f(?:home|Users))"
        + _SLASH
        + rb"("
        + _NAME
        + rb")"
    ),
    re2.compile(
        rb"(?:\b[A-Za-z]:|\\{2,16}[A-Za-z0-9.-]{1,64})"
        + _BACK
        + rb"(?i:users|documents and settings)"
        + _BACK
        + rb"("
        + _NAME
        + rb"(?:\s"
        + _NAME
        + rb"\\)?)"
    ),
    re2.compile(rb"(?:^|[/\\\s\"'=(:`])-Users-([A-Za-z0-9_\x80-\xff]+)"),
    re2.compile(rb"[/\\]-home-([A-Za-z0-9_\x80-\xff]+)"),
    re2.compile(rb"\b[A-Za-z]--Users-([A-Za-z0-9_\x80-\xff]+)"),
)
_EMAIL = re2.compile(
    rb"([A-Za-z][A-Za-z0-9+.-]*://[^\s/\"'<>\\@]*@)"
    rb"|([A-Za-z0-9_\x80-\xff](?:[A-Za-z0-9_.%+\x80-\xff-]{0,62}[A-Za-z0-9_\x80-\xff-])?)@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}([A-Za-z]{2,24}))\b"
)
_AUTHOR = re2.compile(
    rb"(?m)(?:^|\\n|[\"'>])\s*(?:Author|Committer|Commit|Signed-off-by|Co-authored-by|Reviewed-by|Acked-by|Tested-by|Reported-by|From|Tagger"
    rb"|author|committer|tagger): ?\s*([^\s<>\"'\\][^<>\"'\\\n]{0,60}?)\s*<"
)
_PROMPT = re2.compile(
    rb"(?m)(?:^|[\n\r\[(m]|\\n|\\u0007|\x07)(?:\([\w.-]+\) ?)?("
    + _NAME
    + rb")@[A-Za-z0-9][A-Za-z0-9.-]{0,62}(?::|\s)[~/][^\s$#%>]{0,200}[\])]?\s?[$#%>]"
)
_LISTED = re2.compile(
    rb"[bcdlps-](?:[r-][w-][xsS-]){2}[r-][w-][xtT-][.+@]?\s+\d{1,8}\s+([A-Za-z_][A-Za-z0-9_.+-]{0,62})\s+(?:([A-Za-z_][A-Za-z0-9_.+-]{0,62})\s+)?[\d.,]+[KMGTB]?\s"
)
_NAMED = re2.compile(
    rb"(?:\b(?:USER|LOGNAME|USERNAME|SUDO_USER|GIT_AUTHOR_NAME|GIT_COMMITTER_NAME|os\.user|user\.name)\s?=\s?[\"']?|\buid=\d{1,10}\(|\bgid=\d{1,10}\(|\bssh\s(?:-[A-Za-z0-9]+\s(?:[^\s@-][^\s@]{0,80}\s)?){0,4}|\b(?:scp|rsync|sftp)\s[^\n@]{0,200}?\s?"
    rb"|[a-z]sh://|(?:^|[\s\"'])~)(" + _NAME + rb")(?:[\s\"'),@/;:\\]|$)"
)


def people(data: bytes) -> list[Span]:
    """Return the names of home folders, user names and e-mail addresses in `data`; they may overlap."""
    return [*_owners(data), *_addresses(data), *_users(data)]


def _owners(data: bytes) -> Iterator[Span]:
    if b"ome" not in data and b"sers" not in data and b"SERS" not in data and b"ettings" not in data:
        return
    for pattern in _PATHS:
        for match in pattern.finditer(data):
            yield from _person(match, 1)


def _addresses(data: bytes) -> Iterator[Span]:
    if b"@" not in data:
        return
    for match in _EMAIL.finditer(data):
        if match[1]:  # the user of a URL
            continue
        mailbox, domain, last = match[2].lower(), match[3].lower(), match[4].lower()
        if mailbox in SYSTEM_ACCOUNTS or last in NO_TOP_DOMAINS or data[match.end() : match.end() + 1] in (b"(", b"["):
            continue
        if domain in EXAMPLE_DOMAINS and mailbox in EXAMPLE_MAILBOXES:
            continue
        end = match.end() if mailbox in domain else match.end(2)  # the domain is no secret, but may repeat the name
        yield Span(match.start(), end, "user")
    for match in _PROMPT.finditer(data):
        yield from _person(match, 1)


def _users(data: bytes) -> Iterator[Span]:
    for pattern in (_AUTHOR, _NAMED):
        for match in pattern.finditer(data):
            yield from _person(match, 1)
    for match in _LISTED.finditer(data):
        yield from _person(match, 1)
        if match[2] == match[1]:
            yield from _person(match, 2)


def _person(match: re2._Match[bytes], group: int) -> Iterator[Span]:
    name: bytes = match[group].rstrip(b"\\")
    if name.lower() not in SYSTEM_ACCOUNTS and not name.isdigit():
        yield Span(match.start(group), match.start(group) + len(name), "user")
