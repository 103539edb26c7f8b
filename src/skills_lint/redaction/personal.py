"""The places of home folders' owners, user names and e-mail addresses in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import re2

from .known import EXAMPLE_DOMAINS, EXAMPLE_MAILBOXES, NO_TOP_DOMAINS, SYSTEM_ACCOUNTS
from .ordinary import has_digit
from .spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = rb"[A-Za-z0-9_\x80-\xff](?:[A-Za-z0-9_.+\x80-\xff-]{0,62}[A-Za-z0-9_\x80-\xff])?"
_COLOR = rb"(?:\x1b|\\u001b|\\x1b|\\e|\\033|\^\[)?\[[0-9;]{0,12}m"
# What may stand before a path: no letter, but for an escape sequence or a compiler's option that ends in one.
_EDGE = rb"(?:^|[^A-Za-z0-9_.-]|\\[nrtbf]|\\u00[01][0-9a-f]|" + _COLOR + rb"|(?:^|[\s\"'])-[A-Za-z]|wsl\+[\w.-]{1,30})"
_MOUNT = (
    rb"(?:/private|/var|/usr|/host|/rootfs|/System/Volumes/Data"
    rb"|/(?:export|exports|mnt|data|nfs|net|srv|gpfs|lustre|storage|vol\d?)(?:/[A-Za-z0-9._-]{1,40}){0,2})?"
)
_DRIVE = rb"(?:/mnt|/cygdrive|/host_mnt|/run/desktop/mnt/host)?/[a-z]"
_SLASH = rb"(?:/|\\{1,8}/|%2F|%2f)"
_BACK = rb"(?:\\{1,16}|/|%5C)"
_SHARE = rb"\\{2,32}[A-Za-z0-9.$-]{1,64}(?:\\{1,16}[\w.-]{1,64})?"

# A piece of text without which a pattern cannot match, and the pattern.
_HOMES: Final = (
    (b"home", re2.compile(_EDGE + _MOUNT + _SLASH + rb"home\d?" + _SLASH + rb"(" + _NAME + rb")")),
    (
        b"Users",
        re2.compile(
            _EDGE + rb"(?:" + _MOUNT + rb"|" + _DRIVE + rb")" + _SLASH + rb"Users" + _SLASH + rb"(" + _NAME + rb")"
        ),
    ),
    (b"sers", re2.compile(rb"\b[A-Za-z](?::|%3A|%3a)" + _SLASH + rb"[Uu]sers" + _SLASH + rb"(" + _NAME + rb")")),
    (b"media/", re2.compile(_EDGE + rb"(?:/run)?/media/(" + _NAME + rb")/")),
    (b"pytest-of-", re2.compile(rb"\bpytest-of-(" + _NAME + rb")")),
    # Folders that are named for a path with its separators made dashes, as agents keep their sessions in.
    (b"-Users-", re2.compile(rb"(?:^|[/\\\s\"'=(:`]|\b[A-Za-z]-)-Users-([A-Za-z0-9_\x80-\xff]+)")),
    (b"-home-", re2.compile(rb"[/\\]-home-([A-Za-z0-9_\x80-\xff]+)")),
)  # fmt: skip

_WINDOWS_HOME = re2.compile(
    rb"(?:(?:^|[^A-Za-z0-9]|\\[nrt])[A-Za-z]:|" + _SHARE + rb")"
    + _BACK + rb"(?:[Uu]sers|home|Documents and Settings)" + _BACK
    + rb"(" + _NAME + rb"(?:[ ]" + _NAME + rb"){0,3}\\|" + _NAME + rb")"
)  # fmt: skip

_LEFT = re2.compile(
    rb"(?:" + _COLOR + rb")?([A-Za-z0-9_\x80-\xff](?:[A-Za-z0-9_.%+\x80-\xff-]{0,62}[A-Za-z0-9_\x80-\xff-])?)$"
)
_RIGHT = re2.compile(
    rb"((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){0,6}[A-Za-z0-9-]{1,63})(?:" + _COLOR + rb")?"
)
_URL_USER = re2.compile(rb"([A-Za-z][A-Za-z0-9+.-]{0,30}):(?:/|\\{1,4}/){2}[^\s/\"'<>\\@]*$")
_REMOTE_SHELL = re2.compile(rb"\b(?:ssh|scp|sftp|rsync|mosh|ssh-copy-id|sshfs)\s[^\n|;&]*$")
_PROMPT = re2.compile(
    rb":\s?[~/]|:"
    + _COLOR
    + rb"[~/]|\s[~/][^\s$#%>]{0,100}\s?[$#%>]|\s[\w.-]{1,60}\][$#]|\s[\w.-]{1,60}\s[$#%]\s|:[\w.-]{1,60}[$#]\s"
)
_LOOK = 200  # bytes on each side of an `@`

_LINE = rb"(?:^|\n|\\n)\s{0,8}"
_AUTHOR = re2.compile(
    rb"(?:^|\n|\\n|[\"'>])\s{0,8}(?:[Aa]uthor|[Cc]ommit|[Cc]ommitter|[Tt]agger|[A-Z][a-z]{1,12}(?:-[a-z]{2,10}){0,2}-by|From|To|Cc|Sender)"
    rb":?\s{1,8}([^\s<>\"'\\:][^<>\"'\\\n:]{0,60}?)\s{0,2}<"
)
_LISTED = re2.compile(
    rb"[bcdlps-](?:[r-][w-][xsS-]){2}[r-][w-][xtT-][.+@]?\s{1,8}\d{1,8}\s{1,8}([A-Za-z_][A-Za-z0-9_.+-]{0,62})\s{1,8}"
    rb"(?:([A-Za-z_][A-Za-z0-9_.+-]{0,62})\s{1,16})?[\d.,]+[KMGTB]?\s"
)
_USERS: Final = tuple(
    (sign, re2.compile(before + rb"(" + _NAME + rb")" + after))
    for sign, before, after in (
        (b"USER", rb"\b(?:USER|USERNAME|SUDO_USER)[\"']?\s?[=:]\s?[\"']?", rb"(?:[\s\"',;\\}]|$)"),
        (b"LOGNAME", rb"\bLOGNAME[\"']?\s?[=:]\s?[\"']?", rb"(?:[\s\"',;\\}]|$)"),
        (b"id=", rb"\b[ug]id=\d{1,10}\(", rb"\)"),
        (b"groups=", rb"\bgroups=\d{1,10}\(", rb"\)"),
        (b"sudo", rb"\bsudo(?:\s-u\s|:\s{1,8})", rb"(?:\s|$)"),
        (b"su -", rb"\bsu\s-l?\s", rb"(?:[\s;&|\"']|$)"),
        (b"chown ", rb"\bchown\s(?:-[A-Za-z]+\s)?", rb"[:\s]"),
        (b" for ", rb"(?:\bsession (?:opened|closed) for user|\[sudo\] password for) ", rb"[:\s(]"),
        (b"~", rb"(?:^|[\s\"'=:])~", rb"/"),
        (b"DESKTOP-", rb"\bDESKTOP-[A-Z0-9]{4,12}\\{1,8}", rb""),
        (b"LAPTOP-", rb"\bLAPTOP-[A-Z0-9]{4,12}\\{1,8}", rb""),
        (b" pts/", _LINE, rb"\s{1,12}pts/\d"),
        (b".", _LINE, rb"\s{1,12}\d{1,9}\s{1,5}\d{1,3}\.\d\s{1,5}\d{1,3}\.\d\s"),  # ps aux
    )
)
_BLAMED = re2.compile(
    _LINE + rb"\^?[0-9a-f]{7,40}\s(?:[^\s(]{1,200}\s{1,20})?\(([^\s()][^()\n]{0,60}?)\s{1,40}\d{4}-\d\d-\d\d\s"
)


def people(data: bytes) -> list[Span]:
    """Return the owners of home folders, user names and e-mail addresses in `data`; they may overlap."""
    return [*home_owners(data), *_addressed(data), *_users(data)]


def owners_on_windows(data: bytes) -> list[Span]:
    """Return the owners of home folders that are written with backslashes, be they escaped or not."""
    if b"\\" not in data:
        return []
    return [span for match in _WINDOWS_HOME.finditer(data) for span in _person(match, 1)]


def home_owners(data: bytes) -> Iterator[Span]:
    """Yield the owners of home folders that are written with slashes."""
    for sign, pattern in _HOMES:
        if sign in data:
            for match in pattern.finditer(data):
                yield from _person(match, 1)


def _addressed(data: bytes) -> Iterator[Span]:
    """Yield the names before an `@`: of mailboxes, of shell prompts, and of accounts on other machines."""
    at = data.find(b"@")
    while at >= 0:
        if left := _LEFT.search(data[max(0, at - 64) : at]):
            before, after = data[max(0, at - _LOOK) : at], data[at + 1 : at + 1 + _LOOK]
            if kept := _end_of_name(left[1], before, after):
                yield Span(at - len(left[1]), at + kept - 1, "user")
        at = data.find(b"@", at + 1)


def _end_of_name(name: bytes, before: bytes, after: bytes) -> int:
    """Return how many bytes from the `@` on end the name that stands before it, 1 for none; 0 if it is no person's."""
    right = _RIGHT.match(after)
    if not right or name.lower() in SYSTEM_ACCOUNTS:
        return 0
    host, rest = right[1].lower(), after[right.end() :]
    url = _URL_USER.search(before)
    if url:  # a database's user is no person; one who logs in without a password shown is
        return int(b":" not in url[0].rpartition(b"/")[2] and url[1] in (b"ssh", b"http", b"https", b"sftp"))
    if _PROMPT.match(rest) or _REMOTE_SHELL.search(before):
        return 1
    if not _is_mail_domain(host) or rest[:1] in (b"(", b"[", b"="):
        return 0
    mailbox = name.lower()
    if host in EXAMPLE_DOMAINS and mailbox in EXAMPLE_MAILBOXES:
        return 0
    # The domain is no secret, and readers need it; but it may repeat the name.
    return 1 + len(host) if len(mailbox) > 2 and mailbox in host else 1


def _is_mail_domain(host: bytes) -> bool:
    rest, _, last = host.rpartition(b".")
    return bool(rest) and last.isalpha() and 2 <= len(last) <= 24 and last not in NO_TOP_DOMAINS


def _users(data: bytes) -> Iterator[Span]:
    for sign, pattern in (*_USERS, (b"<", _AUTHOR), (b" (", _BLAMED)):
        if sign in data:
            for match in pattern.finditer(data):
                yield from _person(match, 1)
    for match in _LISTED.finditer(data):
        yield from _person(match, 1)
        group = match[2]
        if group and (group == match[1] or has_digit(group)):  # most groups are no person's own
            yield from _person(match, 2)


def _person(match: re2._Match[bytes], group: int) -> Iterator[Span]:
    name: bytes = match[group].rstrip(b"\\")
    if name.lower() not in SYSTEM_ACCOUNTS and not name.isdigit():
        yield Span(match.start(group), match.start(group) + len(name), "user")
